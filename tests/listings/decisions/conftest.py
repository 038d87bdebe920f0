"""The same office as the tests of plans have."""

from tests.listings.plans.conftest import office

__all__ = ["office"]

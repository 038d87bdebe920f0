"""What the tests of evidence share."""

from collections.abc import Iterator
from functools import lru_cache

import pytest

from marketplace.evidence import verifier


@pytest.fixture(scope="package", autouse=True)
def _signatures_checked_once() -> Iterator[None]:
    """The same signed notes occur in thousands of bundles here; a signature is judged alike each time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verifier, "signature_holds", lru_cache(50_000)(verifier.signature_holds))
        yield

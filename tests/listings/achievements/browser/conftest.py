"""The browser's fixtures, for the pages of achievements."""

from tests.browser.conftest import (
    browser,
    complaints,
    context,
    live_server,
    look,
    page,
    sign_in,
    visit,
)

__all__ = ["browser", "complaints", "context", "live_server", "look", "page", "sign_in", "visit"]

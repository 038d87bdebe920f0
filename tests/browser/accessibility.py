"""WCAG 2.2 AA as far as a machine can see it: axe-core inside the page."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

_AXE = Path(__file__).parent / "vendor" / "axe.min.js"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def assert_accessible(page: Page) -> None:
    """Fail with every violation: its rule, what it means, and the elements it is about."""
    # Through the debugger, because the site's policy forbids any script that is not its own.
    page.evaluate(_AXE.read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", _TAGS)
    assert not found["violations"], "\n".join(_words(violation) for violation in found["violations"])


def assert_fits(page: Page) -> None:
    """Fail if the page is wider than the window: nobody should have to scroll sideways."""
    wide, window = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= window, f"the page is {wide} px wide in a window of {window} px"


def _words(violation: dict[str, Any]) -> str:
    nodes = "\n  ".join(f"{node['html'][:200]}  {node['failureSummary']}" for node in violation["nodes"])
    return f"{violation['id']}: {violation['help']}\n  {nodes}"

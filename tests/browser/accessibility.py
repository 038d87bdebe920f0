"""WCAG 2.2 AA as far as a machine can see it: axe-core inside the page."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

_AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: All that can change with the colours.
_COLOURS = ["color-contrast", "link-in-text-block"]


def assert_accessible(page: Page) -> None:
    """Fail with every violation: its rule, what it means, and the elements it is about."""
    _judge(page, _TAGS)


def assert_legible(page: Page) -> None:
    """The same for a page already judged, of which only the colours have changed since."""
    _judge(page, _COLOURS)


def assert_fits(page: Page) -> None:
    """Fail if the page is wider than the window: nobody should have to scroll sideways."""
    wide, window, widest = page.evaluate(_WIDTHS)
    assert wide <= window, f"the page is {wide} px wide in a window of {window} px because of {widest}"


#: The page's width, the window's, and the innermost element that sticks out of both the window and every scrolling box.
_WIDTHS = """() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  const scrolls = (element) => element && (getComputedStyle(element).overflowX !== "visible" || scrolls(element.offsetParent));
  const beyond = [...document.body.querySelectorAll("*")].filter(
    (element) => element.getBoundingClientRect().right > clientWidth && !scrolls(element.offsetParent));
  return [scrollWidth, clientWidth, scrollWidth > clientWidth ? beyond.at(-1)?.outerHTML.slice(0, 160) : ""];
}"""


def _judge(page: Page, rules: list[str]) -> None:
    # Through the debugger, because the site's policy forbids any script that is not its own.
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    asked = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"
    violations = page.evaluate(asked, rules)["violations"]
    assert not violations, "\n".join(_words(violation) for violation in violations)


def _words(violation: dict[str, Any]) -> str:
    nodes = "\n  ".join(f"{node['html'][:200]}  {node['failureSummary']}" for node in violation["nodes"])
    return f"{violation['id']}: {violation['help']}\n  {nodes}"

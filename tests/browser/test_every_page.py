"""Every page a person can reach, as people see it: accessible, in its window, without a complaint, in its language.

The list comes from the url_map, see `visits`. Each page is seen in Chinese and English, at 1280 and 390 px, in light
and dark, and its width is measured at 320 px too. What is loaded once is judged twice: dark differs from light by its
colours, so that only the rules about colours are asked again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.accessibility import assert_accessible, assert_fits, assert_legible
from tests.browser.chinese import assert_english, typed
from tests.browser.filling import follow
from tests.browser.fixtures import REPORTING, become, browsing, overhear
from tests.browser.looks import HEIGHT, Look
from tests.browser.market import Market
from tests.browser.visits import FILES, Visit, by_person, visits

NARROW, NARROWEST = 390, 320
FRAMES = [Look(language, width) for language in ("zh", "en") for width in (1280, NARROW)]
LANGUAGES = ("zh", "en")


@dataclass
class Inspector:
    """Looks at page after page and keeps every fault of every page."""

    page: Page
    look: Look
    typed: list[str]
    complaints: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def inspect(self, visit: Visit) -> None:
        self.page.set_viewport_size({"width": self.look.width, "height": HEIGHT})
        self.page.emulate_media(color_scheme="light")
        answer = self.page.goto(self.look.path(visit.path))
        assert answer is not None
        self._try(visit, "answer", lambda: _as_expected(answer.status, visit.status))
        self._try(visit, "light", lambda: assert_accessible(self.page))
        self._try(visit, f"{self.look.width} px", lambda: assert_fits(self.page))
        self.page.emulate_media(color_scheme="dark")
        self._try(visit, "dark", lambda: assert_legible(self.page))
        if self.look.width == NARROW:
            self.page.set_viewport_size({"width": NARROWEST, "height": HEIGHT})
            self._try(visit, f"{NARROWEST} px", lambda: assert_fits(self.page))
        if self.look.language == "en":
            asked = list(visit.query.values())
            self._try(visit, "language", lambda: assert_english(self.page, self.typed, asked))
        self._hear(visit)

    def _try(self, visit: Visit, about: str, judge: Callable[[], None]) -> None:
        try:
            judge()
        except AssertionError as fault:
            self.faults.append(f"{visit}, {about}: {fault}")

    def _hear(self, visit: Visit) -> None:
        """The console speaks of every answer that is an error, even of the one that was asked for."""
        meant = f"the server responded with a status of {visit.status}" if visit.status >= 400 else None
        self.faults += [
            f"{visit}, console: {text}" for text in self.complaints if meant is None or meant not in text
        ]
        self.complaints.clear()


@pytest.mark.parametrize("look", FRAMES, ids=lambda look: f"{look.language}-{look.width}")
def test_every_page_is_sound(market: Market, market_address: str, browser: Browser, look: Look) -> None:
    pages, _files = visits(market)
    with browsing(browser, market_address, look) as context:
        inspector = Inspector(context.new_page(), look, typed(market.app))
        overhear(inspector.page, inspector.complaints)
        for person, theirs in by_person(pages).items():
            become(context, market.app, market_address, market.people.get(person))
            for visit in theirs:
                inspector.inspect(visit)
        inspector.page.wait_for_timeout(REPORTING)
        inspector.faults += inspector.complaints
    assert not inspector.faults, "\n".join(inspector.faults)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_no_page_is_a_file(market: Market, language: str) -> None:
    pages, files = visits(market)
    assert {visit.endpoint for visit in files} == FILES
    for visit in [*pages, *files]:
        answer = visit.answer(market, language)
        assert answer.status_code == visit.status, visit
        assert (answer.mimetype == "text/html") == (visit in pages), visit


@pytest.mark.parametrize(("chosen", "system"), [("dark", "light"), ("light", "dark")])
def test_chosen_colours_win_over_those_of_the_system(
    market: Market, market_address: str, browser: Browser, chosen: str, system: Literal["light", "dark"]
) -> None:
    address = f"/achievements/{market['rich']}"
    with browsing(browser, market_address, Look(colours=system)) as context:
        become(context, market.app, market_address, market.cast.tto_officer)
        page = context.new_page()
        page.goto("/")
        page.locator("summary", has_text="外观").click()
        follow(page.locator(f"button[name=theme][value={chosen}]"))
        for path in ("/", "/search?q=甲苯", address, f"{address}/edit/basics", "/work/imports"):
            page.goto(path)
            assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == chosen
            assert_legible(page)


def _as_expected(status: int, expected: int) -> None:
    assert status == expected, f"{status}, not {expected}"

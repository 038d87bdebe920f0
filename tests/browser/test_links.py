"""Every link of every page leads somewhere and stays in the language of the page. Needs no browser, but its market."""

import re
from html import unescape
from urllib.parse import urldefrag

import pytest

from tests.browser.market import Market
from tests.browser.visits import Visit, by_person, visits

#: Addresses that are the same in both languages.
NEUTRAL = ("/static/", "/api/v1/")
TOMBSTONE = 410  # a page like any other: what was withdrawn keeps its address
_LINK = re.compile(r"<a\b[^>]*>")
_HREF = re.compile(r'\bhref="([^"]*)"')


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_link_leads_somewhere_in_the_same_language(market: Market, language: str) -> None:
    pages, _files = visits(market)
    faults = []
    for person, theirs in by_person(pages).items():
        known: dict[str, str] = {}
        for visit in theirs:
            page = visit.answer(market, language).text
            for address in _addresses(page):
                known.setdefault(address, str(visit))
        for address, origin in known.items():
            if fault := _fault(market, person, address, language):
                faults.append(f"{origin} → {address}: {fault}")
    assert not faults, "\n".join(faults)


def _addresses(page: str) -> list[str]:
    """Where the links of a page lead within the site; the one to the other language says so by its `hreflang`."""
    tags = [tag for tag in _LINK.findall(page) if "hreflang" not in tag]
    found = [unescape(match[1]) for tag in tags if (match := _HREF.search(tag))]
    return [urldefrag(address).url for address in found if address.startswith("/")]


def _fault(market: Market, person: str, address: str, language: str) -> str:
    english = address == "/en" or address.startswith("/en/")
    if not address.startswith(NEUTRAL) and english != (language == "en"):
        return "the other language"
    path = address.removeprefix("/en") if english else address
    answer = Visit(person, path=path or "/").answer(market, "en" if english else "zh")
    return "" if answer.status_code < 400 or answer.status_code == TOMBSTONE else str(answer.status_code)

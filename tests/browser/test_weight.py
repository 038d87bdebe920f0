"""What a first visit costs on a slow line: little, and nothing of it from elsewhere."""

import gzip

import pytest
from playwright.sync_api import Browser, Response

from tests.browser.fixtures import browsing
from tests.browser.looks import Look
from tests.browser.market import Market

BUDGET = 60_000  # bytes, compressed, photographs left out
PAGES = ("/", "/search?q=甲苯", "/achievements", "/achievements/{rich}", "/rules", "/transparency", "/login")


@pytest.mark.parametrize("address", PAGES)
def test_a_first_visit_is_light(market: Market, market_address: str, browser: Browser, address: str) -> None:
    answers: list[Response] = []
    with browsing(browser, market_address, Look()) as context:
        page = context.new_page()
        page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - Playwright sets attributes on it
        page.goto(address.format(**market.ids), wait_until="networkidle")
        sizes = {
            answer.url: len(gzip.compress(answer.body())) for answer in answers if not _photograph(answer)
        }
        kinds = {answer.request.resource_type for answer in answers}
    assert all(url.startswith(market_address) for url in sizes)
    assert sum(sizes.values()) <= BUDGET, sizes
    assert "font" not in kinds


def _photograph(answer: Response) -> bool:
    return "/files/" in answer.url

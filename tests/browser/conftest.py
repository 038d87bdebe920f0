"""A browser, a served application, and a page that fails its test when the browser complains."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Response

from tests.browser.chromium import launched
from tests.browser.looks import HEIGHT, Look
from tests.browser.server import served
from tests.cast import Member
from tests.client import Client

#: Makes breaches of the content security policy audible, whichever way the browser reports them.
_TELL_BREACHES = """
addEventListener("securitypolicyviolation", event =>
  console.error(`policy: ${event.violatedDirective} blocks ${event.blockedURI} (${event.sourceFile}:${event.lineNumber})`));
"""


REPORTING = 50  # milliseconds that the browser may take to report what it has seen


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with launched() as started:
        yield started


@pytest.fixture
def live_server(app: Flask) -> Iterator[str]:
    """The address of this test's application, relay and clocks included."""
    with served(app) as address:
        yield address


@pytest.fixture
def look() -> Look:
    """Chinese, 1280 px, light; `@every_look` gives the others."""
    return Look()


@pytest.fixture
def context(browser: Browser, live_server: str, look: Look) -> Iterator[BrowserContext]:
    """A browser session of this test's own."""
    made = browser.new_context(
        base_url=live_server,
        locale="zh-CN" if look.language == "zh" else "en-GB",
        timezone_id="Asia/Shanghai",
        viewport={"width": look.width, "height": HEIGHT},
        color_scheme=look.colours,
        reduced_motion="reduce",
    )
    made.add_init_script(_TELL_BREACHES)
    yield made
    made.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained about. A test that provokes an error on purpose clears it."""
    return []


@pytest.fixture
def page(context: BrowserContext, complaints: list[str]) -> Iterator[Page]:
    """An empty page. The test fails if the browser's console has an error at the end."""
    made = context.new_page()
    made.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    made.on("pageerror", lambda error: complaints.append(str(error)))
    yield made
    if not made.is_closed():
        made.wait_for_timeout(REPORTING)
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def visit(page: Page, look: Look) -> Callable[[str], Response]:
    """`visit("/search")` opens that page in the language of the look."""

    def go(path: str) -> Response:
        answer = page.goto(look.path(path))
        assert answer is not None
        return answer

    return go


@pytest.fixture
def sign_in(app: Flask, context: BrowserContext, live_server: str) -> Callable[[Member], None]:
    """`sign_in(cast.inventor)` makes the browser's session theirs."""

    def enter(member: Member) -> None:
        client = app.test_client()
        assert isinstance(client, Client)
        client.sign_in(member)
        name = app.config["SESSION_COOKIE_NAME"]
        cookie = client.get_cookie(name)
        assert cookie is not None
        context.add_cookies([{"name": name, "value": cookie.value, "url": live_server}])

    return enter

"""A browser, a served application, and a page that fails its test when the browser complains."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Response

from marketplace.core.clock import FrozenClock
from marketplace.core.context import Actor, Context
from tests.applications import OPENING, running, site_settings
from tests.browser.chromium import launched
from tests.browser.looks import HEIGHT, Look
from tests.browser.market import Market, stocked
from tests.browser.server import listening, served
from tests.cast import Cast, Member, load_cast
from tests.client import Client
from tests.databases import SQLITE, Databases
from tests.listings.achievements.desk import Desk

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


@contextmanager
def browsing(browser: Browser, address: str, look: Look, *, scripts: bool = True) -> Iterator[BrowserContext]:
    """A session of that browser at the site, with cookies of its own."""
    made = browser.new_context(
        base_url=address,
        locale="zh-CN" if look.language == "zh" else "en-GB",
        timezone_id="Asia/Shanghai",
        viewport={"width": look.width, "height": HEIGHT},
        color_scheme=look.colours,
        reduced_motion="reduce",
        java_script_enabled=scripts,
    )
    if scripts:
        made.add_init_script(_TELL_BREACHES)
    yield made
    made.close()


@pytest.fixture
def context(browser: Browser, live_server: str, look: Look) -> Iterator[BrowserContext]:
    """A browser session of this test's own."""
    with browsing(browser, live_server, look) as made:
        yield made


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained about. A test that provokes an error on purpose clears it."""
    return []


@pytest.fixture
def page(context: BrowserContext, complaints: list[str]) -> Iterator[Page]:
    """An empty page. The test fails if the browser's console has an error at the end."""
    made = context.new_page()
    overhear(made, complaints)
    yield made
    if not made.is_closed():
        made.wait_for_timeout(REPORTING)
    assert not complaints, "\n".join(complaints)


def overhear(page: Page, complaints: list[str]) -> None:
    """Note what the browser complains about from now on: errors of the console and of scripts."""
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))


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

    return lambda member: become(context, app, live_server, member)


def become(context: BrowserContext, app: Flask, address: str, member: Member | None) -> None:
    """Make the browser's session that member's, or nobody's."""
    name = app.config["SESSION_COOKIE_NAME"]
    context.clear_cookies(name=name)
    if member is None:
        return
    client = app.test_client()
    assert isinstance(client, Client)
    cookie = client.sign_in(member).get_cookie(name)
    assert cookie is not None
    context.add_cookies([{"name": name, "value": cookie.value, "url": address}])


@pytest.fixture
def desk(cast: Cast, ctx_for: Callable[[Actor], AbstractContextManager[Context]]) -> Desk:
    """Brings achievements of this test's own into a state."""
    return Desk(cast, ctx_for)


@pytest.fixture(scope="session")
def market(session_folder: Path, databases: Databases) -> Iterator[Market]:
    """A market full of everything, made once. Its pages are looked at; nobody changes anything."""
    folder = session_folder / "market"
    with (
        databases.copy(SQLITE, "cast") as url,
        running(site_settings(folder, url), FrozenClock(OPENING)) as app,
    ):
        app.test_client_class = Client
        yield stocked(app, load_cast(app))


@pytest.fixture(scope="session")
def market_address(market: Market) -> Iterator[str]:
    """Where that market is served."""
    with listening(market.app) as address:
        yield address

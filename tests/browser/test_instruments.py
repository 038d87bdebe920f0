"""The instruments of the browser tests must be able to fail."""

import pytest
from flask import Response
from markupsafe import Markup

from marketplace.core.policy import OPEN
from marketplace.web.guard import requires
from marketplace.web.login import current_identity
from tests.browser.accessibility import assert_accessible, assert_fits
from tests.browser.fixtures import REPORTING
from tests.browser.looks import Look, every_look

HEAD = "<title>页</title><link rel=icon href=/static/favicon.svg>"
GOOD = f"<!doctype html><html lang=zh-Hans>{HEAD}<main><h1>页</h1><p>正文</p></main>"


@pytest.fixture
def serve_html(app):
    """Makes the application answer `/instrument` with the given HTML."""

    def serve(html: str) -> None:
        view = requires(OPEN)(lambda: Response(Markup(html), mimetype="text/html"))
        app.add_url_rule("/instrument", "instrument", view)

    return serve


@every_look
def test_a_sound_page_passes_every_instrument_in_every_look(serve_html, visit, page, look):
    serve_html(GOOD)
    assert visit("/instrument").status == 200
    assert page.evaluate("innerWidth") == look.width
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") == (look.colours == "dark")
    assert_accessible(page)
    assert_fits(page)


def test_an_inline_style_is_a_complaint(serve_html, visit, page, complaints):
    serve_html(GOOD.replace("<p>", "<p style='color: red'>"))
    visit("/instrument")
    page.wait_for_timeout(REPORTING)
    assert any(complaint.startswith("policy: style-src") for complaint in complaints)
    complaints.clear()


def test_an_inline_script_is_a_complaint(serve_html, visit, page, complaints):
    serve_html(GOOD + "<script>throw Error()</script>")
    visit("/instrument")
    page.wait_for_timeout(REPORTING)
    assert any(complaint.startswith("policy: script-src") for complaint in complaints)
    complaints.clear()


def test_a_picture_without_words_is_a_violation(serve_html, visit, page, complaints):
    serve_html(GOOD.replace("<p>", "<p><img src='/static/favicon.svg'>"))
    visit("/instrument")
    with pytest.raises(AssertionError, match="image-alt"):
        assert_accessible(page)
    complaints.clear()


@pytest.mark.parametrize("look", [Look(width=390)], ids=str)
def test_a_page_wider_than_the_window_does_not_fit(serve_html, visit, page):
    serve_html(GOOD.replace("正文", "x" * 200))
    visit("/instrument")
    with pytest.raises(AssertionError, match="px wide"):
        assert_fits(page)


def test_a_person_signed_in_is_that_person_in_the_browser(app, cast, sign_in, visit):
    seen = []
    app.before_request(lambda: seen.append(person.user_id if (person := current_identity()) else None))
    sign_in(cast.inventor)
    visit("/rules")
    assert cast.inventor.user_id in seen

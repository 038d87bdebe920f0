"""Filling in the form of an achievement as people do: in steps, on bad lines, two at a time, by keyboard, twice by mistake."""

import gc
import io
import re
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, expect

from listings.achievements.content import from_json
from tests.browser.filling import SECTIONS, begin, fill_sections, headed, press, wait_for
from tests.browser.fixtures import REPORTING, become, browsing
from tests.browser.looks import Look
from tests.cast import Cast, Member
from tests.listings.achievements.desk import TITLE, Desk
from tests.listings.achievements.pictures import png

OTHER = "改过的名称"
#: Werkzeug leaves the temporary file of a body that ends too early to the garbage collector.
LEFT_OPEN = pytest.mark.filterwarnings("ignore:Exception ignored in. .*SpooledTemporaryFile")


@pytest.fixture
def made(desk: Desk, sign_in: Callable[[Member], None], cast: Cast) -> str:
    """A complete draft; the browser is its transfer officer's."""
    sign_in(cast.tto_officer)
    return desk.complete()


@pytest.fixture
def colleague(app: Flask, browser: Browser, live_server: str, cast: Cast) -> Iterator[Page]:
    """The inventor at a browser of their own."""
    with browsing(browser, live_server, Look()) as context:
        become(context, app, live_server, cast.inventor)
        yield context.new_page()


def status(page: Page) -> Locator:
    return page.locator("[data-autosave-status]")


def title_of(desk: Desk, made: str) -> str:
    return from_json(desk.working(made).content).title


def type_into(page: Page, name: str, text: str) -> None:
    """Type over what is there and leave the field."""
    page.locator(f"[name={name}]").fill(text)
    page.keyboard.press("Tab")


def forgive(complaints: list[str], *meant: str) -> None:
    """Answers and failures that the console reports and the test means."""
    complaints[:] = [text for text in complaints if not any(word in text for word in meant)]


def test_the_form_is_filled_section_by_section(page, desk, cast, sign_in):
    sign_in(cast.tto_officer)
    made = begin(page)
    fill_sections(page, made, SECTIONS)
    page.get_by_role("link", name="核对并提交").click()
    expect(page.get_by_role("button", name="提交审核")).to_be_visible()
    content = from_json(desk.working(made).content)
    assert (content.title, content.trl, content.price_fen) == (TITLE, 7, 120_000_000)
    assert [person.name for person in content.completers] == ["沈禾"]


def test_what_is_typed_while_the_line_is_cut_comes_back(page, context, visit, desk, made, complaints):
    visit(f"/achievements/{made}/edit/basics")
    context.set_offline(True)
    type_into(page, "title", OTHER)
    expect(status(page)).to_contain_text("已在本机浏览器保留一份")
    address = page.url
    _crash(page)
    context.set_offline(False)
    assert title_of(desk, made) == TITLE
    later = context.new_page()
    later.goto(address)
    expect(later.locator("[name=title]")).to_have_value(OTHER)
    expect(status(later)).to_contain_text("已恢复本机于 09:30 保留的内容")
    later.get_by_role("button", name="保存并继续").click()
    expect(later.locator("h1")).to_have_text("成熟度")
    assert title_of(desk, made) == OTHER
    forgive(complaints, "ERR_INTERNET_DISCONNECTED")


def test_the_button_waits_for_an_older_text_that_is_on_its_way(page, context, visit, desk, made):
    visit(f"/achievements/{made}/edit/basics")
    _slow_down(context, page, latency=600)
    type_into(page, "title", OTHER)
    page.locator("[name=title_en]").fill("Changed meanwhile")
    press(page, "保存并继续")
    headed(page, "成熟度")
    content = from_json(desk.working(made).content)
    assert (content.title, content.title_en) == (OTHER, "Changed meanwhile")


def _crash(page: Page) -> None:
    """The end of a page that cannot say goodbye: one that is closed would hand over what is not saved yet."""
    with suppress(Error):
        page.goto("chrome://crash")
    page.close()


def test_what_came_back_can_be_thrown_away(page, context, visit, desk, made, complaints):
    visit(f"/achievements/{made}/edit/basics")
    context.set_offline(True)
    type_into(page, "title", OTHER)
    expect(status(page)).to_contain_text("已在本机浏览器保留一份")
    _crash(page)
    context.set_offline(False)
    later = context.new_page()
    later.goto(f"/achievements/{made}/edit/basics")
    later.get_by_role("button", name="放弃恢复的内容").click()
    expect(later.locator("[name=title]")).to_have_value(TITLE)
    assert title_of(desk, made) == TITLE
    forgive(complaints, "ERR_INTERNET_DISCONNECTED")


def test_a_session_that_ends_while_typing_goes_on_after_signing_in_elsewhere(
    page, context, visit, desk, made, cast, sign_in, complaints
):
    visit(f"/achievements/{made}/edit/basics")
    context.clear_cookies()
    type_into(page, "title", OTHER)
    expect(status(page)).to_contain_text("登录已过期，内容已在本机保留")
    assert title_of(desk, made) == TITLE
    sign_in(cast.tto_officer)
    type_into(page, "title", OTHER + "，接着写")
    expect(status(page)).to_contain_text("自动保存")
    page.get_by_role("button", name="保存并继续").click()
    expect(page.locator("h1")).to_have_text("成熟度")
    assert title_of(desk, made) == OTHER + "，接着写"
    forgive(complaints, "status of 400")


def test_the_second_of_two_editors_is_told_and_keeps_the_words(
    page, visit, desk, made, colleague, complaints
):
    visit(f"/achievements/{made}/edit/basics")
    colleague.goto(f"/achievements/{made}/edit/basics")
    type_into(colleague, "title", "同事的名称")
    expect(status(colleague)).to_contain_text("自动保存")
    type_into(page, "title", OTHER)
    expect(status(page)).to_contain_text("草稿已被 沈禾 于 09:30 修改")
    assert title_of(desk, made) == "同事的名称"
    page.get_by_role("button", name="保存并继续").click()
    expect(page.locator("#conflict")).to_be_focused()
    expect(page.get_by_role("row", name="成果名称")).to_contain_text("同事的名称")
    expect(page.locator("[name=title]")).to_have_value(OTHER)
    page.get_by_role("button", name="保存并继续").click()
    expect(page.locator("h1")).to_have_text("成熟度")
    assert title_of(desk, made) == OTHER  # told and seen, the second save is meant
    forgive(complaints, "status of 409")


def test_editors_of_different_sections_are_in_nobodys_way(page, visit, desk, made, colleague):
    visit(f"/achievements/{made}/edit/basics")
    colleague.goto(f"/achievements/{made}/edit/maturity")
    type_into(colleague, "trl_evidence", "检测报告 2026-017")
    expect(status(colleague)).to_contain_text("自动保存")
    type_into(page, "title", OTHER)
    expect(status(page)).to_contain_text("自动保存")
    content = from_json(desk.working(made).content)
    assert (content.title, content.trl_evidence) == (OTHER, "检测报告 2026-017")


def test_a_mistake_takes_the_focus_to_the_summary_and_keeps_every_value(page, visit, made, complaints):
    visit(f"/achievements/{made}/edit/transfer")
    page.locator("[name=price_fen]").fill("十二")
    page.locator("[name=payment_terms]").fill("签约付 30%")
    page.get_by_role("button", name="保存并继续").click()
    expect(page.locator(".c-errors")).to_be_focused()
    expect(page).to_have_title(re.compile("^错误："))
    expect(page.locator("[name=price_fen]")).to_have_value("十二")
    expect(page.locator("[name=payment_terms]")).to_have_value("签约付 30%")
    page.locator(".c-errors a").press("Enter")
    expect(page.locator("[name=price_fen]")).to_be_focused()
    expect(page.locator("[name=price_fen]")).to_have_attribute("aria-invalid", "true")
    forgive(complaints, "status of 422")


def test_a_double_click_submits_once(page, visit, desk, made):
    visit(f"/achievements/{made}/check")
    page.locator("[name=review_document]").fill("云保审〔2026〕12 号")
    page.locator("[name=confirmed]").check()
    page.get_by_role("button", name="提交审核").dblclick()
    expect(page.locator("h1")).to_contain_text("已提交审核")
    assert desk.kinds(made).count("submitted") == 1


def test_an_upload_says_how_far_it_is(page, context, visit, desk, made):
    visit(f"/achievements/{made}/edit/materials")
    _slow_down(context, page)
    page.locator("input[type=file]").set_input_files(_file("大图.png", _noise()))
    page.get_by_role("button", name="上传").click()
    panel = page.locator("[data-upload-status]")
    expect(panel).to_contain_text(re.compile(r"正在上传：[1-9]\d?%，\d+\.\d (KB|MB) / 1\.\d MB"))
    assert 0 < float(panel.locator("progress").get_attribute("value") or 0) < 100
    expect(page.locator("main")).to_contain_text("“大图.png”已上传", timeout=20_000)
    assert [file["name"] for file in desk.working(made).content["files"]] == ["大图.png"]


@LEFT_OPEN
def test_an_upload_can_be_cancelled(page, context, visit, desk, made):
    visit(f"/achievements/{made}/edit/materials")
    _slow_down(context, page)
    page.locator("input[type=file]").set_input_files(_file("大图.png", _noise()))
    page.get_by_role("button", name="上传").click()
    panel = page.locator("[data-upload-status]")
    expect(panel).to_contain_text("正在上传")
    panel.locator("[data-upload-cancel]").click()
    expect(panel).to_contain_text("取消")
    page.wait_for_timeout(REPORTING)
    gc.collect()
    assert desk.working(made).content["files"] == []


def test_a_wrong_file_is_refused_before_it_is_sent(page, visit, made):
    visit(f"/achievements/{made}/edit/materials")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.locator("input[type=file]").set_input_files(_file("程序.exe", png()))
    page.get_by_role("button", name="上传").click()
    expect(page.locator("[data-upload-status]")).to_contain_text("程序.exe")
    assert "POST" not in sent


def _noise() -> bytes:
    """A picture that cannot be compressed, of more than a megabyte."""
    kept = io.BytesIO()
    Image.effect_noise((1400, 1000), 90).save(kept, "PNG")
    return kept.getvalue()


def _file(name: str, content: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": "image/png", "buffer": content}


def _slow_down(context: BrowserContext, page: Page, latency: int = 0) -> None:
    """A line that takes 400 KB a second, after `latency` milliseconds."""
    line = {"offline": False, "latency": latency, "downloadThroughput": -1, "uploadThroughput": 400_000}
    context.new_cdp_session(page).send("Network.emulateNetworkConditions", line)


def test_a_section_can_be_filled_by_keyboard_alone(page, visit, desk, made):
    visit(f"/achievements/{made}/edit/maturity")
    page.keyboard.press("Tab")
    expect(page.locator(".c-skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    _tab_to(page, "[name=trl]")
    page.keyboard.press("ArrowDown")
    _tab_to(page, "[name=trl_evidence]")
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("pilot line, 14 months")
    _tab_to(page, "button[value=next]")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("技术内容")
    content = from_json(desk.working(made).content)
    assert (content.trl, content.trl_evidence) == (8, "pilot line, 14 months")


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until that control has the focus; every stop on the way can be seen."""
    for _stop in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getClientRects().length"), (
            "the focus is on something hidden"
        )
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")


def test_suggestions_are_walked_and_left_by_keyboard(page, visit, desk, cast):
    desk.published(title="热障涂层喷涂工艺", keywords=["热障涂层"])
    desk.published(title="热泵烘房", keywords=["热泵"])
    visit("/search?q=热")
    wait_for(page, page.get_by_role("checkbox").first)  # facets come from the index, when it is made
    wait_for(page, page.locator("#results-heading").get_by_text("找到 2 项成果"))
    visit("/search")
    box = page.get_by_role("combobox").first
    box.press_sequentially("热")
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options.nth(1)).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options.first.get_attribute("id") or "")
    page.keyboard.press("ArrowUp")
    expect(box).not_to_have_attribute("aria-activedescendant", re.compile("."))
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_be_focused()
    expect(box).to_have_value("热")

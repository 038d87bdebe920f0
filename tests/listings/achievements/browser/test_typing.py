"""The form in a real browser: it saves while one types, takes files, asks before throwing away."""

import pytest
from playwright.sync_api import expect

from listings.achievements.content import from_json
from tests.listings.achievements.desk import TITLE
from tests.listings.achievements.pictures import png


@pytest.fixture
def made(desk, sign_in, cast):
    sign_in(cast.tto_officer)
    return desk.complete()


def status(page):
    return page.locator("[data-autosave-status]")


def title_of(desk, made):
    return from_json(desk.working(made).content).title


def test_what_is_typed_is_saved_without_a_button(page, visit, desk, made):
    visit(f"/achievements/{made}/edit/basics")
    page.locator("[name=title]").fill("改过的名称")
    page.locator("[name=title_en]").focus()
    expect(status(page)).to_have_text("草稿已于 09:30 自动保存")
    assert title_of(desk, made) == "改过的名称"
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("[name=title]").fill("再改过的名称")
        page.locator("[name=title_en]").focus()
    assert title_of(desk, made) == "再改过的名称"


def test_the_button_does_not_meet_its_own_automatic_save(page, visit, desk, made):
    visit(f"/achievements/{made}/edit/basics")
    page.locator("[name=title]").fill("改过的名称")
    page.get_by_role("button", name="保存并继续").click()
    expect(page).to_have_url(page.url.replace("basics", "maturity"))
    assert title_of(desk, made) == "改过的名称"


def test_an_amount_is_shown_in_both_notations(page, visit, made):
    visit(f"/achievements/{made}/edit/transfer")
    page.locator("[name=price_fen]").fill("1250")
    expect(page.locator("output")).to_have_text("¥12,500,000 · 大写 壹仟贰佰伍拾万元整")


def test_files_go_up_and_come_down(page, visit, desk, made, complaints):
    visit(f"/achievements/{made}/edit/materials")
    chosen = page.locator("input[type=file]")
    chosen.set_input_files({"name": "坏的.png", "mimeType": "image/png", "buffer": b"<script>"})
    page.get_by_role("button", name="上传").click()
    expect(page.locator(".c-errors")).to_contain_text("“坏的.png”未保存：文件内容与扩展名不符")
    chosen.set_input_files({"name": "实物.png", "mimeType": "image/png", "buffer": png()})
    page.get_by_role("button", name="上传").click()
    expect(page.locator("main")).to_contain_text("“实物.png”已上传")
    page.get_by_role("button", name="移除").click()
    expect(page.locator("main")).to_contain_text("文件已移除")
    assert desk.working(made).content["files"] == []
    complaints[:] = [text for text in complaints if "422" not in text]


def test_throwing_away_is_asked_in_place(page, visit, desk, made):
    visit(f"/achievements/{made}/edit")
    page.get_by_role("link", name="删除草稿").click()
    expect(page.get_by_role("dialog")).to_contain_text("此操作不能撤销")
    page.get_by_role("dialog").get_by_role("button", name="返回").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert desk.look(made).title == TITLE

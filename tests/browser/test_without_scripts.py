"""With scripts switched off everything still works: the pages are forms and links, scripts only make them quicker."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from listings.achievements.content import from_json
from listings.achievements.reach import working_revision
from tests.browser.filling import (
    SECTIONS,
    begin,
    fill,
    fill_sections,
    follow,
    hand_in,
    headed,
    press,
    wait_for,
)
from tests.browser.fixtures import become, browsing
from tests.browser.looks import Look
from tests.cast import PASSWORD, Cast, Member
from tests.listings.achievements.pictures import png
from tests.listings.imports.sheets import HEADER, as_csv, complete


@pytest.fixture
def page(browser: Browser, live_server: str) -> Iterator[Page]:
    with browsing(browser, live_server, Look(), scripts=False) as context:
        yield context.new_page()


@pytest.fixture
def sign_in(app: Flask, page: Page, live_server: str) -> Callable[[Member], None]:
    return lambda member: become(page.context, app, live_server, member)


def test_scripts_are_off(page):
    page.goto("/")
    assert "js" not in (page.locator("html").get_attribute("class") or "")


def test_searching_with_facets_chips_and_an_order(page, desk):
    desk.published(title="热障涂层喷涂工艺", field="05", trl=5, price_fen=300_000_000)
    desk.published(title="耐蚀涂层", field="05", trl=8, price_fen=100_000_000)
    desk.published(title="人工智能分选机", field="0103", trl=8)
    page.goto("/")
    page.get_by_role("searchbox").fill("涂层")
    follow(page.locator("main, .l-hero").get_by_role("button", name="搜索").first)
    heading = page.locator("#results-heading")
    wait_for(page, page.get_by_role("checkbox", name="8 级"))  # facets come from the index, when it is made
    wait_for(page, heading.get_by_text("找到 2 项成果"))
    page.get_by_role("checkbox", name="8 级").check()
    press(page, "应用筛选")
    expect(heading).to_have_text("找到 1 项成果")
    page.get_by_role("link", name="技术成熟度：8 级").click()
    expect(heading).to_have_text("找到 2 项成果")
    page.get_by_label("排序").select_option("cheapest")
    press(page, "排序")
    expect(page.locator(".c-result__title").first).to_have_text("耐蚀涂层")


def test_an_achievement_is_filled_in_and_handed_in(page, desk, cast, sign_in):
    sign_in(cast.tto_officer)
    made = begin(page)
    fill_sections(page, made, SECTIONS)
    hand_in(page)
    assert desk.kinds(made)[-1] == "submitted"


def test_more_rows_keep_what_is_typed(page, desk, cast, sign_in):
    sign_in(cast.tto_officer)
    made = desk.complete()
    page.goto(f"/achievements/{made}/edit/people")
    rows = page.locator("[name^=completers-][name$=-name]")
    before = rows.count()
    fill(page, **{f"completers-{before - 1}-name": "顾溪"})
    press(page, "再添加几行")
    expect(page.locator(f"[name=completers-{before}-name]")).to_have_value("")
    assert "顾溪" in [row.input_value() for row in rows.all()]
    fill(page, **{f"completers-{before}-name": "钟离未"})
    press(page, "保存并返回任务列表")
    expect(page).to_have_url(re.compile("/edit$"))
    revision = working_revision(desk.look(made))
    assert revision is not None
    assert [person.name for person in from_json(revision.content).completers] == ["沈禾", "顾溪", "钟离未"]


def test_a_mistake_is_told_above_and_beside_the_field(page, desk, cast, sign_in):
    sign_in(cast.tto_officer)
    page.goto(f"/achievements/{desk.complete()}/edit/transfer")
    fill(page, price_fen="十二", payment_terms="签约付 30%")
    press(page, "保存并继续")
    expect(page).to_have_title(re.compile("^错误："))
    page.locator(".c-errors a").click()
    expect(page.locator("[name=price_fen]")).to_have_value("十二")
    expect(page.locator("[name=price_fen]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[name=payment_terms]")).to_have_value("签约付 30%")


def test_a_file_goes_up_and_a_draft_is_thrown_away_on_a_page_that_asks(page, desk, cast, sign_in):
    sign_in(cast.tto_officer)
    made = desk.complete()
    page.goto(f"/achievements/{made}/edit/materials")
    picture = {"name": "实物.png", "mimeType": "image/png", "buffer": png()}
    page.locator("input[type=file]").set_input_files(picture)
    press(page, "上传")
    expect(page.locator("main")).to_contain_text("“实物.png”已上传")
    page.goto(f"/achievements/{made}/edit")
    page.get_by_role("link", name="删除草稿").click()
    expect(page).to_have_url(re.compile("/discard$"))
    press(page, "删除")
    expect(page.locator("main")).to_contain_text("草稿已删除")


def test_a_table_is_imported(page, cast, sign_in):
    """The page of a running import asks for itself again."""
    sign_in(cast.tto_officer)
    page.goto("/work/imports")
    table = as_csv([HEADER, complete(1), complete(2), complete(3, 技术成熟度="十")])
    file = {"name": "成果汇总.csv", "mimeType": "text/csv", "buffer": table}
    page.locator("input[type=file]").set_input_files(file)
    fill(page, review_document="云岫大学保审〔2026〕12 号", confirmed="y")
    press(page, "上传并核对列")
    press(page, "试算，不导入")
    page.get_by_role("button", name="导入 2 行").click(timeout=20_000)
    expect(page.locator("main")).to_contain_text("完成于", timeout=20_000)
    expect(page.get_by_role("region", name="逐行结果")).to_contain_text("十")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载待修改的行（csv）").click()
    assert "十" in download.value.path().read_text(encoding="utf-8-sig")


def test_a_moderator_decides(page, desk, cast, sign_in):
    sign_in(cast.moderator)
    made = desk.submitted()
    page.goto("/moderation")
    page.get_by_role("row").get_by_role("link").first.click()
    page.get_by_role("radio", name="退回修改").check()
    press(page, "提交审核结果")
    expect(page.locator(".c-errors")).to_be_visible()
    page.get_by_role("checkbox", name="简介过短").check()
    press(page, "提交审核结果")
    expect(page.locator(".c-errors")).to_have_count(0)
    assert desk.kinds(made)[-1] == "returned"


def test_the_colours_are_chosen_from_the_menu_and_remembered(page):
    page.goto("/rules?start=2026-03-02&amount=3&unit=days")
    asked = page.url
    page.locator("summary", has_text="外观").click()
    follow(page.get_by_role("button", name="深色"))
    assert page.url == asked
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto("/search")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.locator("summary", has_text="外观").click()
    page.get_by_role("button", name="跟随系统").click()
    expect(page.locator("html")).not_to_have_attribute("data-theme", re.compile("."))


def test_one_logs_in_changes_the_organisation_and_logs_out(page, cast: Cast):
    page.goto("/account")
    headed(page, "登录")
    fill(page, email=cast.tto_officer.email, password=PASSWORD)
    press(page, "登录")
    expect(page).to_have_url(re.compile("/account$"))
    menu = page.locator("summary.c-menu__open", has_text="云岫大学")
    menu.click()
    page.get_by_label("代表哪个单位操作").select_option("")
    page.get_by_role("button", name="切换单位").click()
    page.locator("summary.c-menu__open", has_text="陆望舒").click()
    page.get_by_role("button", name="退出登录").click()
    expect(page.locator("main")).to_contain_text("已退出登录")
    page.get_by_role("link", name="English").click()
    headed(page, "Log in")

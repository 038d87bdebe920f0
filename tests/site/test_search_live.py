"""The search page in a browser: filters act at once, the address follows, the keyboard keeps its place."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import assert_accessible, assert_fits
from tests.browser.looks import Look, every_look


@pytest.fixture
def market(desk, drain):
    desk.published(title="热障涂层喷涂工艺", keywords=["热障涂层"], field="05", trl=5, price_fen=300_000_000)
    desk.published(title="人工智能分选机", field="0103")
    drain()


def heading(page):
    return page.locator("#results-heading")


def test_a_filter_acts_at_once_and_the_counts_follow(market, visit, page):
    visit("/search")
    expect(heading(page)).to_have_text("找到 2 项成果")
    box = page.get_by_role("checkbox", name="新材料及其应用")
    box.focus()
    page.keyboard.press("Space")
    expect(heading(page)).to_have_text("找到 1 项成果")
    expect(page.locator("#announce")).to_have_text("找到 1 项成果")
    expect(page).to_have_url(re.compile("field=05"))
    assert page.get_by_role("link", name="技术领域：新材料及其应用").count() == 1
    expect(box).to_be_focused()
    expect(page.get_by_role("checkbox", name="7 级")).to_have_count(0)  # the counts are of what is left
    expect(page.get_by_role("checkbox", name="5 级")).to_have_count(1)


def test_the_keyboard_chooses_several_filters_in_a_row(market, visit, page):
    visit("/search")
    page.get_by_role("checkbox", name="电子信息").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("checkbox", name="软件与人工智能")).to_have_count(1)
    page.keyboard.press("Tab")
    expect(page.get_by_role("checkbox", name="软件与人工智能")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_role("link", name="技术领域：软件与人工智能")).to_have_count(1)
    expect(heading(page)).to_have_text("找到 1 项成果")


def test_the_order_changes_at_once(market, visit, page):
    visit("/search")
    page.get_by_label("排序").select_option("dearest")
    expect(page).to_have_url(re.compile("sort=dearest"))
    expect(page.locator(".c-result__title").first).to_have_text("热障涂层喷涂工艺")


def test_back_leads_to_the_search_before(market, visit, page):
    visit("/search")
    page.get_by_role("checkbox", name="新材料及其应用").check()
    expect(heading(page)).to_have_text("找到 1 项成果")
    page.go_back()
    expect(heading(page)).to_have_text("找到 2 项成果")
    expect(page.get_by_role("checkbox", name="新材料及其应用")).not_to_be_checked()


def test_suggestions_are_chosen_by_keyboard(market, visit, page):
    visit("/")
    page.get_by_role("combobox").fill("rztc")
    option = page.get_by_role("option", name="热障涂层 技术词")
    expect(option).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("找到 1 项成果")


@pytest.mark.parametrize("look", [Look(width=390)], ids=str)
def test_on_a_phone_the_filters_wait_in_a_drawer(market, visit, page):
    visit("/search?field=05")
    box = page.get_by_role("checkbox", name="新材料及其应用")
    expect(box).to_be_hidden()
    page.locator(".c-facets summary").click()
    expect(box).to_be_checked()
    box.uncheck()
    expect(heading(page)).to_have_text("找到 2 项成果")


def test_without_scripts_the_filters_are_a_plain_form(market, browser, live_server):
    context = browser.new_context(base_url=live_server, java_script_enabled=False)
    page = context.new_page()
    page.goto("/search")
    page.get_by_role("checkbox", name="新材料及其应用").check()
    page.get_by_role("button", name="应用筛选").click()
    expect(heading(page)).to_have_text("找到 1 项成果")
    context.close()


@every_look
def test_every_state_of_the_search_page_is_sound_in_every_look(market, visit, page):
    paths = ("/search?q=涂层", "/search?q=热障 分选机&field=05", "/search?q=AI&price_max=1", "/search?q=zzzz")
    for path in paths:
        visit(path)
        assert_accessible(page)
        assert_fits(page)

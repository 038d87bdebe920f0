"""From an unknown person to a published achievement that a visitor finds, by the pages and the mail alone."""

import re
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from marketplace.core.credit_code import check_character
from marketplace.core.runtime import EXTENSION
from tests.browser.filling import (
    SECTIONS,
    begin,
    fill,
    fill_sections,
    hand_in,
    headed,
    press,
    wait_for,
)
from tests.browser.fixtures import browsing, overhear
from tests.browser.looks import Look
from tests.cast import PASSWORD, Cast, Member
from tests.listings.achievements.desk import ABSTRACT, Desk

ADDRESS, SECRET = "gu.xi@liuyun.example", "copper kettle 2208 dawn"
UNIVERSITY, CODE = "流云理工学院", "12100000400000099"
TITLE = "柔性钙钛矿光伏组件的层压封装"
TYPED = SECTIONS | {
    "基本信息": {
        "title": TITLE,
        "title_en": "Lamination of flexible perovskite modules",
        "abstract": ABSTRACT,
        "keywords": "钙钛矿；光伏",
        "field": "05",
    }
}
NOT_FOUND = 404
MAIL = 20  # seconds until a mail has come


@pytest.fixture
def somebody(browser: Browser, live_server: str, complaints: list[str]) -> Iterator[Callable[[], Page]]:
    """`somebody()` sits down at a computer of their own."""
    opened = []

    def sit_down() -> Page:
        context = browsing(browser, live_server, Look())
        opened.append(context)
        page = context.__enter__().new_page()
        overhear(page, complaints)
        return page

    yield sit_down
    for context in opened:
        context.__exit__(None, None, None)
    assert not complaints, "\n".join(complaints)


def test_from_an_unknown_person_to_an_achievement_that_is_found(
    app: Flask, cast: Cast, desk: Desk, somebody: Callable[[], Page], complaints: list[str]
) -> None:
    desk.published(title="热障涂层喷涂工艺", field="05", trl=5, keywords=["热障涂层"])
    desk.published(title="园区光伏运维机器人", field="0103", trl=8, keywords=["光伏"])
    author, officer, visitor = somebody(), somebody(), somebody()
    register(author, app)
    found_organisation(author)
    log_in(officer, cast.moderator)
    decide(officer, UNIVERSITY, outcome="publish")

    made = begin(author)
    fill_sections(author, made, TYPED)
    hand_in(author)
    decide(
        officer,
        TITLE,
        outcome="return",
        reasons=("abstract_thin", "trl_evidence_missing"),
        note="补充检测报告",
    )
    correct(author, made)
    hand_in(author)
    before = visitor.goto(f"/achievements/{made}")
    assert before is not None
    assert before.status == NOT_FOUND  # nothing is public before the decision
    complaints[:] = [text for text in complaints if f"status of {NOT_FOUND}" not in text]
    decide(officer, TITLE, outcome="publish")

    visitor.goto(f"/achievements/{made}")
    headed(visitor, TITLE)
    look_for(visitor)
    add_up(visitor)


def register(page: Page, app: Flask) -> None:
    """Make an account and follow the link in the mail."""
    page.goto("/register")
    fill(page, name="顾溪", email=ADDRESS, password=SECRET)
    press(page, "注册")
    headed(page, "请查看邮箱")
    page.goto(mailed_link(app, ADDRESS, "/confirm/"))
    fill(page, password=SECRET)
    press(page, "确认并登录")
    expect(page.locator("main")).to_contain_text("邮箱已确认")


def mailed_link(app: Flask, address: str, prefix: str) -> str:
    """The path of the link that came by mail."""
    folder = app.extensions[EXTENSION].settings.data / "mail"
    end = time.monotonic() + MAIL
    while time.monotonic() < end:
        for file in folder.glob("*.eml"):
            mail = message_from_bytes(file.read_bytes(), policy=policy.default)
            found = re.search(rf"https?://[^/\s]+({prefix}\S+)", mail.get_content()) if mail["To"] else None
            if found and mail["To"] == address:
                return found[1]
        time.sleep(0.1)
    raise AssertionError(f"no mail to {address} with a link to {prefix}")


def found_organisation(page: Page) -> None:
    """Register the university and ask for its verification."""
    page.goto("/work")
    page.locator("main").get_by_role("link", name="登记单位").click()
    fill(page, kind="university", name=UNIVERSITY, credit_code=CODE + check_character(CODE), region="330000")
    press(page, "登记单位")
    headed(page, UNIVERSITY)
    press(page, "提交核验")
    expect(page.locator("main")).to_contain_text("待核验")


def log_in(page: Page, member: Member) -> None:
    page.goto("/login")
    fill(page, email=member.email, password=PASSWORD)
    press(page, "登录")
    expect(page.locator(".c-menu__name")).to_be_visible()


def decide(page: Page, title: str, outcome: str, reasons: tuple[str, ...] = (), note: str = "") -> None:
    """Take the case out of the queue and decide it."""
    page.goto("/moderation")
    case = page.get_by_role("row").get_by_role("link", name=title, exact=True)
    wait_for(page, case)
    case.click()
    page.locator(f"[name=outcome][value={outcome}]").check()
    for reason in reasons:
        page.locator(f"[name=reasons][value={reason}]").check()
    fill(page, note=note)
    press(page, "提交审核结果")
    expect(page.locator("[name=outcome]")).to_have_count(0)


def correct(page: Page, made: str) -> None:
    """Go where the officer points, and put it right."""
    page.goto("/work")
    wait_for(page, page.get_by_role("list", name="我的待办").get_by_text(TITLE))
    page.goto(f"/achievements/{made}/edit")
    expect(page.locator("#asked + *, [aria-labelledby=asked]").first).to_contain_text("补充检测报告")
    page.locator("[aria-labelledby=asked]").get_by_role("link").first.click()
    fill(page, abstract=ABSTRACT + "封装后经双八五试验一千小时，效率保持百分之九十五。")
    press(page, "保存并返回任务列表")
    page.locator("[aria-labelledby=asked]").get_by_role("link").nth(1).click()
    fill(page, trl_evidence="检测报告 2026-017，中试线连续运行六个月")
    press(page, "保存并返回任务列表")
    expect(page.locator("[aria-labelledby=asked]").get_by_text("已改动")).to_have_count(2)


def look_for(page: Page) -> None:
    """By a synonym, by an English word, and misspelt."""
    hit = page.locator(".c-result__title", has_text=TITLE)
    for asked, told in (
        ("太阳能电池 封装", "近义词"),
        ("perovskite", ""),
        ("盖太矿", "钙钛矿"),
    ):
        page.goto("/")
        page.get_by_role("searchbox").or_(page.get_by_role("combobox")).first.fill(asked)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        wait_for(page, hit)
        expect(page.locator("#results")).to_contain_text(told)
    hit.get_by_role("link").click()
    headed(page, TITLE)


def add_up(page: Page) -> None:
    """Every achievement is counted once in each facet that has one value for each; a click leads to what was promised."""
    page.goto("/search")
    assert found(page) == 3
    assert sum(counts(page, "技术成熟度")) == 3
    assert sum(counts(page, "技术领域")) == 3
    box = page.get_by_role("group", name="技术领域").get_by_role("checkbox", name="新材料")
    promised = int(box.locator("xpath=..").locator(".c-choice__count").inner_text())
    box.check()
    expect(page.locator("#results-heading")).to_have_text(f"找到 {promised} 项成果")
    assert sum(counts(page, "技术成熟度")) == promised
    assert page.locator(".c-result").count() == promised


def found(page: Page) -> int:
    return int(re.sub(r"\D", "", page.locator("#results-heading").inner_text()))


def counts(page: Page, group: str) -> list[int]:
    shown = page.get_by_role("group", name=group).locator(".c-choice__count")
    return [int(text) for text in shown.all_inner_texts()]

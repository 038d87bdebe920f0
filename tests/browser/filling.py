"""Hands on the pages: fill in forms, answer questions, wait for what others do. With scripts or without."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.listings.achievements.desk import ABSTRACT, HARMLESS, TITLE

PATIENCE = 40  # times a page is asked again for what a worker is about to do
PAUSE = 250  # milliseconds between
#: What is typed into each section, by its heading; the pages come in this order.
SECTIONS: dict[str, dict[str, str]] = {
    "基本信息": {"title": TITLE, "abstract": ABSTRACT, "keywords": "气体传感器；微热板", "field": "0105"},
    "成熟度": {"trl": "7", "trl_evidence": "连续运行记录", "trl_assessor": "self"},
    "技术内容": {"principle": "敏感膜周期升降温，按动力学曲线识别。"},
    "知识产权": {},
    "转化意向与价格": {"modes": "licence_ordinary", "price_mode": "fixed", "price_fen": "120"},
    "完成人与项目": {"completers-0-name": "沈禾", "completers-0-unit": "云岫大学"},
}


def fill(page: Page, **typed: str) -> None:
    """Put each text into the control of that name, whatever sort of control it is."""
    for name, text in typed.items():
        control = page.locator(f"main [name='{name}']")
        sort = control.first.evaluate("control => control.type")
        if sort.startswith("select"):
            control.select_option(text)
        elif sort in ("radio", "checkbox") and control.count() > 1:
            page.locator(f"main [name='{name}'][value='{text}']").check()
        elif sort == "checkbox":
            control.check()
        else:
            control.fill(text)


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """Press the button of the main part that says so."""
    page.locator("main").get_by_role("button", name=name, exact=isinstance(name, str)).first.click()


def follow(control: Locator) -> None:
    """Click what leads to another page, and be there. A click alone returns while the old page still stands."""
    with control.page.expect_navigation():
        control.click()


def headed(page: Page, heading: str) -> None:
    expect(page.locator("h1")).to_contain_text(heading)


def begin(page: Page) -> str:
    """Begin an achievement and answer the questions before it, as nothing stands in its way; its id."""
    page.goto("/achievements/new")
    press(page, "开始登记")
    headed(page, "保密自查")
    fill(page, **HARMLESS)
    press(page, "提交自查")
    expect(page).to_have_url(re.compile(r"/achievements/[^/]+/edit$"))
    return page.url.split("/")[-2]


def fill_sections(page: Page, achievement: str, sections: dict[str, dict[str, str]]) -> None:
    """From the first section to the last, each left by its button, and back to the list of parts."""
    page.goto(f"/achievements/{achievement}/edit")
    page.get_by_role("list", name="分段填写").get_by_role("link", name=next(iter(sections))).click()
    for heading, typed in sections.items():
        headed(page, heading)
        fill(page, **typed)
        press(page, "保存并继续")
    page.locator("main").get_by_role("link", name="继续").click()
    headed(page, "查看范围")
    press(page, "保存并返回任务列表")


def hand_in(page: Page) -> None:
    """From the list of parts through the check page to the receipt."""
    page.locator("main").get_by_role("link", name="核对并提交").click()
    fill(page, review_document="云保审〔2026〕12 号", confirmed="y")
    press(page, "提交审核")
    headed(page, "已提交审核")


def wait_for(page: Page, wanted: Locator) -> None:
    """Ask for the page again until what a worker is about to bring is there."""
    for _again in range(PATIENCE):
        if wanted.count():
            return
        page.wait_for_timeout(PAUSE)
        page.reload()
    raise AssertionError(f"{wanted} does not come on {page.url}")

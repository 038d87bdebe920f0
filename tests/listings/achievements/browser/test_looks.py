"""Every page of achievements as people see it: accessible, no wider than the window, without a complaint."""

import os
from pathlib import Path

import pytest

from tests.browser.accessibility import assert_accessible, assert_fits
from tests.browser.filling import follow
from tests.browser.looks import LOOKS
from tests.listings.achievements.desk import COMPLETE, RICH
from tests.listings.achievements.pictures import add_picture

SECTIONS = ("basics", "maturity", "technology", "rights", "transfer", "people", "materials", "disclosure")
#: Each language, width and colour with each other one, in half the runs; SHOTS=folder takes pictures of all.
SHOTS = os.environ.get("SHOTS")
CHOSEN = LOOKS if SHOTS else [LOOKS[0], LOOKS[3], LOOKS[5], LOOKS[6]]
in_looks = pytest.mark.parametrize("look", CHOSEN, ids=str)


@pytest.fixture
def seen(page, visit, look):
    """Opens a page and judges it."""

    def judge(path: str, name: str) -> None:
        answer = visit(path)
        assert answer.status < 500
        settle(name)

    def settle(name: str) -> None:
        if SHOTS:
            Path(SHOTS).mkdir(exist_ok=True)
            page.screenshot(path=f"{SHOTS}/{name}-{look}.png", full_page=True)
        assert_accessible(page)
        assert_fits(page)

    judge.settle = settle
    return judge


@pytest.fixture
def rich(desk, app, cast):
    """A published achievement with everything in it."""
    made = desk.complete(**RICH)
    add_picture(app, cast.tto_officer, made, "阵列实物.png")
    add_picture(app, cast.tto_officer, made, "封装结构.png", level="verified")
    add_picture(app, cast.tto_officer, made, "版图.png", level="nda")
    desk.submit(made)
    desk.publish(made)
    return made


@in_looks
def test_pages_for_the_public(seen, desk, rich, complaints):
    gone = desk.published(title="高寒地区装配式建筑节点")
    desk.withdraw(gone, "title_dispute", "与合作单位协商中")
    seen("/achievements", "catalogue")
    seen(f"/achievements/{rich}", "page-public")
    seen(f"/achievements/{rich}/history", "history")
    seen(f"/achievements/{gone}", "withdrawn")
    expected(complaints, "410")


@in_looks
def test_pages_for_readers(seen, page, desk, rich, sign_in, cast):
    sign_in(cast.firm_agent)
    seen(f"/achievements/{rich}", "page-verified")
    desk.agree(rich)
    seen(f"/achievements/{rich}", "page-with-agreement")
    seen(f"/achievements/{rich}/confidential", "confidential")
    follow(page.locator("main form button"))
    seen.settle("page-opened")


@in_looks
def test_pages_for_editors(seen, page, desk, rich, sign_in, cast, complaints):
    sign_in(cast.tto_officer)
    empty, blocked, working = desk.begun(), desk.cleared({"state_secret": "yes"}), desk.complete()
    reviewed = desk.submitted(title="高寒地区装配式建筑节点")
    returned = desk.submitted(title="浅海养殖网箱在线监测")
    desk.give_back(
        returned, "abstract_thin", "trl_evidence_missing", "secrecy_incomplete", note="补充检测报告"
    )
    desk.save(returned, abstract=COMPLETE["abstract"] + "连续运行十四个月。")
    seen("/work/achievements", "own")
    seen("/work/achievements?state=withdrawn", "own-empty")
    seen("/achievements/new", "new")
    seen(f"/achievements/{empty}/assessment", "assessment")
    follow(page.locator("main form.c-form > .c-form__buttons button"))
    seen.settle("assessment-errors")
    seen(f"/achievements/{blocked}/assessment", "assessment-blocked")
    seen(f"/achievements/{working}/assessment", "assessment-done")
    seen(f"/achievements/{working}/edit", "tasks-draft")
    seen(f"/achievements/{reviewed}/edit", "tasks-review")
    seen(f"/achievements/{reviewed}/receipt", "receipt")
    seen(f"/achievements/{returned}/edit", "tasks-returned")
    seen(f"/achievements/{rich}/edit", "tasks-published")
    seen(f"/achievements/{returned}/check", "check-ready")
    seen(f"/achievements/{empty_but_cleared(desk)}/check", "check-incomplete")
    seen(f"/achievements/{rich}", "page-holder")
    seen(f"/achievements/{rich}/withdraw", "withdraw")
    seen(f"/achievements/{rich}/access", "access")
    seen(f"/achievements/{working}/discard", "discard")
    seen(f"/achievements/{working}/preview", "preview")
    expected(complaints, "422")


@in_looks
def test_the_sections(seen, page, desk, rich, sign_in, cast, complaints, visit):
    sign_in(cast.tto_officer)
    for name in SECTIONS:
        seen(f"/achievements/{rich}/edit/{name}", f"section-{name}")
    visit(f"/achievements/{rich}/edit/transfer")
    page.locator("[name=price_fen]").fill("十二")
    follow(page.locator("[name=then]").first)
    seen.settle("section-error")
    visit(f"/achievements/{rich}/edit/basics")
    desk.save(rich, cast.inventor, title="同事改过的名称")
    page.locator("[name=title]").fill("我改过的名称")
    follow(page.locator("[name=then]").first)
    seen.settle("section-conflict")
    expected(complaints, "409", "422")


def empty_but_cleared(desk) -> str:
    made = desk.cleared()
    desk.save(made, title="还没有写完", abstract="太短")
    return made


def expected(complaints: list[str], *statuses: str) -> None:
    """The console reports answers of these statuses as errors; the test means them."""
    complaints[:] = [
        text for text in complaints if not any(f"status of {status}" in text for status in statuses)
    ]

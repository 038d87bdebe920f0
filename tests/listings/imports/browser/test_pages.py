"""The way in as people see it: a file is chosen, columns are confirmed, progress moves by itself, errors are found."""

import os
import time
from pathlib import Path

import pytest

from listings.imports import consumer
from listings.imports.running import run
from listings.imports.services import start
from marketplace.core.db import db
from marketplace.core.relay import lag
from marketplace.core.uow import unit_of_work
from tests.browser.accessibility import assert_accessible, assert_fits
from tests.browser.looks import LOOKS
from tests.listings.imports.sheets import HEADER, as_csv, complete, rows

#: Each language, width and colour once; SHOTS=folder takes pictures of all.
SHOTS = os.environ.get("SHOTS")
CHOSEN = LOOKS if SHOTS else [LOOKS[0], LOOKS[6]]
in_looks = pytest.mark.parametrize("look", CHOSEN, ids=str)
one_look = pytest.mark.parametrize("look", CHOSEN[:1], ids=str)
SOON = 20_000  # milliseconds


@pytest.fixture
def judge(page, look):
    """`judge(name)`: this page is accessible and fits the window."""

    def now(name: str) -> None:
        if SHOTS:
            Path(SHOTS).mkdir(exist_ok=True)
            page.screenshot(path=f"{SHOTS}/{name}-{look}.png", full_page=True)
        assert_accessible(page)
        assert_fits(page)

    return now


@pytest.fixture
def drain(app):
    """The worker beside the server hands the journal over, and two at once would do the same thing twice."""

    def wait() -> None:
        end = time.monotonic() + SOON / 1000
        with app.app_context():
            while any(lag().values()):
                assert time.monotonic() < end, lag()
                db.session.rollback()
                time.sleep(0.02)

    return wait


@pytest.fixture
def table(tmp_path):
    """A file with every kind of row, and columns that nobody can know."""
    path = tmp_path / "成果汇总 2026.csv"
    header = (*HEADER, "负责老师", "价格")
    body = [complete(n) for n in range(1, 40)]
    body += [complete(40, 技术成熟度="十"), complete(41, 成果名称=""), complete(42, 转化方式=""), complete(3)]
    path.write_bytes(as_csv([header, *([*row, "张老师", "120"] for row in body)]))
    return path


@in_looks
def test_from_the_file_to_the_report(page, visit, sign_in, cast, judge, table):
    sign_in(cast.tto_officer)
    visit("/work/imports")
    judge("1-list")
    page.locator("input[type=file]").set_input_files(table)
    page.locator("input[name=review_document]").fill("云岫大学保审〔2026〕12 号")
    page.locator("input[name=confirmed]").check()
    page.locator("form[data-upload] button.c-button--primary").click()
    page.locator("select[name^=column_]").first.wait_for(state="attached")
    judge("2-columns")
    page.locator("form.c-form button.c-button--primary").last.click()
    page.locator("dl.c-figures").wait_for(timeout=SOON)  # the dry run ends without anybody reloading
    assert page.locator(".c-steps__step--done").count() == 2
    judge("3-checked")
    page.locator("form[action$='/run'] button").click()
    page.locator(".c-tag--ok").first.wait_for(timeout=SOON)
    assert page.locator(".c-steps").count() == 0  # nothing is left to do
    judge("4-done")
    with page.expect_download() as download:
        page.locator("a[href$='failed.csv']").click()
    assert "十" in Path(download.value.path()).read_text(encoding="utf-8-sig")


@one_look
def test_a_wrong_file_is_told_beside_its_control(page, visit, sign_in, cast, judge, tmp_path, complaints):
    sign_in(cast.tto_officer)
    visit("/work/imports")
    path = tmp_path / "重名.csv"
    path.write_bytes(as_csv([("成果名称", "成果名称")]))
    page.locator("input[type=file]").set_input_files(path)
    page.locator("input[name=review_document]").fill("云岫大学保审〔2026〕12 号")
    page.locator("input[name=confirmed]").check()
    page.locator("form[data-upload] button.c-button--primary").click()
    page.locator(".c-errors").wait_for()
    assert "表头中有重复的列名" in page.locator("#file-error").inner_text()
    judge("5-refused")
    complaints.clear()  # the browser reports the answer 422 by itself


@one_look
def test_the_bar_of_a_running_import_moves_by_itself(
    app, page, visit, sign_in, cast, judge, check, monkeypatch
):
    job_id = check(cast.tto_officer.actor, "成果.csv", as_csv(rows(*range(1, 601))))
    monkeypatch.setattr(consumer, "run", lambda _job_id: None)  # the worker is busy elsewhere
    with app.app_context(), unit_of_work(cast.tto_officer.actor) as ctx:
        start(ctx, job_id)
    sign_in(cast.tto_officer)
    visit(f"/work/imports/{job_id}")
    bar = page.locator("progress#import-progress")
    assert bar.get_attribute("value") == "0"
    judge("6-running")
    with app.app_context():
        stopped_after_a_piece(job_id)
    page.locator("progress#import-progress[value='200']").wait_for(timeout=SOON)
    with app.app_context():
        run(job_id)
    page.locator(".c-tag--ok").first.wait_for(timeout=SOON)
    assert bar.count() == 0


class Stopped(Exception):
    """The process ends here."""


def stopped_after_a_piece(job_id):
    def stop(_rows):
        raise Stopped

    with pytest.raises(Stopped):
        run(job_id, stop)

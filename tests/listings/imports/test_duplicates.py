"""Nothing goes in twice: not from one file, not from two, not next to what is there already."""

from threading import Thread

from sqlalchemy import select

from listings.achievements.drafting import create_draft, save_draft
from listings.achievements.models import Achievement
from listings.achievements.secrecy import assess
from listings.imports.running import run
from listings.imports.services import start
from listings.imports.statement import harmless
from marketplace.core.db import db
from marketplace.core.uow import unit_of_work
from tests.listings.imports.sheets import HEADER, as_csv, complete, rows


def titles(app):
    with app.app_context():
        return [
            row.title for row in db.session.scalars(select(Achievement).order_by(Achievement.number)).unique()
        ]


def test_the_same_file_again_brings_nothing(app, cast, bring_in, job, notes):
    bring_in(cast.tto_officer.actor, "a.csv", as_csv(rows(1, 2)))
    again = bring_in(cast.tto_officer.actor, "b.csv", as_csv(rows(1, 2, 3)))
    assert job(again).counts == {"duplicate": 2, "complete": 1}
    words = notes(again)[0][3]
    assert "CG2026000001" in words
    assert "旋转换向蓄热燃烧装置第 1 型" in words
    assert "草稿" in words
    assert len(titles(app)) == 3


def test_a_repeated_row_of_one_file_goes_in_once(app, cast, bring_in, job, notes, check):
    table = [
        HEADER,
        complete(1),
        complete(2),
        complete(9, 成果名称="旋转换向蓄热　燃烧装置第１型"),
        complete(1, 成果名称="别的"),
    ]
    checked = check(cast.tto_officer.actor, "a.csv", as_csv(table))
    assert [words for *_, words in notes(checked)] == ["与本文件第 2 行的名称或编号相同，未重复导入"] * 2
    done = bring_in(cast.tto_officer.actor, "a.csv", as_csv(table))
    assert job(done).counts == job(checked).counts == {"complete": 2, "duplicate": 2}
    assert len(titles(app)) == 2


def test_a_repetition_far_below_is_recognised_in_both_passes(app, cast, check, bring_in, job):
    table = [HEADER, *(complete(number) for number in range(1, 251)), complete(1)]
    assert job(check(cast.tto_officer.actor, "a.csv", as_csv(table))).counts["duplicate"] == 1
    first = job(bring_in(cast.tto_officer.actor, "a.csv", as_csv(table)))
    assert first.counts == {"complete": 250, "duplicate": 1}
    again = job(bring_in(cast.tto_officer.actor, "a.csv", as_csv(table), update=True))
    assert again.counts == {"unchanged": 250, "duplicate": 1}
    assert len(titles(app)) == 250


def test_an_update_changes_what_the_file_says_and_nothing_else(cast, bring_in, job, held):
    bring_in(cast.tto_officer.actor, "a.csv", as_csv(rows(1, 2)))
    table = [
        ("单位内部编号", "成果名称", "价格（万元）"),
        ("YX-00001", "改过的名称", "20"),
        ("YX-00002", complete(2)[1], ""),
    ]
    done = bring_in(cast.tto_officer.actor, "b.csv", as_csv(table), update=True)
    assert job(done).counts == {"updated": 1, "unchanged": 1}
    first, _ = held(cast.tto_officer).values()
    assert (first.title, first.price_fen, first.trl) == ("改过的名称", 20_000_000, 8)


def test_what_is_in_review_is_not_updated(cast, bring_in, job, notes):
    bring_in(cast.tto_officer.actor, "a.csv", as_csv(rows(1)), submit=True)
    done = bring_in(
        cast.tto_officer.actor, "b.csv", as_csv([HEADER, complete(1, 成果名称="新")]), update=True
    )
    assert job(done).counts == {"failed": 1}
    assert "正在审核" in notes(done)[0][3]


def test_a_title_with_another_number_is_not_overwritten(cast, bring_in, job, notes):
    bring_in(cast.tto_officer.actor, "a.csv", as_csv(rows(1)))
    other = complete(7, 成果名称=complete(1)[1])
    done = bring_in(cast.tto_officer.actor, "b.csv", as_csv([HEADER, other]), update=True)
    assert "单位内部编号不同" in notes(done)[0][3]
    assert job(done).counts == {"failed": 1}


def test_what_was_found_secret_stays_as_it_is(app, cast, bring_in, job, notes):
    with app.app_context(), unit_of_work(cast.tto_officer.actor) as ctx:
        made = create_draft(ctx)
        assess(ctx, made.id, harmless("一号"))
        save_draft(ctx, made.id, {"title": complete(1)[1]})
        answers = harmless("一号")
        assess(ctx, made.id, type(answers)({**answers.answers, "state_secret": "yes"}, {}))
    done = bring_in(cast.tto_officer.actor, "a.csv", as_csv(rows(1)), update=True)
    assert "保密自查未完成或未通过" in notes(done)[0][3]
    assert job(done).counts == {"failed": 1}


def test_another_units_record_of_the_same_name_is_no_duplicate(cast, bring_in, job):
    bring_in(cast.other_tto_officer.actor, "a.csv", as_csv(rows(1)))
    assert job(bring_in(cast.tto_officer.actor, "a.csv", as_csv(rows(1)))).counts == {"complete": 1}


def test_two_imports_of_one_file_at_once_bring_each_row_once(app, cast, check, job):
    """Two files of the same rows, carried out by two processes side by side."""
    content = as_csv(rows(*range(1, 501)))
    jobs = [check(cast.tto_officer.actor, name, content) for name in ("a.csv", "b.csv")]
    start_all(app, cast.tto_officer.actor, jobs)
    threads = [Thread(target=carry_out, args=(app, job_id)) for job_id in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done = [job(job_id) for job_id in jobs]
    assert [one.state for one in done] == ["done", "done"]
    assert sum(one.counts.get("complete", 0) for one in done) == 500
    assert sum(one.counts.get("duplicate", 0) for one in done) == 500
    assert len(titles(app)) == 500


def start_all(app, actor, jobs):
    for job_id in jobs:
        with app.app_context(), unit_of_work(actor) as ctx:
            start(ctx, job_id)


def carry_out(app, job_id):
    with app.app_context():
        run(job_id)

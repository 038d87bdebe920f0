"""`marketplace import achievements`: what goes in, what is said, and with which exit code it ends."""

import json
import subprocess
import sys

import pytest
from sqlalchemy import select

from listings.achievements.models import Achievement
from listings.imports.cli import import_group
from listings.imports.models import ImportJob
from marketplace.accounts.models import Organisation
from marketplace.core.db import db
from tests.listings.imports.sheets import HEADER, as_csv, as_xlsx, complete, csv_table, rows, xlsx_table


@pytest.fixture
def command(app, tmp_path):
    """`command(content, *arguments)` runs the import of a file with this content."""

    def run(content, *arguments, name="a.csv", holder="云岫大学"):
        path = tmp_path / name
        path.write_bytes(content)
        return app.test_cli_runner().invoke(
            import_group, ["achievements", str(path), "--holder", holder, *arguments]
        )

    return run


def made(app):
    with app.app_context():
        return db.session.scalars(select(Achievement).order_by(Achievement.number)).unique().all()


def test_good_rows_go_in_and_bad_ones_are_listed(app, cast, command, tmp_path):
    report = tmp_path / "bad.csv"
    content = as_csv([HEADER, complete(1), complete(2, 技术成熟度="0"), complete(3)])
    done = command(content, "--report", str(report), "--review-document", "保审 1 号")
    assert done.exit_code == 0, done.output
    assert "第 3 行 · 技术成熟度：填写 1 至 9 的数字" in done.stdout
    assert "完整草稿 2" in done.stdout
    assert [row.clearance for row in made(app)] == ["self_nonclassified"] * 2
    officers = {cast.tto_officer.user_id, cast.unit_admin.user_id}
    assert {row.created_by for row in made(app)} <= officers
    assert csv_table(report.read_bytes())[1][-1].startswith("第 3 行")


def test_the_report_is_a_workbook_when_its_name_says_so(app, cast, command, tmp_path):
    report = tmp_path / "bad.xlsx"
    done = command(
        as_xlsx([HEADER, complete(1, 技术成熟度="0")]), "--dry-run", "--report", str(report), name="a.xlsx"
    )
    assert done.exit_code == 0, done.output
    assert xlsx_table(report.read_bytes())[0][-1] == "问题说明"


def test_a_dry_run_changes_nothing(app, cast, command):
    done = command(as_csv(rows(1)), "--dry-run")
    assert done.exit_code == 0
    assert "完整草稿 1" in done.stdout
    assert made(app) == []
    with app.app_context():
        assert db.session.scalars(select(ImportJob)).all() == []


def test_all_or_nothing_brings_nothing_in(app, cast, command):
    done = command(as_csv([HEADER, complete(1), complete(2, 成果名称="")]), "--all-or-nothing")
    assert done.exit_code == 1
    assert "nothing was imported" in done.output
    assert made(app) == []


def test_without_a_review_the_drafts_wait_for_their_self_assessment(app, cast, command):
    assert command(as_csv(rows(1))).exit_code == 0
    assert [row.clearance for row in made(app)] == ["unassessed"]


def test_with_a_review_complete_drafts_can_be_submitted(app, cast, command):
    done = command(as_csv(rows(1)), "--submit", "--review-document", "保审 1 号")
    assert done.exit_code == 0, done.output
    assert [row.state for row in made(app)] == ["submitted"]


def test_the_holder_is_known_by_id_code_and_name(app, cast, command):
    with app.app_context():
        holder = db.session.get(Organisation, cast.tto_officer.org_id)
        names = (holder.id, holder.credit_code, holder.name)
    for number, name in enumerate(names):
        assert command(as_csv(rows(number)), holder=name).exit_code == 0
    assert {row.holder_id for row in made(app)} == {cast.tto_officer.org_id}


@pytest.mark.parametrize(
    ("content", "arguments", "holder", "code", "words"),
    [
        (as_csv(rows(1)), (), "没有这个单位", 1, "no organisation"),
        (as_csv(rows(1)), (), "青禾技术转移中心", 1, "no active member"),
        (b"", (), "云岫大学", 1, "文件是空的"),
        (as_csv([("a", "a")]), (), "云岫大学", 1, "重复"),
        (as_csv([("简介",), ("x",)]), (), "云岫大学", 1, "成果名称"),
        (as_csv(rows(1)), ("--submit",), "云岫大学", 2, "--review-document"),
        (as_csv(rows(1)), ("--column", "成果名称=nothing"), "云岫大学", 2, "no column"),
        (as_csv(rows(1)), ("--column", "没有=title"), "云岫大学", 2, "has no column"),
        (as_csv(rows(1)), ("--default", "trl"), "云岫大学", 2, "NAME=VALUE"),
        (as_csv(rows(1)), ("--default", "trl=x"), "云岫大学", 1, "trl"),
        (as_csv(rows(1)), ("--report", "x.txt"), "云岫大学", 2, ".csv or .xlsx"),
    ],
)
def test_errors_are_clear_and_nothing_goes_in(app, cast, command, content, arguments, holder, code, words):
    done = command(content, *arguments, holder=holder)
    assert done.exit_code == code, done.output
    assert words in done.output
    assert made(app) == []


def test_columns_and_defaults_can_be_told(app, cast, command):
    content = as_csv([("项目", "价"), ("甲", "120")])
    done = command(content, "--column", "项目=title", "--column", "价=price_wan", "--default", "trl=5")
    assert done.exit_code == 0, done.output
    (row,) = made(app)
    assert (row.title, row.price_fen, row.trl) == ("甲", 120_000_000, 5)


def test_the_report_speaks_the_language_that_is_asked_for(app, cast, command, tmp_path):
    report = tmp_path / "bad.csv"
    done = command(
        as_csv([HEADER, complete(1, 成果名称="")]), "--report", str(report), "--dry-run", "--lang", "en"
    )
    assert done.exit_code == 0, done.output
    assert csv_table(report.read_bytes())[0][-1] == "problems"


#: The command as a process of its own, killed after its first piece.
DIE = """
import json, os, sys
from pathlib import Path
import listings.imports.cli as cli
from tests.applications import running, site_settings
data, url, path = json.loads(sys.argv[1])
really = cli.run
cli.run = lambda job_id, watch: really(job_id, lambda rows: os._exit(9))
with running(site_settings(Path(data), url)) as app:
    app.test_cli_runner().invoke(cli.import_group, ["achievements", path, "--holder", "云岫大学"])
"""


def test_started_again_after_a_crash_it_goes_on(app, cast, settings, command, tmp_path, drain):
    content = as_csv(rows(*range(1, 451)))
    (tmp_path / "a.csv").write_bytes(content)
    arguments = json.dumps([str(settings.data), settings.database_url, str(tmp_path / "a.csv")])
    died = subprocess.run([sys.executable, "-c", DIE, arguments], check=False, capture_output=True)
    assert died.returncode == 9, died.stderr.decode()
    assert len(made(app)) == 200
    drain()  # the worker leaves a command's job alone
    assert len(made(app)) == 200
    done = command(content)
    assert done.exit_code == 0, done.output
    assert "continued" in done.output
    assert "完整草稿 450" in done.stdout
    assert len({row.external_id for row in made(app)}) == 450

"""The commands `clock explain`, `calendar show` and `calendar import`."""

import json

import click
import pytest
from click.testing import CliRunner

from marketplace.core.calendar.cli import calendar, clock

YEAR_2027 = {
    "year": 2027,
    "papers": [],
    "document_number": "国办发明电〔2026〕9号",
    "days": [
        {"name": "元旦", "date": "2027-01-01", "isOffDay": True},
        {"name": "春节", "date": "2027-02-08", "isOffDay": True},
        {"name": "清明节", "date": "2027-04-05", "isOffDay": True},
        {"name": "劳动节", "date": "2027-05-01", "isOffDay": True},
        {"name": "劳动节", "date": "2027-05-02", "isOffDay": True},
        {"name": "端午节", "date": "2027-06-09", "isOffDay": True},
        {"name": "中秋节", "date": "2027-09-15", "isOffDay": True},
        {"name": "国庆节", "date": "2027-10-01", "isOffDay": True},
        {"name": "国庆节", "date": "2027-10-02", "isOffDay": True},
        {"name": "国庆节", "date": "2027-10-03", "isOffDay": True},
    ],
}


@pytest.fixture
def run(tmp_path):
    root = click.Group(commands={"clock": clock, "calendar": calendar})

    def invoke(*arguments):
        return CliRunner().invoke(root, arguments, env={"MARKETPLACE_DATA": str(tmp_path / "data")})

    return invoke


@pytest.fixture
def year_2027(tmp_path):
    path = tmp_path / "notice.json"
    path.write_text(json.dumps(YEAR_2027, ensure_ascii=False), encoding="utf-8")
    return path


def test_explain_tells_end_days_reasons_calendar_and_law(run):
    done = run("clock", "explain", "--start", "2026-02-02", "--working-days", "20")
    assert (done.exit_code, done.stderr) == (0, "")
    for part in (
        "截止：2026-03-06（周五）24:00（北京时间）",
        "2026-02-14（周六）   10  调休上班（春节）",
        "2026-02-17（周二）       春节放假，不计入",
        "依据：《民法典》第201条",
        "日历版本：cn-2018-2026-",
    ):
        assert part in done.stdout


def test_explain_speaks_english(run):
    done = run("clock", "explain", "--start", "2026-04-17", "--days", "15", "--lang", "en")
    assert "ends: Wed 2026-05-06 24:00 (Beijing time)" in done.stdout
    assert "day off for Labour Day" in done.stdout
    assert done.stdout.isascii()


@pytest.mark.parametrize(
    ("arguments", "last", "end"),
    [
        (("--start", "2026-09-16", "--days", "15"), "2026-10-08", "2026-10-08T16:00:00Z"),
        (("--start", "2026-09-14", "--working-days", "15"), "2026-10-10", "2026-10-10T16:00:00Z"),
        (("--start", "2026-09-14", "--hours", "24"), "2026-09-14", "2026-09-14T16:00:00Z"),
        (("--start", "2026-09-14T09:30", "--hours", "2"), "2026-09-14", "2026-09-14T03:30:00Z"),
        (("--start", "2026-09-14T09:30:00Z", "--hours", "2"), "2026-09-14", "2026-09-14T11:30:00Z"),
        (("--start", "2026-03-01T16:00:00Z", "--days", "15"), "2026-03-17", "2026-03-17T16:00:00Z"),
    ],
)
def test_explain_answers_in_json(run, arguments, last, end):
    data = json.loads(run("clock", "explain", *arguments, "--json").stdout)
    assert (data["last_date"], data["end_at"], data["provisional"]) == (last, end, False)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--start", "2026-09-16"),
        ("--days", "15"),
        ("--start", "2026-09-16", "--days", "15", "--hours", "1"),
        ("--start", "2026-09-16", "--days", "0"),
        ("--start", "2026-09-16", "--days", "1000000"),
        ("--start", "2026-09-16", "--days", "many"),
        ("--start", "2026-02-30", "--days", "15"),
        ("--start", "20260916", "--days", "15"),
        ("--start", "2026-W10-1", "--days", "15"),
        ("--start", "2026-09-16T25:00", "--days", "15"),
        ("--start", "0001-01-01", "--days", "15"),
        ("--start", "9999-12-31", "--hours", "15"),
        ("--start", "2026-09-16", "--days", "15", "--lang", "fr"),
    ],
)
def test_wrong_usage_exits_2(run, arguments):
    done = run("clock", "explain", *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Error" in done.stderr


def test_a_start_just_outside_the_years_that_can_be_counted_exits_1(run):
    done = run("clock", "explain", "--start", "1949-01-01T00:00+14:00", "--days", "15")
    assert done.exit_code == 1
    assert done.stderr.startswith("Error: a period must start between")


def test_an_unpublished_year_is_marked(run):
    done = run("clock", "explain", "--start", "2027-03-01", "--days", "15")
    assert "暂定" in done.stdout


def test_show_lists_the_days_of_a_year_with_their_source(run):
    done = run("calendar", "show", "2026")
    assert "2026-10-01（周四）～2026-10-07（周三）  国庆节放假" in done.stdout
    assert "2026-10-10（周六）  调休上班（国庆节）" in done.stdout
    assert "来源：https://www.gov.cn/" in done.stdout


def test_show_says_that_a_year_is_not_published(run):
    done = run("calendar", "show", "2027", "--lang", "en")
    assert done.exit_code == 0
    assert "not published" in done.stdout
    assert "2027-05-01" in done.stdout


@pytest.mark.parametrize(("year", "published", "count"), [("2026", True, 39), ("2027", False, 6)])
def test_show_answers_in_json(run, year, published, count):
    data = json.loads(run("calendar", "show", year, "--json").stdout)
    assert (data["published"], len(data["days"])) == (published, count)
    assert bool(data["papers"]) is published


@pytest.mark.parametrize("year", ["soon", "1900", "2200"])
def test_show_of_no_year_is_wrong_usage(run, year):
    assert run("calendar", "show", year).exit_code == 2


def test_an_import_tells_what_changed_and_ends_provisional_results(run, year_2027):
    done = run("calendar", "import", str(year_2027), "--lang", "en")
    assert done.exit_code == 0
    assert "imported 2027: 10 days" in done.stdout
    assert "changed between working day and day off: 4" in done.stdout
    assert "Mon 2027-02-08  day off for Spring Festival" in done.stdout
    assert "cn-2018-2027-" in done.stdout
    data = json.loads(run("clock", "explain", "--start", "2027-01-24", "--days", "15", "--json").stdout)
    assert (data["last_date"], data["provisional"]) == ("2027-02-09", False)
    assert "来源：国办发明电〔2026〕9号" in run("calendar", "show", "2027").stdout
    assert "已替换 2027 年" in run("calendar", "import", str(year_2027)).stdout


def test_a_bad_file_exits_1_and_changes_nothing(run, year_2027):
    data = {**YEAR_2027, "document_number": ""}
    year_2027.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    done = run("calendar", "import", str(year_2027))
    assert (done.exit_code, done.stdout) == (1, "")
    assert "须写明依据" in done.stderr
    assert "尚未公布" in run("calendar", "show", "2027").stdout


def test_a_file_that_is_not_there_is_wrong_usage(run):
    assert run("calendar", "import", "nowhere.json").exit_code == 2


def test_a_damaged_import_is_a_clear_error_until_a_good_file_repairs_it(run, tmp_path, year_2027):
    folder = tmp_path / "data" / "calendars"
    folder.mkdir(parents=True)
    (folder / "2027.json").write_text("{")
    for command in (
        ("calendar", "show", "2026"),
        ("clock", "explain", "--start", "2026-03-02", "--days", "1"),
    ):
        done = run(*command)
        assert (done.exit_code, done.stdout) == (1, "")
        assert "2027.json" in done.stderr
    assert run("calendar", "import", str(year_2027)).exit_code == 0
    assert run("calendar", "show", "2027").exit_code == 0


def test_a_data_folder_that_cannot_be_written_is_a_clear_error(run, tmp_path, year_2027):
    (tmp_path / "data").write_text("a file where the folder should be")
    done = run("calendar", "import", str(year_2027))
    assert done.exit_code == 1
    assert done.stderr.startswith("Error: ")

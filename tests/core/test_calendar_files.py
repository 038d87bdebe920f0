"""Reading, refusing, importing and loading calendar files."""

import copy
import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.calendar import (
    CalendarInvalid,
    Problem,
    ProblemCode,
    import_calendar,
    load_calendar,
    read_year,
    shipped_years,
)

GOOD = {
    "year": 2027,
    "papers": ["https://www.gov.cn/zhengce/2026-11/content.htm"],
    "document_number": "国办发明电〔2026〕9号",
    "days": [
        {"name": name, "date": day, "isOffDay": off}
        for day, name, off in [
            ("2026-12-31", "元旦", True),
            ("2027-01-01", "元旦", True),
            ("2027-02-06", "春节", False),
            ("2027-02-08", "春节", True),
            ("2027-04-05", "清明节", True),
            ("2027-05-01", "劳动节", True),
            ("2027-05-02", "劳动节", True),
            ("2027-06-09", "端午节", True),
            ("2027-09-15", "中秋节", True),
            ("2027-10-01", "国庆节", True),
            ("2027-10-02", "国庆节", True),
            ("2027-10-03", "国庆节", True),
        ]
    ],
}


def encoded(data):
    return json.dumps(data, ensure_ascii=False).encode()


def changed(**parts):
    data = copy.deepcopy(GOOD)
    data.update(parts)
    return {key: value for key, value in data.items() if value is not None}


def with_day(index, **parts):
    data = copy.deepcopy(GOOD)
    data["days"][index].update(parts)
    return data


def without_days(*dates):
    return changed(days=[day for day in GOOD["days"] if day["date"] not in dates])


def problems(content):
    with pytest.raises(CalendarInvalid) as caught:
        read_year(content, name="2027.json")
    return [(problem.code, problem.where) for problem in caught.value.problems]


def test_a_good_file_gives_its_year():
    year = read_year(encoded(GOOD))
    assert (year.year, len(year.days), year.document_number) == (2027, 12, "国办发明电〔2026〕9号")
    assert year.days[0].day == date(2026, 12, 31)


@pytest.mark.parametrize("year", shipped_years(), ids=lambda year: str(year.year))
def test_a_year_written_and_read_again_is_the_same(year):
    assert read_year(encoded(year.as_data())) == year


@pytest.mark.parametrize("source", [{"papers": None}, {"document_number": None}, {"papers": []}])
def test_one_source_is_enough(source):
    assert read_year(encoded(changed(**source))).year == 2027


@pytest.mark.parametrize(
    ("data", "code", "where"),
    [
        (changed(papers=None, document_number=None), ProblemCode.NO_SOURCE, "2027.json"),
        (changed(papers=[], document_number=""), ProblemCode.NO_SOURCE, "2027.json"),
        (changed(papers="https://www.gov.cn"), ProblemCode.BAD_PAPER, "papers"),
        (changed(papers=["javascript:alert(1)"]), ProblemCode.BAD_PAPER, "papers[0]"),
        (changed(papers=["https://"]), ProblemCode.BAD_PAPER, "papers[0]"),
        (changed(document_number="第九号"), ProblemCode.BAD_DOCUMENT_NUMBER, "document_number"),
        (changed(document_number=9), ProblemCode.BAD_DOCUMENT_NUMBER, "document_number"),
        (changed(year="2027"), ProblemCode.BAD_YEAR, "year"),
        (changed(year=True), ProblemCode.BAD_YEAR, "year"),
        (changed(year=1900), ProblemCode.BAD_YEAR, "year"),
        (changed(year=None), ProblemCode.BAD_YEAR, "year"),
        (changed(region="广西"), ProblemCode.UNKNOWN_KEY, "2027.json"),
        (changed(days=[]), ProblemCode.NO_DAYS, "days"),
        (changed(days=None), ProblemCode.NO_DAYS, "days"),
        (changed(days={}), ProblemCode.NO_DAYS, "days"),
        (changed(days=["2027-01-01"]), ProblemCode.BAD_DAY, "days[0]"),
        (with_day(1, isoffday=True), ProblemCode.BAD_DAY, "days[1]"),
        (with_day(1, date="2027-02-30"), ProblemCode.BAD_DATE, "days[1].date"),
        (with_day(1, date="20270101"), ProblemCode.BAD_DATE, "days[1].date"),
        (with_day(1, date=20270101), ProblemCode.BAD_DATE, "days[1].date"),
        (with_day(1, isOffDay="true"), ProblemCode.BAD_FLAG, "days[1].isOffDay"),
        (with_day(1, isOffDay=1), ProblemCode.BAD_FLAG, "days[1].isOffDay"),
        (with_day(1, name="  "), ProblemCode.BAD_NAME, "days[1].name"),
        (with_day(1, name=None), ProblemCode.BAD_NAME, "days[1].name"),
        (with_day(2, date="2027-01-01"), ProblemCode.REPEATED_DATE, "days[2]"),
        (with_day(2, date="2026-12-24"), ProblemCode.OUTSIDE_YEAR, "days[2]"),
        (with_day(2, date="2028-01-01"), ProblemCode.OUTSIDE_YEAR, "days[2]"),
        (without_days("2027-10-02"), ProblemCode.MISSING_HOLIDAY, "2027.json"),
        (with_day(1, isOffDay=False), ProblemCode.MISSING_HOLIDAY, "2027.json"),
        (without_days("2027-02-08"), ProblemCode.MISSING_FESTIVAL, "2027.json"),
    ],
)
def test_a_bad_file_is_refused_with_the_place_of_the_mistake(data, code, where):
    assert problems(encoded(data)) == [(code, where)]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", encoded(GOOD)[:-3], b"[" * 100_000, "{}".encode("utf-16")],
    ids=["empty", "brace", "bytes", "cut", "deep", "utf-16"],
)
def test_what_is_not_json_is_refused(content):
    assert problems(content) == [(ProblemCode.NOT_JSON, "2027.json")]


def test_what_is_no_object_is_refused():
    assert problems(b"[]") == [(ProblemCode.NOT_AN_OBJECT, "2027.json")]


def test_a_huge_file_is_refused():
    assert problems(b" " * (256 * 1024 + 1)) == [(ProblemCode.TOO_LARGE, "2027.json")]


def test_all_mistakes_are_told_at_once():
    data = with_day(3, date="2027-02-30", isOffDay="no")
    data["year"] = "2027"
    assert problems(encoded(data)) == [
        (ProblemCode.BAD_YEAR, "year"),
        (ProblemCode.BAD_DATE, "days[3].date"),
        (ProblemCode.BAD_FLAG, "days[3].isOffDay"),
    ]


def test_a_file_starting_with_a_byte_order_mark_is_read():
    assert read_year(b"\xef\xbb\xbf" + encoded(GOOD)).year == 2027


@pytest.mark.parametrize("code", list(ProblemCode))
def test_every_problem_has_a_sentence_in_both_languages(code):
    problem = Problem(code, "days[7]", "2027-13-01")
    zh, en = problem.text("zh"), problem.text("en")
    assert zh.startswith("days[7]：")
    assert en.startswith("days[7]: ")
    assert en.isascii() or code is ProblemCode.BAD_DOCUMENT_NUMBER


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from([*GOOD, "days.0", "days.1.date", "days.1.isOffDay", "days.1.name"]), json_values)
def test_any_value_anywhere_is_either_read_or_refused_clearly(place, value):
    data = copy.deepcopy(GOOD)
    *path, last = [int(step) if step.isdigit() else step for step in place.split(".")]
    target = data
    for step in path:
        target = target[step]
    target[last] = value
    assert outcome(encoded(data)) in {"read", "refused"}


def outcome(content):
    try:
        return "read" if read_year(content).year == 2027 else "misread"
    except CalendarInvalid as error:
        return "refused" if error.text("zh") and error.text("en") else "refused without a word"


def test_an_imported_year_is_used_from_then_on(tmp_path):
    (tmp_path / "draft.json").write_bytes(encoded(GOOD))
    folder = tmp_path / "calendars"
    before = load_calendar(folder)
    import_calendar(tmp_path / "draft.json", folder)
    after = load_calendar(folder)
    assert (before.years[-1], after.years[-1]) == (2026, 2027)
    assert before.edition != after.edition
    assert after.covers(date(2027, 6, 9))
    assert not after.is_workday(date(2027, 6, 9))
    assert [path.name for path in folder.iterdir()] == ["2027.json"]


def test_importing_the_same_file_twice_changes_nothing(tmp_path):
    (tmp_path / "draft.json").write_bytes(encoded(GOOD))
    folder = tmp_path / "calendars"
    import_calendar(tmp_path / "draft.json", folder)
    once = load_calendar(folder).edition
    import_calendar(tmp_path / "draft.json", folder)
    assert load_calendar(folder).edition == once


def test_a_bad_file_is_not_imported(tmp_path):
    (tmp_path / "draft.json").write_bytes(encoded(changed(days=[])))
    with pytest.raises(CalendarInvalid):
        import_calendar(tmp_path / "draft.json", tmp_path / "calendars")
    assert not (tmp_path / "calendars").exists()


def test_a_damaged_import_stops_the_loading_and_names_the_file(tmp_path):
    (tmp_path / "2027.json").write_bytes(encoded(with_day(1, date="soon")))
    with pytest.raises(CalendarInvalid, match=r"2027\.json days\[1\]\.date"):
        load_calendar(tmp_path)


def test_two_files_for_one_year_are_refused(tmp_path):
    for name in ("2027.json", "2027-copy.json"):
        (tmp_path / name).write_bytes(encoded(GOOD))
    with pytest.raises(CalendarInvalid, match="given by another file"):
        load_calendar(tmp_path)


def test_a_file_that_cannot_be_opened_is_a_clear_error(tmp_path):
    with pytest.raises(CalendarInvalid, match="cannot be read"):
        import_calendar(tmp_path / "missing.json", tmp_path)


def test_an_imported_2026_replaces_the_shipped_2026(tmp_path):
    data = next(year for year in shipped_years() if year.year == 2026).as_data()
    data["days"].append({"name": "三月三", "date": "2026-04-20", "isOffDay": True})
    (tmp_path / "2026.json").write_bytes(encoded(data))
    local = load_calendar(tmp_path)
    shipped = load_calendar(None)
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    assert [d for d in days if local.is_workday(d) != shipped.is_workday(d)] == [date(2026, 4, 20)]

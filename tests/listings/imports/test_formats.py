"""The same rows in every format and encoding come out the same; what is wrong is said at its place."""

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from listings.achievements.rules import LONGEST
from listings.imports.services import receive
from marketplace.core.errors import DomainError, Invalid
from marketplace.core.tabular.reading import TableError
from marketplace.core.uploads.gate import UploadRefused
from tests.listings.imports.conftest import STATEMENT
from tests.listings.imports.sheets import ABSTRACT, HEADER, as_csv, as_jsonl, as_xlsx, complete, rows

FORMATS = {
    "UTF-8": ("a.csv", as_csv(rows(1, 2))),
    "UTF-8 with mark": ("a.csv", as_csv(rows(1, 2), encoding="utf-8-sig")),
    "GB18030": ("a.csv", as_csv(rows(1, 2), encoding="gb18030")),
    "UTF-16": ("a.csv", as_csv(rows(1, 2), encoding="utf-16")),
    "semicolons": (
        "a.CSV",
        as_csv([[c.replace(";", "；") for c in row] for row in rows(1, 2)], separator=";"),
    ),
    "tabs": ("a.txt", as_csv(rows(1, 2), separator="\t")),
    "xlsx": ("a.xlsx", as_xlsx(rows(1, 2))),
    "jsonl": ("a.jsonl", as_jsonl(rows(1, 2))),
}


@pytest.mark.parametrize(("name", "content"), FORMATS.values(), ids=FORMATS)
def test_a_table_is_the_same_in_every_format(cast, bring_in, held, job, name, content):
    done = job(bring_in(cast.tto_officer.actor, name, content))
    assert done.counts == {"complete": 2}
    first, second = held(cast.tto_officer).values()
    assert (first.title, second.title) == ("旋转换向蓄热燃烧装置第 1 型", "旋转换向蓄热燃烧装置第 2 型")
    assert first.keywords == ("蓄热", "余热回收")
    assert (first.field, first.trl, first.modes, first.price_mode) == (
        "0605",
        8,
        ("licence_ordinary",),
        "negotiable",
    )
    assert first.completers[0].unit == "云岫大学"


def test_english_names_and_other_peoples_headers_are_understood(cast, bring_in, held):
    table = [("Title", "Abstract", "keyword", "Discipline", "readiness level", "价格(万元)", "起始年月"),
             ("甲", ABSTRACT, "a, b", "电气工程", "ＴＲＬ５", "１２．５", "2020年3月")]  # fmt: skip
    bring_in(cast.tto_officer.actor, "a.csv", as_csv(table))
    (content,) = held(cast.tto_officer).values()
    assert content.keywords == ("a", "b")
    assert (content.field, content.trl, content.price_fen, content.started) == (
        "0604",
        5,
        12_500_000,
        "2020-03",
    )


def test_dates_and_numbers_of_a_workbook_are_read_as_they_look(cast, bring_in, held):
    table = [("成果名称", "技术成熟度", "评价日期", "研究终止年月", "价格（元）", "财政资金支持"),
             ("甲", 6, date(2024, 5, 6), datetime(2024, 5, 1), 1950000, True)]  # fmt: skip
    bring_in(cast.tto_officer.actor, "a.xlsx", as_xlsx(table))
    (content,) = held(cast.tto_officer).values()
    assert (content.trl, content.trl_assessed_on, content.finished) == (
        6,
        date(2024, 5, 6),
        "2024-05",
    )
    assert (content.price_fen, content.fiscal_funded) == (195_000_000, True)


WRONG = {
    "a formula": ("技术成熟度", "=1+1", "formula"),
    "a two-digit year": ("研究起始年月", "98-06", "two_digit_year"),
    "a date's serial number": ("研究起始年月", "45473", "date_serial"),
    "no such month": ("研究起始年月", "2024-13", "date"),
    "an unknown field": ("技术领域", "炼丹术", "unknown_code"),
    "no title": ("成果名称", "　", "required"),
    "too long a title": ("成果名称", "长" * (LONGEST["title"] + 1), "too_long"),
    "fifty kilobytes": ("成果简介", "很长" * 25_000, "too_long"),
    "a wrong check digit": ("知识产权", "ZL202010123456.3", "check"),
    "an impossible amount": ("价格（万元）", "一百二", "not_a_number"),
}


@pytest.mark.parametrize(("header", "value", "code"), WRONG.values(), ids=WRONG)
def test_a_wrong_cell_is_named_and_its_row_waits(cast, bring_in, outcomes, notes, job, header, value, code):
    columns = list(dict.fromkeys([*HEADER, header]))
    bad = dict(zip(HEADER, complete(1), strict=True)) | {header: value}
    good = dict(zip(HEADER, complete(2), strict=True))
    table = [columns, *([row.get(column, "") for column in columns] for row in (bad, good))]
    name, content = ("a.xlsx", as_xlsx(table)) if code == "formula" else ("a.csv", as_csv(table))
    job_id = bring_in(cast.tto_officer.actor, name, content)
    assert outcomes(job_id)[2] == ("failed", [code])
    row, column, shown, words = notes(job_id)[0]
    assert (row, column) == (2, header)
    assert len(shown) <= 80
    assert words
    assert job(job_id).counts == {"failed": 1, "complete": 1}


def test_a_near_miss_is_told_what_it_was_probably_meant_to_be(cast, bring_in, notes):
    table = [HEADER, complete(1, 技术领域="软件与人工智慧")]
    job_id = bring_in(cast.tto_officer.actor, "a.csv", as_csv(table))
    assert "是否应为“软件与人工智能”" in notes(job_id)[0][3]


def test_a_broken_line_is_reported_and_the_others_go_in(cast, bring_in, job, outcomes):
    lines = as_jsonl(rows(1, 2, 3)).split(b"\n")
    lines[1] = b'{"title": NaN'
    job_id = bring_in(cast.tto_officer.actor, "a.jsonl", b"\n".join(lines))
    assert job(job_id).counts == {"complete": 2, "failed": 1}
    assert outcomes(job_id)[2] == ("failed", ["not_json"])


def test_more_keywords_than_there_is_room_for_are_told_not_lost(cast, bring_in, notes, held):
    table = [HEADER, complete(1, 关键词="；".join(f"词{n}" for n in range(10)))]
    job_id = bring_in(cast.tto_officer.actor, "a.csv", as_csv(table))
    assert "未保留：词8；词9" in notes(job_id)[0][3]
    (content,) = held(cast.tto_officer).values()
    assert len(content.keywords) == 8


def test_a_column_that_is_left_out_may_hold_anything(cast, bring_in, job):
    table = [(*HEADER, "备注"), (*complete(1), "=HYPERLINK(1)")]
    assert job(bring_in(cast.tto_officer.actor, "a.xlsx", as_xlsx(table))).counts == {"complete": 1}


def test_rows_without_required_facts_become_drafts_and_are_said_so(cast, bring_in, job, notes):
    table = [("成果名称", "成果简介"), ("甲", ABSTRACT)]
    job_id = bring_in(cast.tto_officer.actor, "a.csv", as_csv(table), submit=True)
    assert job(job_id).counts == {"incomplete": 1}
    words = notes(job_id)[0][3]
    assert words.startswith("缺少：关键词、技术领域、技术成熟度、转化方式、定价方式、完成人")
    assert "存为草稿" in words


def bomb() -> bytes:
    workbook, target = Workbook(), io.BytesIO()
    workbook.save(target)
    packed = io.BytesIO()
    with zipfile.ZipFile(target) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                content += b" " * 300_000_000
            copy.writestr(entry.filename, content)
    return packed.getvalue()


HOSTILE = {
    "a zip bomb": ("a.xlsx", bomb, UploadRefused),
    "a program": ("a.csv", lambda: b"MZ\x90\x00\x03\x00\x00\x00", UploadRefused),
    "a picture called csv": ("a.csv", lambda: b"\x89PNG\r\n\x1a\n\x00\x00", UploadRefused),
    "no rows and no header": ("a.jsonl", lambda: b"\n\n", TableError),
    "half a character": ("a.csv", lambda: b"\xef\xbb\xbf\xe6\x88", TableError),
    "an old workbook": ("a.xls", lambda: b"\xd0\xcf\x11\xe0", Invalid),
    "more columns than a table has": ("a.csv", lambda: as_csv([[f"列{n}" for n in range(300)]]), TableError),
}


@pytest.mark.parametrize(("name", "made", "refused"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_with_a_sentence(app, cast, name, made, refused):
    with app.app_context(), pytest.raises(refused) as caught:
        receive(cast.tto_officer.actor, name, io.BytesIO(made()), STATEMENT)
    error = caught.value
    assert isinstance(error, DomainError)
    assert str(error.errors[0].message if isinstance(error, Invalid) else error.message)


def test_a_header_alone_gives_nothing_to_bring_in(cast, check, job):
    done = job(check(cast.tto_officer.actor, "a.csv", as_csv(rows())))
    assert (done.state, done.rows, done.counts) == ("checked", 0, {})

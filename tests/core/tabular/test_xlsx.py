"""Excel workbooks, read in a process of their own and written a row at a time."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.tabular.csv_export import ExportCell
from marketplace.core.tabular.reading import Row, Table, TableError, TableKind, open_table
from marketplace.core.tabular.records import TableLimits
from marketplace.core.tabular.xlsx_export import LONGEST_TEXT, write_xlsx
from marketplace.core.tabular.xlsx_process import workbook_records
from marketplace.core.uploads.gate import UploadRefused
from tests.core.tabular.payloads import FORMULAS, HARMLESS
from tests.core.uploads.archives_made import billion_laughs, xlsx


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "table.xlsx"


@pytest.fixture
def save(path: Path) -> Callable[..., None]:
    def run(*rows: Sequence[object], formats: dict[str, str] | None = None) -> None:
        workbook = openpyxl.Workbook()
        for row in rows:
            workbook.active.append(row)
        for cell, form in (formats or {}).items():
            workbook.active[cell].number_format = form
        workbook.save(path)

    return run


def read(path: Path, **limits: int) -> tuple[tuple[str, ...], list[Row]]:
    """What the reading process finds, without starting one."""
    stated = TableLimits(**limits)
    with Table(workbook_records(path, stated), stated) as table:
        return table.header, list(table.rows)


def test_a_workbook_is_read_in_a_process_of_its_own(path, save):
    save(["名称", "价格"], ["甲", 195], ["乙", "=1+1"])
    with open_table(path, TableKind.XLSX) as table:
        assert (table.header, list(table.rows)) == read(path)


def test_rows_keep_the_numbers_excel_shows(path, save):
    save(["名称", "价格", None], ["甲", 195], [], [None, "  "], ["乙\n丙", "", None])
    assert read(path) == (("名称", "价格"), [Row(2, ("甲", "195")), Row(5, ("乙\n丙", ""))])


def test_values_become_plain_text(path, save):
    moment = datetime(2026, 1, 31, 8, 5)
    save(
        ["a", "b", "c", "d", "e", "f", "g"],
        [1950000.0, 0.1, True, date(2026, 1, 31), moment, moment.time(), -3],
    )
    assert read(path)[1][0].cells == (
        "1950000",
        "0.1",
        "true",
        "2026-01-31",
        "2026-01-31 08:05:00",
        "08:05:00",
        "-3",
    )


def test_formulas_and_error_values_are_reported_not_worked_out(path, save):
    save(["名称", "价格"], ["甲", "=1+1"], ["乙", "#N/A"], ["丙", 2])
    rows = read(path)[1]
    assert [(p.row, p.column, p.code, p.value) for row in rows for p in row.problems] == [
        (2, "价格", "formula", "=1+1"),
        (3, "价格", "error_value", "#N/A"),
    ]
    assert "选择性粘贴" in str(rows[0].problems[0].message)


def test_array_formulas_are_formulas_too(path):
    cell = '<c r="A2"><f t="array" ref="A2">SUM(B1:B9)</f><v>7</v></c>'
    title = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'
    path.write_bytes(xlsx(rows=f'{title}<row r="2">{cell}</row>'))
    assert [problem.code for problem in read(path)[1][0].problems] == ["formula"]


def test_numbers_that_lost_their_last_digits_are_reported(path, save):
    save(["账号"], [6222020200112233445], ["6222020200112233445"])
    first, second = read(path)[1]
    assert [problem.code for problem in first.problems] == ["number_precision"]
    assert second == Row(3, ("6222020200112233445",))


def test_the_first_visible_sheet_is_read(path):
    workbook = openpyxl.Workbook()
    workbook.active.append(["hidden"])
    workbook.active.sheet_state = "hidden"
    workbook.create_sheet("数据").append(["成果名称"])
    workbook.create_sheet("代码").append(["code"])
    workbook.save(path)
    assert read(path)[0] == ("成果名称",)


def test_a_row_far_down_is_found_and_one_below_the_last_is_not(path):
    title = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'
    path.write_bytes(xlsx(rows=f'{title}<row r="70000"><c r="A70000"><v>1</v></c></row>'))
    assert read(path)[1] == [Row(70000, ("1",))]
    path.write_bytes(xlsx(rows=f'{title}<row r="2000000000"><c r="A2000000000"><v>1</v></c></row>'))
    assert read(path)[1] == []


def test_too_many_columns_and_rows_are_refused(path, save):
    save(["a", "b", "c"], [1], [2], [3])
    with pytest.raises(TableError) as refused:
        read(path, max_columns=2)
    assert refused.value.code == "too_many_columns"
    with pytest.raises(TableError) as refused:
        read(path, max_rows=2)
    assert refused.value.code == "too_many_rows"


def test_a_hostile_workbook_does_not_get_as_far_as_being_read(path):
    path.write_bytes(xlsx({"xl/sharedStrings.xml": billion_laughs()}))
    with pytest.raises(UploadRefused) as refused:
        open_table(path, TableKind.XLSX)
    assert refused.value.code == "xml_entities"


def test_a_workbook_that_breaks_off_is_an_error_not_a_short_table(path):
    title = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'
    path.write_bytes(xlsx(rows=f'{title}<row r="2"><c r="A2" t="s"><v>99</v></c></row>'))
    with pytest.raises(TableError) as refused:
        list(open_table(path, TableKind.XLSX).rows)
    assert refused.value.code == "unreadable"


def test_closing_early_ends_the_reading_process(path):
    write_xlsx(path, ["a"], ([f"row {number}" * 10] for number in range(5_000)))
    before = {child.pid for child in psutil.Process().children()}
    with open_table(path, TableKind.XLSX) as table:
        next(table.rows)
        assert {child.pid for child in psutil.Process().children()} > before
    assert {child.pid for child in psutil.Process().children()} == before


def test_every_payload_is_written_as_text_and_never_a_formula(path):
    texts = [*FORMULAS, *HARMLESS, "#N/A"]
    write_xlsx(path, ["=header", *texts], [["=cell", *texts]])
    workbook = openpyxl.load_workbook(path)
    shown = [cell for row in workbook.active.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in shown} == {"s"}
    assert shown[0].value == "=header"
    quoted = {cell.value: bool(cell.quotePrefix) for cell in shown}
    assert quoted["=1+1"]
    assert not quoted["普通文本"]


def test_typed_values_stay_typed(path):
    row: list[ExportCell] = [195, -1.5, Decimal("0.25"), True, date(2026, 1, 31), None, 10**17]
    row.append(datetime(2026, 1, 31, 8, tzinfo=UTC))
    write_xlsx(path, list("abcdefgh"), [row], title="成果")
    sheet = openpyxl.load_workbook(path)["成果"]
    assert [cell.data_type for cell in sheet[2]] == ["n", "n", "n", "b", "d", "n", "s", "s"]
    assert sheet["E2"].value == datetime(2026, 1, 31)
    assert sheet["G2"].value == "100000000000000000"
    assert sheet["H2"].value == "2026-01-31 08:00:00+00:00"
    assert sheet["A1"].font.bold
    assert sheet.freeze_panes == "A2"


def test_text_longer_than_a_cell_ends_with_an_ellipsis(path):
    write_xlsx(path, ["a"], [["x" * 50_000]])
    text = read(path)[1][0].cells[0]
    assert len(text) == LONGEST_TEXT
    assert text.endswith("x…")


# What XML can carry; a carriage return becomes a newline there.
texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn"]), min_size=1, max_size=20)


@given(st.lists(st.tuples(texts, texts), min_size=3, max_size=20))
def test_any_text_survives_writing_and_reading(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("xlsx") / "table.xlsx"
    write_xlsx(path, ["编号", "甲", "乙"], [["x", *row] for row in rows])
    assert [row.cells[1:] for row in read(path)[1]] == rows

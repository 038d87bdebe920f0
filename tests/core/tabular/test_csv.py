"""CSV in the encodings and shapes people send."""

import csv
import io
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.tabular.csv_export import write_csv
from marketplace.core.tabular.reading import Row, Table, TableError, TableKind, open_table
from marketplace.core.tabular.records import TableLimits
from tests.core.tabular.payloads import FORMULAS

SIMPLE = "成果名称,价格\r\n超导材料,195\r\n"
Open = Callable[[bytes], Table]


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Open]:
    opened = []

    def run(content: bytes, **limits: int) -> Table:
        path = tmp_path / "table.csv"
        path.write_bytes(content)
        opened.append(open_table(path, TableKind.CSV, TableLimits(**limits)))
        return opened[-1]

    yield run
    for each in opened:
        each.close()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
def test_every_usual_encoding_is_found(encoding, table):
    found = table(SIMPLE.encode(encoding))
    assert found.header == ("成果名称", "价格")
    assert list(found.rows) == [Row(2, ("超导材料", "195"))]


def test_rare_characters_of_gb18030_are_read(table):
    assert next(table("姓名\n𠮷田\n".encode("gb18030")).rows).cells == ("𠮷田",)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_every_usual_separator_is_found(separator, table):
    found = table(f'"名,;\t称"{separator}价格{separator}备注\n甲{separator}1{separator}\n'.encode())
    assert found.header == ("名,;\t称", "价格", "备注")
    assert next(found.rows).cells == ("甲", "1", "")


def test_newlines_in_quoted_cells_belong_to_the_cell_and_rows_count_as_in_excel(table):
    found = table('名称,备注\n甲,"第一行\n第二行"\n\n , \n乙,"说""好"""\n'.encode())
    assert list(found.rows) == [Row(2, ("甲", "第一行\n第二行")), Row(5, ("乙", '说"好"'))]


def test_short_rows_are_filled_and_long_ones_reported(table):
    rows = list(table(b"a,b\n1\n1,2,,\n1,2,3\n").rows)
    assert [row.cells for row in rows] == [("1", ""), ("1", "2"), ("1", "2")]
    assert [problem.code for row in rows for problem in row.problems] == ["too_many_cells"]
    assert (rows[2].problems[0].row, rows[2].problems[0].value) == (4, "3")
    assert "表头" in str(rows[2].problems[0].message)


def test_unmatched_quotes_end_the_table_with_a_report(table):
    rows = list(table(b'a,b\n1,2\n"3,4\n5,6\n').rows)
    assert rows[0].problems == ()
    assert [(problem.row, problem.code) for problem in rows[1].problems] == [(3, "quotes")]
    assert len(rows) == 2


def test_fifty_kilobytes_in_a_cell_are_for_the_caller_to_judge(table):
    assert len(next(table(b"a\n" + b"x" * 50_000).rows).cells[0]) == 50_000


def test_a_cell_without_end_is_reported(table):
    assert [problem.code for row in table(b"a\n" + b"x" * 200_000).rows for problem in row.problems] == [
        "cell_too_long"
    ]


@pytest.mark.parametrize(
    ("content", "code", "detail"),
    [
        (b"", "empty", ""),
        (b"\xef\xbb\xbf", "empty", ""),
        (b",,\n1,2,3\n", "empty", ""),
        (b"a,,c\n", "header_empty", "2"),
        (b"a,b,a \n", "header_repeated", "a"),
        ("标题(必填),标题（必填）\n".encode(), "header_repeated", "标题（必填）"),
        (b"DOI,doi\n", "header_repeated", "doi"),
        (b"a,b,c,d\n", "too_many_columns", "3"),
        (b"a\n\xff\xff\xff\n", "encoding", ""),
        (b"\xff\xfea", "encoding", ""),
        (b'"a\n', "unreadable", ""),
    ],
)
def test_a_table_without_a_clear_header_is_refused(content, code, detail, table):
    with pytest.raises(TableError) as refused:
        table(content, max_columns=3)
    assert (refused.value.code, refused.value.detail, refused.value.status) == (code, detail, 422)
    assert str(refused.value.message)


def test_empty_columns_after_the_header_are_dropped(table):
    assert table(b" a ,b,,\n1,2,,\n").header == ("a", "b")


def test_too_many_rows_are_refused_after_the_allowed_ones(table):
    rows = table(b"a\n1\n\n2\n3\n", max_rows=2).rows
    assert [next(rows).number, next(rows).number] == [2, 4]
    with pytest.raises(TableError) as refused:
        next(rows)
    assert refused.value.code == "too_many_rows"


def test_a_large_table_is_never_in_memory(table):
    found = table(b"a,b\n" + (b"x" * 100 + b",y\n") * 30_000)
    tracemalloc.start()
    count = sum(1 for _ in found.rows)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 30_000
    assert peak < 1_000_000


cells = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("'=+-@|%＝ \t\r\n\",;")), max_size=20)


@given(st.lists(st.tuples(cells, cells), max_size=5))
def test_any_text_survives_writing_and_reading(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("csv") / "table.csv"
    path.write_bytes(b"".join(write_csv([("编号", "甲", "乙"), *(("x", *row) for row in rows)])))
    with open_table(path, TableKind.CSV) as found:
        read = [row.cells[1:] for row in found.rows]
    assert read == [tuple(cell.replace("\x00", "") for cell in row) for row in rows]


@pytest.mark.parametrize("payload", FORMULAS)
def test_a_written_formula_is_read_by_others_as_text(payload):
    written = b"".join(write_csv([[payload]])).decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(written, newline="")))[0].startswith("'")


def test_typed_values_are_written_plainly():
    row = ["甲", -12, Decimal("-0.000001"), 1.5, None, True, date(2026, 1, 31), "-12.5"]
    assert b"".join(write_csv([row])).decode("utf-8-sig") == (
        '"甲","-12","-0.000001","1.5","","true","2026-01-31","-12.5"\r\n'
    )


def test_writing_is_a_stream():
    pieces = write_csv(iter([("a",), ("b",)]))
    assert [next(pieces), next(pieces)] == [b"\xef\xbb\xbf", b'"a"\r\n']

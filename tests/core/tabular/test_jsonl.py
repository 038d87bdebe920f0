"""JSON lines."""

from collections.abc import Callable
from pathlib import Path

import pytest

from marketplace.core.tabular.reading import Row, Table, TableError, TableKind, open_table
from marketplace.core.tabular.records import TableLimits


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Table]:
    def run(content: bytes, **limits: int) -> Table:
        path = tmp_path / "table.jsonl"
        path.write_bytes(content)
        return open_table(path, TableKind.JSONL, TableLimits(**limits))

    return run


def test_the_header_holds_every_key_in_order_of_appearance(table):
    found = table('\ufeff{"名称": "甲"}\n\n{"价格": 1, "名称": "乙"}\n'.encode())
    assert found.header == ("名称", "价格")
    assert list(found.rows) == [Row(1, ("甲", "")), Row(3, ("乙", "1"))]


def test_values_become_text_without_loss(table):
    line = b'{"a": 12345678901234567890.10, "b": null, "c": true, "d": ["x", 2], "e": [], "f": "\\u0000z"}'
    assert next(table(line).rows).cells == ("12345678901234567890.10", "", "true", "x；2", "", "z")


@pytest.mark.parametrize(
    ("line", "code", "value"),
    [
        (b"{", "not_json", ""),
        (b"{'a': 1}", "not_json", ""),
        (b'{"a": NaN}', "not_json", ""),
        (b"[" * 100_000, "not_json", ""),
        (b"[1]", "not_an_object", ""),
        (b'"a"', "not_an_object", ""),
        (b'{"a": 1, "a": 2}', "repeated_key", "a"),
        (b'{"a": {"b": 1}}', "nested", "a"),
        (b'{"a": [{"b": 1}]}', "nested", "a"),
        (b'{"a": [["b"]]}', "nested", "a"),
        (b'{"a": "\xff"}', "encoding", ""),
        (b'{"a": "\\ud800"}', "encoding", "a"),
        (b'{"a": "' + b"x" * 300_000 + b'"}', "line_too_long", ""),
    ],
)
def test_a_bad_line_is_reported_and_the_others_are_read(line, code, value, table):
    rows = list(table(b'{"a": "first"}\n' + line + b'\n{"a": "last"}', max_line=200_000).rows)
    assert [row.cells for row in rows] == [("first",), ("",), ("last",)]
    assert [(problem.row, problem.code, problem.value) for row in rows for problem in row.problems] == [
        (2, code, value)
    ]
    assert str(rows[1].problems[0].message)


def test_fifty_kilobytes_in_a_value_are_for_the_caller_to_judge(table):
    assert len(next(table(b'{"a": "' + b"x" * 50_000 + b'"}').rows).cells[0]) == 50_000


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"[1]\n{", "empty"),
        (b'{"": 1, "a": 2}', "header_empty"),
        (b'{"a": 1}\n{"A": 2}', "header_repeated"),
        (b'{"a": 1, "b": 1, "c": 1, "d": 1}', "too_many_columns"),
    ],
)
def test_a_table_without_clear_keys_is_refused(content, code, table):
    with pytest.raises(TableError) as refused:
        table(content, max_columns=3)
    assert refused.value.code == code

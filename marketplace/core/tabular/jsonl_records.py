"""JSON lines: one object a line. Lists of plain values become one text, joined by `LIST_SEPARATOR`."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Never

from marketplace.core.tabular.records import Complaint, Problem, Record, TableLimits

LIST_SEPARATOR = "；"
_MARK = b"\xef\xbb\xbf"
_LONGEST_NAME = 200
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class _Flat(dict[str, str]):
    """A parsed object: every value is a text."""


class _Wrong(Exception):
    def __init__(self, problem: Problem, name: str = "") -> None:
        super().__init__(problem.value)
        self.complaint = Complaint(problem, value=name[:_LONGEST_NAME])


def jsonl_records(path: Path, limits: TableLimits) -> Iterator[Record]:
    """The header (record 0: all keys of the file, in order of appearance), then one record a line that is not blank."""
    columns: dict[str, None] = {}
    for _, parsed in _lines(path, limits):
        if isinstance(parsed, _Flat) and len(columns) <= limits.max_columns:
            columns.update(dict.fromkeys(parsed))
    yield Record(0, list(columns))
    for number, parsed in _lines(path, limits):
        if isinstance(parsed, Complaint):
            yield Record(number, [], (parsed,))
        else:
            yield Record(number, [parsed.get(column, "") for column in columns])


def _lines(path: Path, limits: TableLimits) -> Iterator[tuple[int, _Flat | Complaint]]:
    with path.open("rb") as file:
        number = 0
        while line := file.readline(limits.max_line + 1):
            number += 1
            if len(line) > limits.max_line:
                _skip_rest(file, line)
                yield number, Complaint(Problem.LINE_TOO_LONG)
                continue
            content = line.removeprefix(_MARK) if number == 1 else line
            if content.strip():
                yield number, _parse(content)


def _skip_rest(file: BinaryIO, line: bytes) -> None:
    piece = line
    while piece and not piece.endswith(b"\n"):
        piece = file.readline(len(line))


def _parse(line: bytes) -> _Flat | Complaint:
    try:
        # Numbers stay as they were written: a float would change the last digits of an amount.
        parsed = json.loads(
            line.decode(),
            object_pairs_hook=_flat,
            parse_int=str,
            parse_float=str,
            parse_constant=_refuse_constant,
        )
    except _Wrong as wrong:
        return wrong.complaint
    except UnicodeDecodeError:
        return Complaint(Problem.ENCODING)
    except (ValueError, RecursionError):
        return Complaint(Problem.NOT_JSON)
    return parsed if isinstance(parsed, _Flat) else Complaint(Problem.NOT_AN_OBJECT)


def _flat(pairs: list[tuple[str, object]]) -> _Flat:
    flat = _Flat()
    for name, value in pairs:
        if name in flat:
            raise _Wrong(Problem.REPEATED_KEY, name)
        flat[name] = (
            LIST_SEPARATOR.join(_text(name, item) for item in value)
            if isinstance(value, list)
            else _text(name, value)
        )
    return flat


def _text(name: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        raise _Wrong(Problem.NESTED, name)
    if _LONE_SURROGATE.search(value):
        raise _Wrong(Problem.ENCODING, name)
    return value


def _refuse_constant(name: str) -> Never:
    """NaN and the infinities are not JSON, though Python reads them."""
    raise ValueError(name)

"""What the readers of each format hand over: numbered records of text cells, before there is a header."""

from dataclasses import dataclass
from enum import StrEnum

# The last line of the workbook process, so that its reader can tell a whole table from one cut short.
END = "end"


class Problem(StrEnum):
    """What can be wrong with one row or one cell."""

    FORMULA = "formula"
    ERROR_VALUE = "error_value"
    PRECISION = "number_precision"
    TOO_MANY_CELLS = "too_many_cells"
    QUOTES = "quotes"
    CELL_TOO_LONG = "cell_too_long"
    ENCODING = "encoding"
    LINE_TOO_LONG = "line_too_long"
    NOT_JSON = "not_json"
    NOT_AN_OBJECT = "not_an_object"
    REPEATED_KEY = "repeated_key"
    NESTED = "nested"


class Fault(StrEnum):
    """What can be wrong with a table as a whole."""

    ENCODING = "encoding"
    EMPTY = "empty"
    HEADER_EMPTY = "header_empty"
    HEADER_REPEATED = "header_repeated"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    UNREADABLE = "unreadable"


class TableFault(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Complaint:
    """One problem: `column` is the 0-based place in the record, None for the record as a whole."""

    problem: Problem
    column: int | None = None
    value: str = ""


@dataclass(frozen=True)
class Record:
    """`number` counts from 1 the way the file's own program shows it, blank records included."""

    number: int
    cells: list[str]
    complaints: tuple[Complaint, ...] = ()


@dataclass(frozen=True)
class TableLimits:
    """`max_rows` counts rows that are not blank, without the header; `max_line` is bytes of one JSON line."""

    max_rows: int = 100_000
    max_columns: int = 100
    max_line: int = 1_000_000
    cpu_seconds: int = 300
    memory: int = 1_500_000_000

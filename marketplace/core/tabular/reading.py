"""Opening a table somebody sent: one header, then rows of text with their numbers and what is wrong with them."""

import unicodedata
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

from marketplace.core.errors import DomainError
from marketplace.core.i18n import LazyString
from marketplace.core.tabular.csv_records import csv_records
from marketplace.core.tabular.jsonl_records import jsonl_records
from marketplace.core.tabular.messages import FAULTS, PROBLEMS
from marketplace.core.tabular.records import Complaint, Fault, Problem, Record, TableFault, TableLimits
from marketplace.core.tabular.xlsx_records import xlsx_records
from marketplace.core.uploads.gate import check_content
from marketplace.core.uploads.kinds import Kind

DEFAULT_LIMITS = TableLimits()


class TableKind(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"


class TableError(DomainError):
    """The table as a whole cannot be read. `code` is a value of `Fault`, `detail` the column or limit concerned."""

    status = 422

    def __init__(self, fault: Fault, detail: str = "") -> None:
        super().__init__(FAULTS[fault], code=fault.value)
        self.detail = detail


@dataclass(frozen=True)
class RowProblem:
    """One thing to change: row number as the user sees it, column title ("" for the whole row), code, value, words."""

    row: int
    column: str
    code: str
    value: str
    message: LazyString


@dataclass(frozen=True)
class Row:
    """As many cells as the header has. A row with problems is for the report, not for import."""

    number: int
    cells: tuple[str, ...]
    problems: tuple[RowProblem, ...] = ()


class Table:
    """A header and its rows, which can be read once. Close it, or use it with `with`, to release the file."""

    def __init__(self, records: Iterator[Record], limits: TableLimits) -> None:
        self._records = _translated(records)
        self._limits = limits
        try:
            self.header = _header(next(self._records, None), limits)
        except TableError:
            self.close()
            raise
        self.rows: Iterator[Row] = self._read()

    def close(self) -> None:
        self._records.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    def _read(self) -> Iterator[Row]:
        count = 0
        for record in self._records:
            if not record.complaints and not any(cell.strip() for cell in record.cells):
                continue
            count += 1
            if count > self._limits.max_rows:
                raise TableError(Fault.TOO_MANY_ROWS, str(self._limits.max_rows))
            yield self._row(record)

    def _row(self, record: Record) -> Row:
        width = len(self.header)
        complaints = list(record.complaints)
        surplus = [cell for cell in record.cells[width:] if cell.strip()]
        if surplus:
            complaints.append(Complaint(Problem.TOO_MANY_CELLS, value=surplus[0]))
        # NUL is not text: no database and no page takes it.
        cells = tuple(cell.replace("\x00", "") for cell in record.cells[:width])
        problems = tuple(self._problem(record.number, complaint) for complaint in complaints)
        return Row(record.number, cells + ("",) * (width - len(cells)), problems)

    def _problem(self, row: int, complaint: Complaint) -> RowProblem:
        within = complaint.column is not None and complaint.column < len(self.header)
        column = self.header[complaint.column] if within and complaint.column is not None else ""
        return RowProblem(row, column, complaint.problem.value, complaint.value, PROBLEMS[complaint.problem])


def open_table(path: Path, kind: TableKind, limits: TableLimits = DEFAULT_LIMITS) -> Table:
    """Open the file as a table of this kind. Raises TableError, and UploadRefused for a workbook that is not harmless.

    Nothing but the current row is kept in memory. Errors of the table as a whole may also come up while rows are read.
    """
    if kind is TableKind.XLSX:
        check_content(Kind.XLSX, path)
        return Table(xlsx_records(path, limits), limits)
    if kind is TableKind.JSONL:
        return Table(jsonl_records(path, limits), limits)
    return Table(csv_records(path), limits)


def _translated(records: Iterator[Record]) -> Generator[Record, None, None]:
    try:
        yield from records
    except TableFault as fault:
        raise TableError(fault.fault) from None


def _header(record: Record | None, limits: TableLimits) -> tuple[str, ...]:
    """The titles without surrounding space; empty columns at the end are dropped, others and repetitions refused."""
    if record is not None and record.complaints:
        raise TableError(Fault.UNREADABLE)
    titles = [] if record is None else [title.strip() for title in record.cells]
    while titles and not titles[-1]:
        titles.pop()
    if not titles:
        raise TableError(Fault.EMPTY)
    if len(titles) > limits.max_columns:
        raise TableError(Fault.TOO_MANY_COLUMNS, str(limits.max_columns))
    seen: set[str] = set()
    for place, title in enumerate(titles, start=1):
        if not title:
            raise TableError(Fault.HEADER_EMPTY, str(place))
        # Two titles that look the same are the same: 标题（必填） and 标题(必填), DOI and doi.
        folded = unicodedata.normalize("NFKC", title).casefold()
        if folded in seen:
            raise TableError(Fault.HEADER_REPEATED, title)
        seen.add(folded)
    return tuple(titles)

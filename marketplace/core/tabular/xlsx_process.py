"""The process that opens one workbook: `python -m marketplace.core.tabular.xlsx_process PATH --limits JSON`.

Prints a JSON line for each row of the first visible sheet that is not blank: `[number, [text, ...], [[problem, column,
value], ...]]`, and last the string "end", so that the reader can tell a whole table from one cut short.
"""

import argparse
import json
import sys
import warnings
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Protocol

import openpyxl

from marketplace.core.tabular.records import END, Complaint, Problem, Record, TableLimits
from marketplace.core.uploads.confinement import confine

# The last row Excel knows; a file may claim any number.
_LAST_ROW = 1_048_576
# Excel keeps 15 significant digits. A longer number (an account, a code) has lost its end before we see it.
_PRECISE = 10**15
_LONGEST_VALUE = 200
# Excel itself stops at 32,767 characters; what claims more is not kept in memory to be shown.
_LONGEST_CELL = 100_000


class SheetCell(Protocol):
    """The part of openpyxl's read-only cells that is used."""

    @property
    def value(self) -> object: ...
    @property
    def data_type(self) -> str: ...


def workbook_records(path: Path, limits: TableLimits) -> Iterator[Record]:
    """The rows of the first visible sheet. For this process and for tests: the workbook is opened right here."""
    workbook = openpyxl.load_workbook(path, read_only=True, keep_links=False)
    try:
        sheet = next(sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible")
        # The size a file states is often wrong. One column more than allowed shows that there are too many.
        sheet.reset_dimensions()
        yield from sheet_records(sheet.iter_rows(max_col=limits.max_columns + 1))
    finally:
        workbook.close()


def sheet_records(rows: Iterable[Iterable[SheetCell]]) -> Iterator[Record]:
    """The rows that are not blank."""
    blank: Iterable[SheetCell] | None = None
    for number, row in enumerate(rows, start=1):
        if number > _LAST_ROW:
            return
        # Rows left out of the file come as one and the same object; a million of them must not take minutes.
        if row is blank:
            continue
        cells: list[str] = []
        complaints: list[Complaint] = []
        for column, cell in enumerate(row):
            text = "" if cell.value is None else cell_text(cell.value)
            problem = cell_problem(cell, text)
            if problem is not None:
                complaints.append(Complaint(problem, column, text[:_LONGEST_VALUE]))
            cells.append(text[:_LONGEST_CELL])
        if any(cells):
            yield Record(number, cells, tuple(complaints))
        else:
            blank = row


def cell_problem(cell: SheetCell, text: str) -> Problem | None:
    """Formulas are reported, never worked out: what they would give depends on where they are opened."""
    if cell.data_type == "f":
        return Problem.FORMULA
    if cell.data_type == "e":
        return Problem.ERROR_VALUE
    if isinstance(cell.value, int | float) and abs(cell.value) >= _PRECISE:
        return Problem.PRECISION
    return Problem.CELL_TOO_LONG if len(text) > _LONGEST_CELL else None


def cell_text(value: object) -> str:
    """Dates as 2026-01-31, with a time only if there is one; whole numbers without a point; truth as true or false."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | time):
        return _moment_text(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, str | int | float | timedelta):
        return str(value)
    # The array and table formulas of openpyxl; their text is what the report shows.
    return str(getattr(value, "text", None) or "=")


def _moment_text(value: date | time) -> str:
    if isinstance(value, datetime):
        return (
            value.date().isoformat()
            if value.time() == time()
            else value.isoformat(sep=" ", timespec="seconds")
        )
    return value.isoformat()


def main() -> None:
    parser = argparse.ArgumentParser(description="Print the rows of one workbook.")
    parser.add_argument("path", type=Path)
    parser.add_argument("--limits", type=json.loads, default={}, help="a JSON object of limits that differ")
    arguments = parser.parse_args()
    limits = TableLimits(**arguments.limits)
    confine(memory=limits.memory, cpu_seconds=limits.cpu_seconds, max_output=0)
    # Warnings are about styles and validations that reading does not need.
    warnings.simplefilter("ignore")
    for record in workbook_records(arguments.path, limits):
        complaints = [
            (complaint.problem, complaint.column, complaint.value) for complaint in record.complaints
        ]
        print_line([record.number, record.cells, complaints])
    print_line(END)


def print_line(content: object) -> None:
    sys.stdout.write(json.dumps(content, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()

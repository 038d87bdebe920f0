"""Writing CSV for Excel: UTF-8 with its mark, all cells quoted, formulas made harmless, a row at a time."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from marketplace.core.tabular.formulas import guarded

MARK = "\ufeff".encode()
ExportCell = str | int | float | Decimal | bool | date | None


def write_csv(rows: Iterable[Sequence[ExportCell]]) -> Iterator[bytes]:
    """The file in pieces, ready for a streaming response. The first row is the header."""
    yield MARK
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()


def _cell(value: ExportCell) -> str:
    """Numbers as they are, also negative ones; dates as 2026-01-31; truth as true or false; text guarded."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, str):
        return guarded(value)
    return value.isoformat() if isinstance(value, date) else str(value)

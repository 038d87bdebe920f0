"""Writing Excel workbooks a row at a time. Text is stored as text whatever it looks like; nothing is ever a formula."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from marketplace.core.tabular.csv_export import ExportCell
from marketplace.core.tabular.formulas import guarded

# Excel's limit for one cell; longer text ends with an ellipsis instead of making the file unreadable.
LONGEST_TEXT = 32_767
# Excel keeps 15 significant digits, so longer integers are written as text.
_PRECISE = 10**15
_BOLD = Font(bold=True)


def write_xlsx(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[ExportCell]], *, title: str = "data"
) -> None:
    """Write one sheet called `title` with a bold header that stays in view. Replaces what is at `path`."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.append([_text(sheet, name, bold=True) for name in header])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    workbook.save(path)


def _cell(sheet: WriteOnlyWorksheet, value: ExportCell) -> object:
    if isinstance(value, str):
        return _text(sheet, value)
    if isinstance(value, datetime):
        # Workbooks know no time zones: a moment is written the way the page shows it.
        return _text(sheet, value.isoformat(sep=" ", timespec="seconds"))
    if isinstance(value, int) and abs(value) >= _PRECISE:
        return _text(sheet, str(value))
    return value


def _text(sheet: WriteOnlyWorksheet, text: str, *, bold: bool = False) -> object:
    clean = ILLEGAL_CHARACTERS_RE.sub("", text)
    if len(clean) > LONGEST_TEXT:
        clean = clean[: LONGEST_TEXT - 1] + "…"
    cell = WriteOnlyCell(sheet, clean)
    # openpyxl guesses formulas and error values from the text; this is neither.
    cell.data_type = "s"
    if guarded(clean) != clean:
        # What Excel itself sets for a leading apostrophe: editing the cell does not turn it into a formula either.
        cell.quotePrefix = True
    if bold:
        cell.font = _BOLD
    return cell

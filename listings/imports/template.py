"""The table to fill in: header, an example row, lists to choose from, the codes, and what each column wants."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from listings.achievements.labels import CODED
from listings.achievements.rules import LONGEST, MOST
from listings.classification import codes
from listings.imports.columns import COLUMNS, Column
from listings.imports.sample import EXAMPLE
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.tabular.csv_export import write_csv

#: Changes whenever a column does, so that a file made from an older one can be told apart.
TEMPLATE_VERSION = "2026-11"
_REQUIRED = frozenset(
    {"title", "abstract", "keywords", "field", "trl", "trl_evidence", "modes", "price_mode", "completers"}
)
_ROWS = 10_000
_HEAD = PatternFill("solid", fgColor="DCE6F5")
_MUST = PatternFill("solid", fgColor="FCE4C8")


def offered() -> tuple[Column, ...]:
    return tuple(column for column in COLUMNS if column.offered)


def header() -> list[str]:
    """Chinese headers, on English pages the English names; both are understood."""
    return [column.name if current_language() == "en" else column.zh for column in offered()]


def template_csv() -> Iterator[bytes]:
    """Header and example row, as Excel opens it."""
    return write_csv([header(), [EXAMPLE.get(column.name, "") for column in offered()]])


def template_xlsx(path: Path) -> None:
    """Write the workbook: the table to fill in, what each column wants, and the codes."""
    workbook = Workbook()
    table = workbook.active
    assert isinstance(table, Worksheet)
    table.title = _("成果")
    listed = workbook.create_sheet(_("代码表"))
    places = _write_codes(listed)
    _write_table(table, listed.title, places)
    _write_guide(workbook.create_sheet(_("填写说明"), 1))
    workbook.properties.version = TEMPLATE_VERSION
    workbook.save(path)


def _write_table(sheet: Worksheet, codes_title: str, places: dict[str, str]) -> None:
    for number, (title, column) in enumerate(zip(header(), offered(), strict=True), start=1):
        cell = sheet.cell(1, number, title)
        cell.font, cell.fill = Font(bold=True), _MUST if column.name in _REQUIRED else _HEAD
        example = sheet.cell(2, number, EXAMPLE.get(column.name, ""))
        example.number_format = "@"
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = 40 if column.name in LONGEST else 18
        sheet.column_dimensions[letter].number_format = "@"  # numbers and dates stay as they are typed
        if column.listed:
            _offer(sheet, f"{letter}2:{letter}{_ROWS}", f"'{codes_title}'!{places[column.listed]}", column)
    sheet.freeze_panes = "B2"


def _offer(sheet: Worksheet, cells: str, source: str, column: Column) -> None:
    """A drop-down list. Columns of several values take what is typed beside it."""
    choice = DataValidation(type="list", formula1=source, allow_blank=True)
    choice.showErrorMessage = not column.several
    choice.errorTitle, choice.error = _("不在可选范围内"), _("从下拉列表中选择，可选内容见“代码表”")
    choice.promptTitle = str(column.label)[:32]
    choice.prompt = _("可填多项，用分号隔开") if column.several else _("从下拉列表中选择")
    choice.showInputMessage = True
    sheet.add_data_validation(choice)
    choice.add(cells)


def _write_codes(sheet: Worksheet) -> dict[str, str]:
    """One list below its name in each pair of columns; list name → range of the names."""
    places = {}
    lists = [*dict.fromkeys(CODED.values()), "ip_kinds", "ip_states"]
    titles = {listed: field for field, listed in reversed(CODED.items())}
    labels = {column.name: str(column.label) for column in COLUMNS}
    own = {"ip_kinds": _("权利类型"), "ip_states": _("权利状态")}
    for number, listed in enumerate(lists):
        left = number * 2 + 1
        title = own.get(listed) or labels[titles[listed]]
        sheet.cell(1, left, title).font = Font(bold=True)
        sheet.cell(1, left + 1, _("代码")).font = Font(bold=True)
        choices = codes(listed).choices(current_language())
        for row, (code, name) in enumerate(choices, start=2):
            sheet.cell(row, left, name)
            sheet.cell(row, left + 1, code)
        letter = get_column_letter(left)
        sheet.column_dimensions[letter].width = 26
        places[listed] = f"${letter}$2:${letter}${len(choices) + 1}"
    sheet.freeze_panes = "A2"
    return places


def _write_guide(sheet: Worksheet) -> None:
    sheet.append([_("模板版本"), TEMPLATE_VERSION])
    sheet.append([])
    sheet.append([_("列"), _("英文列名"), _("提交审核前必填"), _("怎样填写")])
    for cell in sheet[3]:
        cell.font, cell.fill = Font(bold=True), _HEAD
    for column in offered():
        must = _("必填") if column.name in _REQUIRED else ""
        sheet.append([str(column.label), column.name, must, _("；").join(_hints(column))])
    for letter, width in zip("ABCD", (20, 22, 16, 90), strict=True):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows(min_row=4, min_col=4, max_col=4):
        row[0].alignment = Alignment(wrap_text=True)


def _hints(column: Column) -> Sequence[str]:
    hints = [_HINTS[column.name]()] if column.name in _HINTS else []
    if column.listed:
        hints.append(_("名称或代码见“代码表”"))
    if column.several:
        hints.append(_("可填多项，用分号隔开"))
    if column.name in LONGEST:
        hints.append(_("最多 %(n)s 个字", n=LONGEST[column.name]))
    if column.name in MOST:
        hints.append(_("最多 %(limit)s 项", limit=MOST[column.name]))
    return hints


_HINTS = {
    "external_id": lambda: _("本单位自己的编号，再次导入时据此识别同一成果"),
    "keywords": lambda: _("用分号隔开"),
    "ipc": lambda: _("如 G06F 16/33，用分号隔开"),
    "trl": lambda: _("填写 1 至 9 的数字"),
    "trl_assessed_on": lambda: _("按“2024-06-30”的格式填写日期"),
    "rights_checked_on": lambda: _("按“2024-06-30”的格式填写日期"),
    "indicators": lambda: _("写成“指标：数值（对比）”，用分号隔开"),
    "rights": lambda: _("写成“权利类型 号码（状态）”，用分号隔开；专利可以只写专利号"),
    "price_wan": lambda: _("以万元为单位，面议或不公开的留空"),
    "completers": lambda: _("写成“姓名|职称|单位”，人与人之间用分号隔开"),
    "completer_unit": lambda: _("没有写完成人时，以单位为完成人"),
    "fiscal_funded": lambda: _("填写“是”或“否”"),
    "started": lambda: _("按“2024-06”的格式填写年月"),
    "finished": lambda: _("按“2024-06”的格式填写年月"),
}

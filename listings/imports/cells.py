"""Reading one cell: a value, or a complaint that says how to change it. Nothing else ever comes out."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from listings.imports.vocabulary import code_named, nearest_name
from marketplace.core.errors import Words
from marketplace.core.halfwidth import halfwidth
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.money import MoneyError, parse_yuan

Parser = Callable[[str], object]

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_STRONG = re.compile(r"[;；\n|｜]+")
_WEAK = re.compile(r"[;；,，、\n|｜]+")
_LEVEL = re.compile(r"(?:TRL)?[ -]?([0-9]{1,2})(?:级|[ ·:：.、].*)?", re.IGNORECASE | re.DOTALL)
_DAY = re.compile(
    r"([0-9]{4})(?:[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?|([0-9]{2})([0-9]{2}))(?:[T ]+[0-9:]{4,8})?"
)
_MONTH = re.compile(
    r"([0-9]{4})(?:[-/.年]([0-9]{1,2})月?|([0-9]{2}))(?:[-/.]?[0-9]{1,2}日?)?(?:[T ]+[0-9:]{4,8})?"
)
_SHORT_YEAR = re.compile(r"'?[0-9]{2}(?:年|[-/.][0-9]{1,2})(?:[-/.月年]?[0-9]{0,2}[月日]?)*")
_SERIAL = re.compile(r"[0-9]{5}(\.[0-9]+)?")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_YES = frozenset({"是", "有", "对", "true", "yes", "y", "1", "√"})
_NO = frozenset({"否", "无", "没有", "false", "no", "n", "0", "×"})


class CellError(ValueError):
    """The cell is not understood. `message` says what to write instead."""

    def __init__(self, code: str, message: Words) -> None:
        super().__init__(code)
        self.code = code
        self.message = message


def block(text: str) -> str:
    """A text of several lines, without what cannot be seen or stored."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def line(text: str) -> str:
    """A text of one line. One that begins with an equals sign is a formula whose program is gone."""
    found = " ".join(block(text).split())
    if found.startswith(("=", "＝")):
        raise CellError("formula", _l("内容以等号开头，像是公式，请改为固定的文字"))
    return found


def words(text: str) -> tuple[str, ...]:
    """Words between commas or semicolons, each once."""
    return tuple(dict.fromkeys(word for part in _WEAK.split(block(text)) if (word := " ".join(part.split()))))


def code_in(listed: str) -> Parser:
    """A parser of one code of the list, written as code or name."""

    def parse(text: str) -> str:
        return _code(listed, line(text))

    return parse


def codes_in(listed: str) -> Parser:
    """A parser of several codes; names of codes may hold commas themselves, so those are tried before splitting."""

    def parse(text: str) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for part in (part.strip() for part in _STRONG.split(block(text))):
            whole = code_named(listed, part)
            pieces = (part,) if whole else tuple(piece.strip() for piece in _WEAK.split(part))
            found.update((_code(listed, piece), None) for piece in pieces if piece)
        return tuple(found)

    return parse


def level(text: str) -> int:
    """A readiness level: 5, TRL5, ５级 or as an export writes it, `5 · …`."""
    found = _LEVEL.fullmatch(halfwidth(line(text)))
    if found is None or not 1 <= int(found[1]) <= 9:
        raise CellError("trl", _l("填写 1 至 9 的数字"))
    return int(found[1])


def day(text: str) -> date:
    """A date with a four-digit year, in any of the usual orders that begin with the year."""
    typed = _compact(text)
    found = _DAY.fullmatch(typed)
    if found is not None:
        year, month, number, month_too, number_too = found.groups()
        try:
            parsed = date(int(year), int(month or month_too), int(number or number_too))
        except ValueError:
            raise CellError("date", _l("日历上没有这一天，按“2024-06-30”的格式填写日期")) from None
        if _FIRST_YEAR <= parsed.year < _LAST_YEAR:
            return parsed
    raise _date_error(typed, _l("按“2024-06-30”的格式填写日期"))


def month(text: str) -> str:
    """A month as `2024-06`; the day of a full date is left out."""
    typed = _compact(text)
    found = _MONTH.fullmatch(typed)
    if found is not None:
        year, number = int(found[1]), int(found[2] or found[3])
        if _FIRST_YEAR <= year < _LAST_YEAR and 1 <= number <= 12:
            return f"{year}-{number:02d}"
    raise _date_error(typed, _l("按“2024-06”的格式填写年月"))


def wan(text: str) -> int:
    """An amount in 万元 unless it says otherwise, in fen."""
    typed = line(text)
    return _fen(typed if typed[-1:] in set("元圆万亿") else f"{typed}万元")


def yuan(text: str) -> int:
    """An amount in 元 unless it says otherwise, in fen."""
    return _fen(line(text))


def fen(text: str) -> int:
    """A whole number of fen."""
    typed = halfwidth(line(text))
    if not re.fullmatch(r"[0-9]{1,16}", typed):
        raise CellError("fen", _l("填写以分为单位的整数"))
    return int(typed)


def yes_or_no(text: str) -> bool:
    typed = halfwidth(line(text)).casefold()
    if typed in _YES:
        return True
    if typed in _NO:
        return False
    raise CellError("yes_no", _l("填写“是”或“否”"))


def key(text: str) -> str:
    """The holder's own number of a record, kept as it is written, at most 80 characters."""
    found = line(text)
    if len(found) > 80:
        raise CellError("too_long", _l("不超过 %(limit)s 个字", limit=80))
    return found


def _code(listed: str, text: str) -> str:
    found = code_named(listed, text)
    if found is None:
        raise CellError("unknown_code", _unknown(listed, text))
    return found


def _unknown(listed: str, text: str) -> Words:
    chinese = any("\u4e00" <= letter <= "\u9fff" for letter in text)
    near = nearest_name(listed, text, "zh" if chinese else "en")
    if near:
        return _l("不在可选范围内，是否应为“%(near)s”", near=near)
    return _l("不在可选范围内，可填内容见模板的“代码表”")


def _compact(text: str) -> str:
    return re.sub(r"\s*([-/.年月日])\s*", r"\1", halfwidth(line(text)))


def _date_error(typed: str, message: Words) -> CellError:
    if _SHORT_YEAR.fullmatch(typed):
        return CellError("two_digit_year", _l("年份写成四位，例如“1998-06”"))
    if _SERIAL.fullmatch(typed):
        return CellError("date_serial", _l("这是表格软件的日期序号，请将该列设为日期或文本格式后重新填写"))
    return CellError("date", message)


def _fen(text: str) -> int:
    try:
        return parse_yuan(text)
    except MoneyError as error:
        raise CellError(error.code, error.message) from error


def split_entries(text: str) -> Sequence[str]:
    """Entries of a list whose parts may hold commas: divided by semicolons and line ends."""
    return [entry.strip() for entry in re.split(r"[;；\n]+", block(text)) if entry.strip()]

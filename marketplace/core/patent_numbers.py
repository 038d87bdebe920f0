"""Chinese patent application numbers: reading what people type, and the check digit.

Source: 专利申请号标准 ZC 0006-2003. Since 1 October 2003 a number has 12 digits (year 4, kind 1, serial 7), before it
had 8 (year 2, kind 1, serial 5); a check character follows, by convention after a full stop. `ZL` stands before the
number of a granted patent, `CN` before one of an application.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from marketplace.core.halfwidth import halfwidth
from marketplace.core.i18n import LazyString, lazy_gettext

_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_CHECKS = "0123456789X"
_SEPARATORS = re.compile(r"[\s.·。‧・-]+")
_NUMBER = re.compile(r"(ZL|CN)?([0-9]{12}|[0-9]{8})([0-9X])")
_LONGEST = 64
_MESSAGES = {
    "layout": lazy_gettext("专利号应为 ZL 或 CN 加 12 位数字和校验位，例如 ZL202010123456.2"),
    "kind": lazy_gettext("专利号第 5 位应为 1、2、3、8 或 9"),
    "year": lazy_gettext("专利号的年份不正确"),
    "check": lazy_gettext("专利号校验位不正确，请核对是否输错"),
}


class PatentKind(StrEnum):
    INVENTION = "invention"
    UTILITY_MODEL = "utility_model"
    DESIGN = "design"


# 8 and 9 are international applications (PCT) that entered the national phase.
_KINDS = {
    "1": PatentKind.INVENTION,
    "2": PatentKind.UTILITY_MODEL,
    "3": PatentKind.DESIGN,
    "8": PatentKind.INVENTION,
    "9": PatentKind.UTILITY_MODEL,
}


class PatentNumberError(ValueError):
    """Not a Chinese application number. `code` is `layout`, `kind`, `year` or `check`; `message` is for the user."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        self.message: LazyString = _MESSAGES[code]


@dataclass(frozen=True)
class PatentNumber:
    """`digits` without the check character; `granted` when it was written with ZL."""

    digits: str
    check: str
    year: int
    kind: PatentKind
    granted: bool

    @property
    def application(self) -> str:
        """The application number alone, the same for `ZL…` and `CN…`: `202010123456.2`."""
        return f"{self.digits}.{self.check}"

    def __str__(self) -> str:
        return f"{'ZL' if self.granted else 'CN'}{self.application}"


def check_digit(digits: str) -> str:
    """The check character for 8 or 12 digits: the weighted sum modulo 11, X for ten."""
    return _CHECKS[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False)) % 11]


def parse_patent_number(text: str) -> PatentNumber:
    """Read a number with or without prefix, spaces, full stop, hyphens and full-width signs. Raises PatentNumberError."""
    if len(text) > _LONGEST:
        raise PatentNumberError("layout")
    found = _NUMBER.fullmatch(_SEPARATORS.sub("", halfwidth(text).upper()))
    if found is None:
        raise PatentNumberError("layout")
    prefix, digits, check = found.groups()
    year, kind = _year_and_kind(digits)
    if check_digit(digits) != check:
        raise PatentNumberError("check")
    return PatentNumber(digits, check, year, kind, granted=prefix == "ZL")


def _year_and_kind(digits: str) -> tuple[int, PatentKind]:
    if len(digits) == 12:
        year, kind = int(digits[:4]), digits[4]
        possible = 2003 <= year < 2100
    else:
        # The patent law took effect in 1985, the short numbers ended in 2003.
        short, kind = int(digits[:2]), digits[2]
        year = 1900 + short if short >= 85 else 2000 + short
        possible = year <= 2003
    if not possible:
        raise PatentNumberError("year")
    if kind not in _KINDS:
        raise PatentNumberError("kind")
    return year, _KINDS[kind]

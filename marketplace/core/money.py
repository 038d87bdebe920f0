"""Amounts of money: whole fen (1/100 yuan) everywhere, words and figures only at the edges."""

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

from marketplace.core.halfwidth import halfwidth
from marketplace.core.i18n import LazyString, lazy_gettext

Fen = int
Language = Literal["zh", "en"]
Style = Literal["list", "full"]

# The largest integer every JSON reader keeps exactly (RFC 8259 section 6): about 90 万亿 yuan.
MAX_FEN: Fen = 2**53 - 1
_LONGEST = 64
_WAN = 10_000
_YI = 100_000_000
_UNITS = {"": 1, "元": 1, "圆": 1, "万": _WAN, "万元": _WAN, "亿": _YI, "亿元": _YI}
_AMOUNT = re.compile(
    r"(?:人民币|CNY|RMB|[¥￥])?\s*"
    r"(?P<sign>[-+−]?)\s*(?:[¥￥]\s*)?"
    r"(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+)\s*"
    r"(?P<unit>万元|亿元|万|亿|元|圆|)",
    re.IGNORECASE,
)


_MESSAGES = {
    "missing": lazy_gettext("请填写金额"),
    "not_a_number": lazy_gettext("金额无法识别，请填写数字，例如 1950000 或 195 万"),
    "too_precise": lazy_gettext("金额最多精确到分"),
    "negative": lazy_gettext("金额不能为负数"),
    "too_large": lazy_gettext("金额过大，请核对单位"),
}


class MoneyError(ValueError):
    """Not an amount. `code` is one of the keys above; `message` is for the user."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        self.message: LazyString = _MESSAGES[code]


def parse_yuan(text: str) -> Fen:
    """The fen in what a person typed: `1,950,000`, `￥195万`, `１２．５ 万元`, `1.2亿`. Without a unit it is yuan.

    Exact or refused: nothing is rounded. Raises MoneyError.
    """
    typed = halfwidth(text[: _LONGEST + 1]).strip()
    if not typed:
        raise MoneyError("missing")
    found = _AMOUNT.fullmatch(typed) if len(text) <= _LONGEST else None
    if found is None:
        raise MoneyError("not_a_number")
    # A fraction, because a Decimal product is rounded to 28 digits and 64 may have been typed.
    number = Fraction(found["number"].replace(",", ""))
    if number and found["sign"] in {"-", "−"}:
        raise MoneyError("negative")
    fen = number * _UNITS[found["unit"]] * 100
    if fen > MAX_FEN:
        raise MoneyError("too_large")
    if fen.denominator != 1:
        raise MoneyError("too_precise")
    return int(fen)


def format_fen(fen: Fen, language: Language = "zh", style: Style = "list") -> str:
    """An amount for the page.

    Chinese lists round to two decimals of 万元, from one 亿 of 亿元: `195 万元`, `1.2 亿元`; below 100 yuan, where
    that would show nothing, in 元. `full` is exact: `¥1,950,000`. English is always exact: `CNY 1,950,000`.
    """
    if language == "en":
        return f"CNY {_exact(fen)}"
    if style == "full":
        return f"-¥{_exact(-fen)}" if fen < 0 else f"¥{_exact(fen)}"
    yuan = Decimal(fen).scaleb(-2)
    wan = _two_decimals(yuan / _WAN)
    # The unit is chosen after rounding, so that 99,999,999 yuan is 1 亿元 and not 10,000 万元.
    if abs(wan) >= _WAN:
        return f"{_trimmed(_two_decimals(yuan / _YI))} 亿元"
    return f"{_trimmed(wan)} 万元" if abs(yuan) >= 100 else f"{_exact(fen)} 元"


def _exact(fen: Fen) -> str:
    yuan, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{yuan:,}" + (f".{rest:02d}" if rest else "")


def _two_decimals(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _trimmed(number: Decimal) -> str:
    return f"{number:,.2f}".rstrip("0").rstrip(".")

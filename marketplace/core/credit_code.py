"""The unified social credit code (统一社会信用代码) of GB 32100-2015: 18 characters, the last one checks the others.

Layout: registration authority (1), kind of organisation (1), place (6 digits), organisation code (9), check (1).
"""

import re

from marketplace.core.halfwidth import halfwidth
from marketplace.core.i18n import LazyString, lazy_gettext

# GB 32100-2015, table 1: digits and capitals without I, O, S, V, Z; the value is the position.
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
_LAYOUT = re.compile(rf"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{10}}")
_WEIGHTS = tuple(pow(3, position, 31) for position in range(LENGTH - 1))
_MESSAGES = {
    "length": lazy_gettext("统一社会信用代码应为 18 位"),
    "characters": lazy_gettext("统一社会信用代码含有不允许的字符（不使用字母 I、O、S、V、Z）"),
    "check": lazy_gettext("统一社会信用代码校验不通过，请核对是否输错"),
}


class CreditCodeError(ValueError):
    """Not a credit code. `code` is `length`, `characters` or `check`; `message` is for the user."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        self.message: LazyString = _MESSAGES[code]


def check_character(first: str) -> str:
    """The 18th character for the first 17. ValueError if one of them is not in the alphabet."""
    total = sum(weight * ALPHABET.index(character) for weight, character in zip(_WEIGHTS, first, strict=True))
    return ALPHABET[-total % 31]


def parse_credit_code(text: str) -> str:
    """The code in its written form: capitals, half width, no spaces. Raises CreditCodeError."""
    if len(text) > 4 * LENGTH:
        raise CreditCodeError("length")
    code = "".join(halfwidth(text).split()).upper()
    if len(code) != LENGTH:
        raise CreditCodeError("length")
    if not _LAYOUT.fullmatch(code):
        raise CreditCodeError("characters")
    if check_character(code[:-1]) != code[-1]:
        raise CreditCodeError("check")
    return code

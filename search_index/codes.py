"""Codes that must stay one token: IPC classification symbols and patent numbers.

All patterns are applied to folded (lower-case, half-width) text.
"""

import re

IPC = r"(?<![a-z0-9])[a-h]\d{2}[a-z]\s*\d{1,4}\s*/\s*\d{2,6}(?![a-z0-9])"

# CNIPA: application numbers are year (4), kind (1), serial (7), then a check digit after a dot (older ones:
# 8 digits); a granted patent carries the same number after ZL. Publication numbers have 7 to 9 digits and
# a kind letter. Abroad: the country and its number, optionally with a kind code.
PATENT = r"""
    (?<![a-z0-9])(?:
        (?:zl|cn)\s*(?:\d{4}\s?\d\s?\d{7}|\d{7,9})(?:\.[\dx])?(?:\s?[abcdsuy]\d?)?
      | \d{12}\.[\dx]
      | (?:us|ep|wo|jp|kr|de|gb|fr)\s?(?:\d{4}/?\d{5,7}|\d{6,11})(?:\s?[a-z]\d?)?
    )(?![a-z0-9])
"""

_CHECK_DIGIT = re.compile(r"\.[\dx].*$")
_KIND = re.compile(r"(?<=\d)[a-z]\d?$")
_GAPS = re.compile(r"[\s/]+")


def ipc_tokens(code: str) -> tuple[str, str]:
    """``g06f 16/33`` → ``g06f`` (the subclass) and ``g06f16/33``."""
    joined = "".join(code.split())
    return joined[:4], joined


def patent_token(number: str) -> str:
    """One spelling for every way a patent number is written.

    ``zl 2020 1 0123456.7``, ``cn202010123456`` and ``202010123456.7`` all become ``cn202010123456``;
    ``cn 113456789 a`` becomes ``cn113456789``.
    """
    digits = _KIND.sub("", _CHECK_DIGIT.sub("", _GAPS.sub("", number)))
    if digits.startswith("zl"):
        return "cn" + digits[2:]
    return "cn" + digits if digits[0].isdigit() else digits

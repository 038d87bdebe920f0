"""Which letters the fonts have. A rare one in a name is written as its code, for a box would say nothing."""

import struct
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).with_name("fonts")
#: Control and formatting characters (among them those that turn the direction of text) and private ones are no letters.
_NO_LETTERS = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
_WIDE = 12  # the format of a character map that knows all of Unicode


def drawable(text: str) -> str:
    """The text with `〔U+20BB7〕` for each character that cannot be drawn; tabs are spaces, line breaks stay."""
    known = _letters()
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(one if one == "\n" or one in known else f"〔U+{ord(one):04X}〕" for one in lines)


@cache
def _letters() -> frozenset[str]:
    """What both weights have."""
    regular, bold = (
        _mapped((FONTS / f"NotoSansSC-{style}.ttf").read_bytes()) for style in ("Regular", "Bold")
    )
    return frozenset(one for one in regular & bold if unicodedata.category(one) not in _NO_LETTERS)


def _mapped(font: bytes) -> set[str]:
    """The characters of an OpenType font's `cmap` table."""
    (tables,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sLLL", font, 12 + 16 * n) for n in range(tables))
    start = next(offset for tag, _sum, offset, _length in records if tag == b"cmap")
    (count,) = struct.unpack_from(">H", font, start + 2)
    for n in range(count):
        (offset,) = struct.unpack_from(">L", font, start + 8 + 8 * n)
        if struct.unpack_from(">H", font, start + offset) == (_WIDE,):
            return _grouped(font, start + offset)
    raise ValueError("the font has no character map of all Unicode")


def _grouped(font: bytes, at: int) -> set[str]:
    (count,) = struct.unpack_from(">L", font, at + 12)
    groups = (struct.unpack_from(">LLL", font, at + 16 + 12 * n) for n in range(count))
    return {chr(code) for first, last, _glyph in groups for code in range(first, last + 1)}

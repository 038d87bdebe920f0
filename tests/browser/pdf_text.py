"""The words on a page that a browser has printed to PDF."""

import re
import unicodedata
from io import BytesIO

import pikepdf

_SINGLE = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
_RANGE = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
#: Radicals that fonts draw like the characters after them, and that Unicode does not count as the same.
_RADICALS = str.maketrans(
    "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻩⻬⻮⻰⻳", "母民虎西见角贝车长门青页风飞食马骨鬼鱼鸟黄齐齿龙龟"
)
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)


def pages_of(printed: bytes) -> list[str]:
    """The text of each page, `plain`, in the order in which it was drawn."""
    with pikepdf.open(BytesIO(printed)) as document:
        return [_text(page) for page in document.pages]


def _text(page: pikepdf.Page) -> str:
    fonts = {name: _letters(font) for name, font in page.resources.get("/Font", {}).items()}
    letters: dict[int, str] = {}
    drawn = []
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            letters = fonts[str(operands[0])]
        elif str(operator) in ("Tj", "TJ"):
            pieces = operands[0] if str(operator) == "TJ" else [operands[0]]
            drawn += [_read(bytes(piece), letters) for piece in pieces if isinstance(piece, pikepdf.String)]
    return plain("".join(drawn))


def plain(text: str) -> str:
    """Without white space, and with one form of each letter: fonts share glyphs between forms that look alike."""
    return "".join(unicodedata.normalize("NFKC", text).translate(_RADICALS).split())


def _read(codes: bytes, letters: dict[int, str]) -> str:
    """Chromium writes two bytes for each letter."""
    pairs = (int.from_bytes(codes[at : at + 2]) for at in range(0, len(codes), 2))
    return "".join(letters.get(code, "") for code in pairs)


def _letters(font: pikepdf.Object) -> dict[int, str]:
    """Which letters the codes of a font stand for."""
    found: dict[int, str] = {}
    for kind, body in _BLOCK.findall(font.ToUnicode.read_bytes()) if "/ToUnicode" in font else ():
        if kind == b"bfchar":
            found |= {int(code, 16): _utf16(text) for code, text in _SINGLE.findall(body)}
            continue
        for first, last, text in _RANGE.findall(body):
            start, letter = int(first, 16), int(text, 16)
            found |= {start + step: chr(letter + step) for step in range(int(last, 16) - start + 1)}
    return found


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be")

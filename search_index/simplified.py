"""Traditional Chinese to simplified Chinese; the only module that imports OpenCC.

OpenCC's dictionaries are read at the first Chinese character, not at import.
"""

from functools import cache, lru_cache

from opencc import OpenCC

_PIECE = 200  # the converter is quadratic in the length of a run of traditional characters
_MOST = 30_000  # characters remembered; no text but an attack has more
_same: set[str] = set()
"""Characters met so far that stay as they are: most texts have no other."""


def simplify(text: str) -> str:
    """Convert every traditional character of a text, by phrase where a phrase decides (乾坤, 乾燥)."""
    strange = set(text).difference(_same)
    if all(character == simplify_character(character) for character in strange):
        if len(_same) < _MOST:
            _same.update(strange)
        return text
    pieces = (text[start : start + _PIECE] for start in range(0, len(text), _PIECE))
    return "".join(_converter().convert(piece) for piece in pieces)


def simplify_character(character: str) -> str:
    """Convert one character alone; the length never changes."""
    return character if character < "\u3400" else _converted(character)


@lru_cache(maxsize=30_000)
def _converted(character: str) -> str:
    converted: str = _converter().convert(character)
    return converted if len(converted) == 1 else character


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")

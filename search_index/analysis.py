"""One analysis for everything: the tokens of a text, the same for documents and queries and every engine.

Chinese (and Japanese, Korean) runs become overlapping pairs of characters, so any piece of a title is found
and no dictionary is needed; Latin words are stemmed; codes stay whole.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import normalize

from search_index.codes import IPC, PATENT, ipc_tokens, patent_token
from search_index.simplified import simplify, simplify_character
from search_index.stems import stem

VERSION = 1
"""Raise it whenever a text gets other tokens than before: indexes of another version are rebuilt."""

LONGEST = 64
"""Characters of a token; longer words (addresses, base64) are cut."""

PARTICLES = frozenset("的了和是在与及等对为中或其以于之") | frozenset(
    {"a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "is", "it", "of", "on", "or"}
    | {"that", "the", "this", "to", "we", "with"}
)
"""Not indexed when they stand alone; inside a run of Chinese the pairs make them harmless."""

_HAN = "\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CJK = _HAN + "\u3040-\u30ff\u31f0-\u31ff\uac00-\ud7af"
_LETTER = rf"[^\W_{_CJK}]"
_PIECES = re.compile(
    rf"(?P<ipc>{IPC})|(?P<patent>{PATENT})|(?P<cjk>[{_CJK}]+)"
    rf"|(?P<word>{_LETTER}(?:(?:{_LETTER}|[_+\-./\#])*(?:{_LETTER}|[+\#]))?)",
    re.VERBOSE,
)
_HAN_ONLY = re.compile(rf"[{_HAN}]+")
_CJK_RUN = re.compile(rf"[{_CJK}]+")
_SURROGATES = re.compile("[\ud800-\udfff]")
_JOINTS = re.compile(r"[-_./]+")
_NUMBER = re.compile(r"[\d.]+")


@dataclass(frozen=True, slots=True)
class Token:
    """A token and the part of the folded text it came from."""

    text: str
    start: int
    end: int


def fold(text: str) -> str:
    """Half-width, lower-case, simplified: two spellings of the same thing fold to the same text.

    Halves of surrogate pairs, which no index can store, become replacement characters.
    """
    return simplify(normalize("NFKC", _SURROGATES.sub("\ufffd", text)).lower())


class _Folds(dict[str, str]):
    """Characters folded so far; those outside the basic plane are folded each time, which bounds it."""

    def __missing__(self, character: str) -> str:
        folded = "".join(map(simplify_character, normalize("NFKC", character).lower()))
        if character < "\U00010000":
            self[character] = folded
        return folded


_FOLDS = _Folds()


def fold_characters(text: str) -> list[str]:
    """Fold each character alone; one may become several (㎡ → m2) or none."""
    return list(map(_FOLDS.__getitem__, text))


def tokens(text: str) -> list[str]:
    """Tokens of a text in order. Never empty strings, never with spaces in them."""
    return [token.text for token in spans(fold(text))]


def spans(folded: str, *, pairs: bool = True) -> Iterator[Token]:
    """Tokens of an already folded text with their places; without `pairs`, only those of other scripts."""
    for match in _PIECES.finditer(folded):
        start, end, piece = match.start(), match.end(), match.group()
        match match.lastgroup:
            case "cjk":
                yield from _pairs(piece, start) if pairs else ()
            case "word":
                yield from _word(piece, start)
            case "patent":
                yield Token(patent_token(piece), start, end)
            case _:
                yield from (Token(text, start, end) for text in ipc_tokens(piece))


def is_han(text: str) -> bool:
    return _HAN_ONLY.fullmatch(text) is not None


def is_cjk(text: str) -> bool:
    return _CJK_RUN.fullmatch(text) is not None


def words(folded: str) -> Iterator[str]:
    """The purely alphabetic Latin words of a folded text, unstemmed (for correcting misspellings)."""
    for match in _PIECES.finditer(folded):
        if match.lastgroup == "word":
            yield from (part for part in _JOINTS.split(match.group()) if part.isascii() and part.isalpha())


def _pairs(run: str, start: int) -> Iterator[Token]:
    if len(run) == 1:
        if run not in PARTICLES:
            yield Token(run, start, start + 1)
        return
    for at in range(len(run) - 1):
        yield Token(run[at : at + 2], start + at, start + at + 2)


def _word(word: str, start: int) -> Iterator[Token]:
    """A word, or a compound (``5g/6g``, ``lr-tops-12``) whole and then in parts."""
    if word.isalpha():
        if word not in PARTICLES:
            yield Token(stem(word)[:LONGEST], start, start + len(word))
        return
    yield Token(word[:LONGEST], start, start + len(word))
    if _NUMBER.fullmatch(word) or not _JOINTS.search(word):
        return
    at = 0
    for part in _JOINTS.split(word):
        at = word.index(part, at)
        yield Token(stem(part)[:LONGEST], start + at, start + at + len(part))
        at += len(part)

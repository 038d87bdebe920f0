"""What there is to say about a row: where, what is wrong, how to change it. Kept in both languages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from marketplace.core.db import JSONObject
from marketplace.core.errors import Words
from marketplace.core.i18n import LANGUAGES, Language, speaking

LONGEST_VALUE = 80


class Weight(StrEnum):
    """An error keeps the row out; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Note:
    """`column` is the header in the file, empty for the whole row; `value` what stood there, shortened."""

    weight: Weight
    code: str
    message: Words
    column: str = ""
    value: str = ""
    achievement_id: str = ""

    @property
    def shown(self) -> str:
        return shortened(self.value)


def shortened(value: str) -> str:
    """At most 80 characters in one line; the rest is in the file."""
    flat = " ".join(value[: LONGEST_VALUE * 4].split())
    return flat if len(flat) <= LONGEST_VALUE else f"{flat[: LONGEST_VALUE - 1]}…"


def kept(rows: Sequence[Iterable[Note]]) -> list[list[JSONObject]]:
    """The notes of each row as they are stored: words in both languages, since readers come later."""
    listed = [list(notes) for notes in rows]
    said = {language: _said(listed, language) for language in LANGUAGES}
    return [
        [
            {
                "weight": note.weight.value,
                "code": note.code,
                "column": note.column,
                "value": note.shown,
                "zh": zh,
                "en": en,
                "achievement": note.achievement_id,
            }
            for note, zh, en in zip(notes, chinese, english, strict=True)
        ]
        for notes, chinese, english in zip(listed, said["zh"], said["en"], strict=True)
    ]


def _said(rows: list[list[Note]], language: Language) -> list[list[str]]:
    with speaking(language):
        return [[str(note.message) for note in notes] for notes in rows]


def in_both(words: Words) -> JSONObject:
    """One sentence in both languages."""
    return {language: _said([[Note(Weight.ERROR, "", words)]], language)[0][0] for language in LANGUAGES}

"""The letters about an entry, from the builders that the packages announced, and their words in both languages."""

from dataclasses import dataclass

from marketplace.core.context import Context
from marketplace.core.errors import Words
from marketplace.core.i18n import speaking
from marketplace.core.journal import Entry
from marketplace.core.registry import Letter
from marketplace.core.runtime import runtime


@dataclass(frozen=True)
class Bilingual:
    """One text, twice."""

    zh: str
    en: str

    def text(self, language: str) -> str:
        return self.en if language == "en" else self.zh


def letters_about(ctx: Context, entry: Entry) -> list[Letter]:
    """Every letter about the entry, at most one for each person."""
    written: dict[str, Letter] = {}
    for builder in runtime().registry.letters:
        if entry.kind.startswith(builder.kinds):
            for letter in builder.build(ctx, entry):
                written.setdefault(letter.user_id or letter.address, letter)
    return list(written.values())


def both(words: Words) -> Bilingual:
    """The words in Chinese and in English."""
    with speaking("zh"):
        chinese = str(words)
    with speaking("en"):
        english = str(words)
    return Bilingual(chinese, english)

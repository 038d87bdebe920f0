"""What a verifier says when a file does not hold: where, what the file says, what follows from the rest of it."""

from dataclasses import dataclass
from datetime import datetime

from marketplace.core.phrases import Locale, Phrase


@dataclass(frozen=True)
class Disagreement:
    """`place` is the path into the file, such as `offers.2.commitment`. `found` stands in the file, `due` is right."""

    place: str
    words: Phrase
    found: object = ""
    due: object = ""

    def text(self, locale: Locale) -> str:
        """One line for a terminal."""
        return _LINE.text(
            locale,
            place=self.place,
            words=self.words.text(locale),
            found=_said(self.found),
            due=_said(self.due),
        )


_LINE = Phrase(
    "{place}：{words}。文件所载：{found}；应为：{due}",
    "{place}: {words}. In the file: {found}; should be: {due}",
)


def _said(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return "-" if value is None or value == "" else str(value)

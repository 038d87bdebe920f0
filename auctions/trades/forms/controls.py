"""Controls of the forms of trades: whole numbers, choices, lists of texts."""

from collections.abc import Mapping
from typing import Any

from wtforms import RadioField, SelectField, StringField
from wtforms.validators import ValidationError

from listings.achievements.forms.fields import line
from listings.achievements.forms.parts import PartForm, PartsField
from marketplace.core.db import JSONValue
from marketplace.core.halfwidth import halfwidth
from marketplace.core.i18n import LazyString
from marketplace.core.i18n import gettext as _
from marketplace.core.i18n import lazy_gettext as _l

LIKE_A_DATE = _l("如 2024-06-30")
WORKDAYS, DAYS = _l("个工作日"), _l("日")


class CountField(StringField):  # type: ignore[misc]
    """A whole number; nothing typed means `least`. What is none stays in the control with its complaint."""

    def __init__(self, label: Any, *, least: int = 0, unit: Any = "", **settings: Any) -> None:
        super().__init__(label, **settings)
        self.least, self.unit = least, unit

    @property
    def kept(self) -> JSONValue:
        return self._number()

    def process_data(self, value: Any) -> None:
        self.data = str(value) if value else ""

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002
        try:
            self._number()
        except ValueError as error:
            raise ValidationError(_("填写整数，用阿拉伯数字")) from error

    def _number(self) -> int:
        typed = halfwidth(str(self.data or "")).strip()
        if not typed:
            return self.least
        if not (typed.isascii() and typed.isdigit() and len(typed) < 5):
            raise ValueError(typed)
        return int(typed)


class WordField(SelectField):  # type: ignore[misc]
    """One of a few words, from a list that opens. The command says which there are."""

    def __init__(self, label: Any, **settings: Any) -> None:
        super().__init__(label, validate_choice=False, **settings)

    @property
    def kept(self) -> JSONValue:
        return str(self.data or "")


class ChoiceField(RadioField):  # type: ignore[misc]
    """One of a few words, all in view. The command says which there are."""

    def __init__(self, label: Any, **settings: Any) -> None:
        super().__init__(label, validate_choice=False, **settings)


class LinesField(PartsField):
    """A list of texts: rows with one control each, named `text`."""

    @property
    def kept(self) -> JSONValue:
        rows: Any = super().kept
        return [row["text"] for row in rows]


class LineForm(PartForm):
    needed = "text"

    text = line(_l("内容"))


def words_of(choices: Mapping[Any, LazyString]) -> list[tuple[str, LazyString]]:
    return [(str(code), words) for code, words in choices.items()]

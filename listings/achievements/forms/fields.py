"""Controls that keep what was typed: a value is understood, or it stays as text beside its complaint.

Each control of a section says in `kept` what it means as JSON, the shape in which content is stored.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from wtforms import (
    BooleanField,
    Field,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.fields.choices import Choice
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from listings.achievements.texts import tidy
from listings.classification import TRL, codes
from listings.shares import percent, share_bp
from marketplace.core.db import JSONValue
from marketplace.core.errors import Words
from marketplace.core.halfwidth import halfwidth
from marketplace.core.i18n import LazyString, current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.money import MoneyError, parse_yuan

_SEPARATORS = re.compile(r"[;；,，、\n]+")
_DATE = re.compile(r"([0-9]{4})[-/.年]?([0-9]{1,2})[-/.月]?([0-9]{1,2})日?")
_MONTH = re.compile(r"([0-9]{4})[-/.年]?([0-9]{1,2})月?")
_NONE_YET = _l("请选择")
FEN_PER_WAN = 1_000_000


class LineField(StringField):  # type: ignore[misc]
    """A line of text, tidied."""

    def __init__(self, label: LazyString | str, **options: Any) -> None:
        super().__init__(label, filters=[_tidied], **options)

    @property
    def kept(self) -> JSONValue:
        return str(self.data or "")


class AddressField(LineField):
    """A mail address as accounts keep it: half width, lower case."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = halfwidth(tidy(valuelist[0])).lower() if valuelist else ""


class LongTextField(TextAreaField):  # type: ignore[misc]
    """A text area that knows its limit for the counter; the command enforces it."""

    def __init__(self, *arguments: Any, limit: int, **options: Any) -> None:
        super().__init__(*arguments, filters=[_tidied], **options)
        self.flags.max_length = limit

    @property
    def kept(self) -> JSONValue:
        return str(self.data or "")


class CheckField(BooleanField):  # type: ignore[misc]
    """Yes or no."""

    @property
    def kept(self) -> JSONValue:
        return bool(self.data)


class YesNoField(RadioField):  # type: ignore[misc]
    """`yes`, `no`, or not said. `words` are what both are called."""

    def __init__(
        self, label: Any, words: tuple[Words, Words] = (_l("是"), _l("否")), **settings: Any
    ) -> None:
        choices = [SelectChoice(code, said) for code, said in zip(("yes", "no"), words, strict=True)]
        super().__init__(label, choices=choices, validate_choice=False, **settings)

    @property
    def kept(self) -> JSONValue:
        return str(self.data or "")


class CodeField(SelectField):  # type: ignore[misc]
    """One code of a list, or none. Unknown codes are the rules' complaint, said once for every door.

    `empty` is the text of the choice of none; without it there is no such choice.
    """

    def __init__(
        self, label: LazyString, listed: str, *, empty: LazyString | None = _NONE_YET, **options: Any
    ) -> None:
        super().__init__(label, choices=[], validate_choice=False, **options)
        self.listed, self.empty = listed, empty

    @property
    def kept(self) -> JSONValue:
        return str(self.data or "")

    def pre_validate(self, form: Any) -> None:
        """Every code passes here."""

    def iter_choices(self) -> Iterator[Choice]:
        for code, label in code_choices(self.listed, empty=self.empty):
            yield Choice(code, label, code == (self.data or ""), {})


class CodesField(SelectMultipleField):  # type: ignore[misc]
    """Several codes of a list, as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: LazyString, listed: str, **options: Any) -> None:
        super().__init__(label, choices=[], validate_choice=False, **options)
        self.listed = listed

    @property
    def kept(self) -> JSONValue:
        return [str(code) for code in self.data or ()]

    def pre_validate(self, form: Any) -> None:
        """Every code passes here."""

    def iter_choices(self) -> Iterator[Choice]:
        chosen = set(self.data or ())
        for code, label in code_choices(self.listed):
            yield Choice(code, label, code in chosen, {})


class TrlField(RadioField):  # type: ignore[misc]
    """A readiness level from 1 to 9, each with its meaning and the evidence expected."""

    def __init__(self, label: LazyString, **options: Any) -> None:
        super().__init__(
            label,
            choices=[],
            validate_choice=False,
            coerce=_level,
            invalid_value_message=_l("选择技术成熟度"),
            **options,
        )

    @property
    def kept(self) -> JSONValue:
        level: int | None = self.data
        return level

    def iter_choices(self) -> Iterator[Choice]:
        language = current_language()
        for item in TRL:
            words = _("%(level)s · %(meaning)s（%(evidence)s）", level=item.code, meaning=item.label(language), evidence=item.evidence(language))  # fmt: skip
            yield Choice(item.code, words, str(self.data or "") == item.code, {})

    def pre_validate(self, form: Any) -> None:
        """The range is the command's rule."""


class WordsField(StringField):  # type: ignore[misc]
    """Several words in one line, separated by any comma or semicolon, Chinese or not."""

    @property
    def kept(self) -> JSONValue:
        return list(self.data or ())

    def _value(self) -> str:
        return "；".join(self.data or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        text = self.read(valuelist[0]) if valuelist else ""
        self.data = [word.strip() for word in _SEPARATORS.split(text) if word.strip()]

    def process_data(self, value: Any) -> None:
        self.data = list(value or ())

    def read(self, text: str) -> str:
        return tidy(text)


class IpcField(WordsField):
    """Classes of the international patent classification, in half-width capitals."""

    def read(self, text: str) -> str:
        return tidy(halfwidth(text)).upper()


class WanField(StringField):  # type: ignore[misc]
    """An amount typed in 万元: `12.5`, `１２．５`, `3 亿`. Kept as fen."""

    @property
    def kept(self) -> JSONValue:
        return self._fen()

    def process_data(self, value: Any) -> None:
        self.data = fen_as_wan(value)

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002
        try:
            self._fen()
        except MoneyError as error:
            raise ValidationError(str(error.message)) from error

    def _fen(self) -> int | None:
        text = halfwidth(str(self.data or "")).strip()
        if not text:
            return None
        return parse_yuan(text if text[-1] in "元圆万亿" else f"{text}万元")


class ShareField(StringField):  # type: ignore[misc]
    """A share typed as a percentage with up to two decimals: `60`, `33.33 %`. Kept as basis points."""

    unit = "%"

    @property
    def kept(self) -> JSONValue:
        return share_bp(str(self.data or ""))

    def process_data(self, value: Any) -> None:
        self.data = percent(value) if isinstance(value, int) else value

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = tidy(valuelist[0]) if valuelist else ""

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002
        try:
            share_bp(str(self.data or ""))
        except ValueError as error:
            raise ValidationError(_("填写百分比，最多两位小数，如 33.33")) from error


class DayField(StringField):  # type: ignore[misc]
    """A date or nothing, in any usual notation. What is no date stays in the control with its complaint."""

    @property
    def kept(self) -> JSONValue:
        return self.data.isoformat() if self.data else None

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else self.data.isoformat() if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = tidy(halfwidth(valuelist[0])) if valuelist else ""
        self.data = None
        if not text:
            return
        found = _DATE.fullmatch("".join(text.split()))
        try:
            self.data = date(*map(int, found.groups())) if found else None
        except ValueError:
            found = None
        if found is None:
            raise ValueError(_("按“2024-06-30”的格式填写日期"))


class MonthField(LineField):
    """A month as `2024-06`, typed in any usual notation; what is none is the rules' complaint."""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = tidy(halfwidth(valuelist[0])) if valuelist else ""
        found = _MONTH.fullmatch("".join(text.split()))
        self.data = f"{found[1]}-{int(found[2]):02d}" if found else text


def code_choices(name: str, *, empty: LazyString | None = None) -> list[tuple[str, str]]:
    """Choices of a code list in the page's language, children indented behind their parents."""
    listed = codes(name)
    language = current_language()
    choices = [("", str(empty))] if empty is not None else []
    for item in listed:
        depth = len(listed.path(item.code)) - 1
        choices.append((item.code, "　" * depth + item.label(language)))
    return choices


def fen_as_wan(fen: int | None) -> str:
    """Fen as the text of a 万元 control, exact: 12.5 for 12,500,000 fen."""
    if fen is None:
        return ""
    whole, rest = divmod(fen, FEN_PER_WAN)
    return f"{whole}.{rest:06d}".rstrip("0").rstrip(".") if rest else str(whole)


def line(label: LazyString | str, hint: LazyString | str = "", **options: Any) -> Field:
    """A line of text."""
    return LineField(label, description=hint, **options)


def text(label: LazyString, limit: int, hint: LazyString | str = "", rows: int = 6) -> Field:
    """A block of text with a counter."""
    return LongTextField(label, description=hint, limit=limit, render_kw={"rows": rows})


def _tidied(value: str | None) -> str:
    return tidy(value or "")


def _level(value: Any) -> int | None:
    """Raises ValueError for what is no number."""
    text = str(value or "")
    if text and not (text.isascii() and text.isdigit() and len(text) < 4):
        raise ValueError
    return int(text) if text else None

"""Controls that keep what was typed: a value is understood or it stays as text beside its complaint."""

import re
from typing import Any

from wtforms import Field, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from listings.classification import codes
from marketplace.core.halfwidth import halfwidth
from marketplace.core.i18n import LazyString, current_language
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.money import MoneyError, parse_yuan

_SEPARATORS = re.compile(r"[;；,，、\n]+")


def code_choices(name: str, *, empty: LazyString | None = None, roots: bool = False) -> list[tuple[str, str]]:
    """Choices of a code list in the page's language, children indented behind their parents."""
    listed = codes(name)
    language = current_language()
    choices = [("", str(empty))] if empty is not None else []
    for item in listed:
        if roots and item.parent is not None:
            continue
        depth = len(listed.path(item.code)) - 1
        choices.append((item.code, "　" * depth + item.label(language)))
    return choices


class CodeField(SelectField):  # type: ignore[misc]
    """One code of a list, or none."""

    def __init__(self, label: LazyString, listed: str, **options: Any) -> None:
        super().__init__(label, choices=[], validate_choice=False, **options)
        self.listed = listed

    def pre_validate(self, form: Any) -> None:
        """Unknown codes are the command's complaint, said once for every door."""

    def iter_choices(self) -> Any:
        for code, label in code_choices(self.listed, empty=_l("请选择")):
            yield code, label, code == (self.data or ""), {}


class CodesField(SelectMultipleField):  # type: ignore[misc]
    """Several codes of a list, as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: LazyString, listed: str, **options: Any) -> None:
        super().__init__(label, choices=[], validate_choice=False, **options)
        self.listed = listed

    def pre_validate(self, form: Any) -> None:
        """Unknown codes are the command's complaint, said once for every door."""

    def iter_choices(self) -> Any:
        chosen = set(self.data or ())
        for code, label in code_choices(self.listed):
            yield code, label, code in chosen, {}


class WordsField(StringField):  # type: ignore[misc]
    """Several words in one line, separated by any comma or semicolon, Chinese or not."""

    def _value(self) -> str:
        return "；".join(self.data or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0] if valuelist else ""
        self.data = [word.strip() for word in _SEPARATORS.split(text) if word.strip()]

    def process_data(self, value: Any) -> None:
        self.data = list(value or ())


class WanField(StringField):  # type: ignore[misc]
    """An amount typed in 万元; `fen` is what it means, None when empty or not understood."""

    def _value(self) -> str:
        return str(self.data or "")

    @property
    def fen(self) -> int | None:
        text = halfwidth(str(self.data or "")).strip()
        if not text:
            return None
        return parse_yuan(text if text[-1] in "元圆万亿" else f"{text}万元")

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002
        try:
            _ = self.fen
        except MoneyError as error:
            raise ValidationError(str(error.message)) from error


def fen_as_wan(fen: int | None) -> str:
    """Fen as the text of a 万元 control, exact: 12.5 for 12,500,000 fen."""
    if fen is None:
        return ""
    whole, rest = divmod(fen, 1_000_000)
    return f"{whole}.{rest:06d}".rstrip("0").rstrip(".") if rest else str(whole)


def line(label: LazyString, limit: int, hint: LazyString | str = "", **options: Any) -> Field:
    """A line of text with its limit, which the command checks."""
    return StringField(label, description=hint, render_kw={"data-limit": limit, **options}, filters=[_tidy])


def text(label: LazyString, limit: int, hint: LazyString | str = "", rows: int = 6) -> Field:
    """A block of text with a counter."""
    return LongTextField(label, description=hint, limit=limit, render_kw={"rows": rows}, filters=[_tidy])


class LongTextField(TextAreaField):  # type: ignore[misc]
    """A text area that knows its limit for the counter; the command enforces it."""

    def __init__(self, *arguments: Any, limit: int, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.flags.max_length = limit


def _tidy(value: str | None) -> str:
    """Line ends as the journal hashes them, no stray space around, no characters that cannot be stored."""
    return (value or "").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()

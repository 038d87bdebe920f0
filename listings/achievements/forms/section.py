"""What the pages of the form have in common: they show what is stored, and say what was understood of what was typed."""

from typing import Any, ClassVar

from werkzeug.datastructures import MultiDict
from wtforms import Field

from listings.achievements.forms.fields import CheckField, CodesField
from listings.achievements.forms.parts import PartsField
from listings.achievements.texts import tidy
from listings.achievements.written import ACHIEVEMENT
from listings.written import Written
from marketplace.core.db import JSONObject, JSONValue
from marketplace.core.errors import Invalid
from marketplace.web.forms import Form

_NOT_CONTENT = frozenset({"csrf_token", "request_key"})
_MOST_TYPED = 100_000  # characters of one control that are kept although they were not understood


class SectionForm(Form):
    """A page of the form. Its controls are named like the content fields they fill."""

    #: The text that is filled.
    written: ClassVar[Written] = ACHIEVEMENT
    #: Is no control of this page optional?
    needed_whole = False

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for field in self.controls():
            if self.needed_whole or field.short_name in self.written.needed:
                field.flags.required = True

    def controls(self) -> list[Any]:
        return [field for field in self if field.short_name not in _NOT_CONTENT]

    def show(self, content: Any, typed: JSONObject) -> None:
        """Put stored values into the controls, and over them, with its complaint, what was not understood when typed."""
        for field in self.controls():
            if field.short_name in typed:
                field.process(_as_sent(field, typed[field.short_name]))
                field.validate(self)
            else:
                self.fill(field, content)
        if typed:
            self.judge(content)
        self.offer_more()

    def fill(self, field: Any, content: Any) -> None:
        """Put a stored value into its control."""
        value = getattr(content, field.short_name)
        if isinstance(field, PartsField):
            field.process(None, [part.__dict__ for part in value])
        else:
            field.process_data(value)

    def judge(self, stored: Any) -> None:
        """Put the rules' complaints about what was typed beside the controls."""
        changes = self.changes()
        wished = self.written.from_json({**self.written.to_json(stored), **changes})
        complaints = [c for c in self.written.complaints(wished) if c.field.partition(".")[0] in changes]
        self.complain(Invalid(complaints))

    def changes(self) -> JSONObject:
        """Content fields in JSON shape. What was not sent stays as it is; what has a complaint is left out."""
        return {f.short_name: f.kept for f in self.controls() if _sent(f) and not f.errors}

    def typed(self) -> JSONObject:
        """What was typed into controls with complaints, as it was sent."""
        return {f.short_name: _as_typed(f) for f in self.controls() if f.errors}

    def offer_more(self) -> None:
        """Show empty rows below the filled ones of every list, so that it grows without scripts too."""
        for field in self.controls():
            if isinstance(field, PartsField):
                field.offer_more()


def _sent(field: Any) -> bool:
    """Was the control part of what was sent? Check boxes without a tick send nothing at all."""
    if isinstance(field, PartsField):
        return field.given
    return bool(field.raw_data) or isinstance(field, (CheckField, CodesField))


def _as_typed(field: Any) -> JSONValue:
    if isinstance(field, PartsField):
        return field.typed()
    kept: list[JSONValue] = [tidy(str(text))[:_MOST_TYPED] for text in field.raw_data or ()]
    return kept


def _as_sent(field: Field, typed: JSONValue) -> MultiDict[str, str]:
    """What `_as_typed` kept, as a browser would send it."""
    if isinstance(field, PartsField):
        return field.as_typed(typed)
    return MultiDict((field.name, str(text)) for text in (typed if isinstance(typed, list) else [typed]))

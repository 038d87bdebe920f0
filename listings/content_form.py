"""A form for a whole content dataclass on one page: it shows what is stored and says what was typed, in JSON shape.

Unlike the sections of an achievement it keeps nothing that was not understood: until all of it is, the page comes back
with everything as typed.
"""

from dataclasses import asdict
from typing import Any

from wtforms import FormField

from listings.achievements.forms.fields import CheckField, CodesField
from listings.achievements.forms.parts import PartForm, PartsField
from marketplace.core.db import JSONObject, JSONValue
from marketplace.web.forms import Form

_NOT_CONTENT = frozenset({"csrf_token", "request_key"})


class WholePart(PartForm):
    """A row of which no control may stay empty."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for part in self:
            part.flags.required = True


class GroupField(FormField):  # type: ignore[misc]
    """Controls that belong together and are one dataclass of the content."""

    given: bool

    def process(self, formdata: Any, *arguments: Any, **options: Any) -> None:
        super().process(formdata, *arguments, **options)
        prefix = self.name + self.separator
        self.given = formdata is not None and any(str(name).startswith(prefix) for name in formdata)

    @property
    def kept(self) -> JSONValue:
        return {part.short_name: part.kept for part in self.form}

    def mapping(self, value: Any) -> dict[str, Any]:
        """The stored value as values of the controls."""
        return asdict(value)


class ContentForm(Form):
    """Controls named like the fields of the content they fill. `needed` must be filled before anything is decided."""

    needed: frozenset[str] = frozenset()

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for field in self.controls():
            if field.short_name in self.needed:
                field.flags.required = True

    def controls(self) -> list[Any]:
        return [field for field in self if field.short_name not in _NOT_CONTENT]

    def show(self, content: Any) -> None:
        """Put the values of a content dataclass into the controls."""
        for field in self.controls():
            value = getattr(content, field.short_name)
            if isinstance(field, PartsField):
                field.process(None, [asdict(part) for part in value])
            elif isinstance(field, GroupField):
                field.process(None, field.mapping(value))
            else:
                field.process_data(value)
        self.offer_more()

    def changes(self) -> JSONObject:
        """What was typed, by field, in JSON shape, as far as it was understood; what was not sent is left out."""
        return {
            field.short_name: field.kept for field in self.controls() if _sent(field) and not field.errors
        }

    def offer_more(self) -> None:
        """Show empty rows below the filled ones of every list, so that it grows without scripts too."""
        for field in self.controls():
            if isinstance(field, PartsField):
                field.offer_more()


def _sent(field: Any) -> bool:
    """Was the control part of what was sent? Check boxes without a tick send nothing at all."""
    if isinstance(field, (PartsField, GroupField)):
        return field.given
    return bool(field.raw_data) or isinstance(field, (CheckField, CodesField))

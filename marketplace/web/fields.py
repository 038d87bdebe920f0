"""Controls and marks that forms have in common."""

from collections.abc import Iterable

from wtforms import Field, SelectMultipleField, StringField
from wtforms import Form as PlainForm
from wtforms.fields import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget, PasswordInput

from marketplace.core.errors import Words


class Asked:
    """Marks a field that must be filled in. The command says so; this only keeps 选填 off its label."""

    field_flags = {"required": True}  # noqa: RUF012

    def __call__(self, form: PlainForm, field: Field) -> None:
        """Nothing to check: the rules live in the commands."""


class Limit:
    """Tells the reader how long a text may be. The command keeps the rule."""

    def __init__(self, most: int) -> None:
        self.field_flags = {"max_length": most}

    def __call__(self, form: PlainForm, field: Field) -> None:
        """Nothing to check."""


class PasswordField(StringField):  # type: ignore[misc]
    """Typed unseen and never sent back. Unlike other text it is taken exactly as typed."""

    widget = PasswordInput(hide_value=True)


class CheckboxesField(SelectMultipleField):  # type: ignore[misc]
    """Several of a list, as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def options(pairs: Iterable[tuple[str, Words]], first: Words | None = None) -> list[SelectChoice]:
    """Choices of a field from (value, text) pairs; `first` is the text of an empty one before them."""
    empty = [] if first is None else [SelectChoice("", first)]
    return [*empty, *(SelectChoice(value, text) for value, text in pairs)]

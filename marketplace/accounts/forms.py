"""What the forms of this package have in common."""

import secrets
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from wtforms import Field, HiddenField, SelectMultipleField, StringField
from wtforms import Form as PlainForm
from wtforms.widgets import CheckboxInput, ListWidget, PasswordInput

from marketplace.web.forms import Form


class Asked:
    """Marks a field that must be filled in. The command says so; this only keeps 选填 off its label."""

    field_flags = {"required": True}  # noqa: RUF012

    def __call__(self, form: PlainForm, field: Field) -> None:
        """Nothing to check: the rules live in the commands."""


class OnceForm(Form):
    """A form that is carried out once, however often it is sent: its key is made with the page."""

    request_key = HiddenField(default=lambda: secrets.token_urlsafe(18))


class PasswordField(StringField):  # type: ignore[misc]
    """Typed unseen and never sent back. Unlike other text it is taken exactly as typed."""

    widget = PasswordInput(hide_value=True)


class CheckboxesField(SelectMultipleField):  # type: ignore[misc]
    """Several of a list, as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def form_page(template: str, form: Form, **facts: Any) -> ResponseReturnValue:
    """The page of a form: 200 when fresh, 422 with what was typed and the complaints."""
    complained = bool(form.errors)
    return render_template(template, form=form, **facts), 422 if complained else 200

"""Forms: one door to the commands. They check shape; the rules of the domain live in the command."""

import secrets
from collections.abc import Iterator
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf import CSRFProtect, FlaskForm
from flask_wtf.csrf import CSRFError
from flask_wtf.file import FileField
from wtforms import Field, HiddenField

from marketplace.core.errors import Invalid
from marketplace.core.i18n import current_language

__all__ = ["CSRFError", "FileField", "Form", "csrf", "request_key"]

csrf = CSRFProtect()

REQUEST_KEY_LENGTH = 64


def _new_key() -> str:
    return secrets.token_urlsafe(16)


class Form(FlaskForm):  # type: ignore[misc]
    """Base of all forms. Speaks the page's language and shows a command's complaints beside its fields.

    `request_key` is made with the page; a command run with it is carried out once, however often it is sent.
    """

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        @property
        def locales(self) -> list[str]:
            return ["en"] if current_language() == "en" else ["zh"]

    request_key = HiddenField(default=_new_key)

    def submitted(self) -> bool:
        """Sent with an unsafe method and of the right shape."""
        return bool(self.validate_on_submit())

    def complain(self, invalid: Invalid) -> None:
        """Put a command's field errors beside the fields; those without a field go to the form."""
        for error in invalid.errors:
            field = self._find(error.field)
            if field is None:
                self.form_errors.append(str(error.message))
            else:
                field.errors = [*field.errors, str(error.message)]

    def complaints(self) -> Iterator[tuple[str, str]]:
        """Every error as (id of the control, sentence), for the summary."""
        for sentence in self.form_errors:
            yield "", sentence
        for field in self:
            yield from _field_complaints(field)

    def _find(self, name: str) -> Field | None:
        """The control a dotted name such as `completers.0.name` means, or the nearest one that holds it."""
        head, *rest = name.split(".")
        found: Any = self._fields.get(head)
        for part in rest:
            entries = getattr(found, "entries", None)
            inner = getattr(found, "form", None)
            if entries is not None and part.isdigit() and int(part) < len(entries):
                found = entries[int(part)]
            elif inner is not None and part in inner._fields:
                found = inner._fields[part]
            else:
                break
        return found


def _field_complaints(field: Any) -> Iterator[tuple[str, str]]:
    inner = getattr(field, "entries", None) or getattr(getattr(field, "form", None), "_fields", {}).values()
    if inner:
        for part in inner:
            yield from _field_complaints(part)
        own = getattr(field, "errors", ())
        yield from ((field.id, str(e)) for e in own if isinstance(e, str))
    else:
        yield from ((field.id, str(error)) for error in field.errors)


def request_key() -> str | None:
    """The key of this request: the `Idempotency-Key` header or the form's hidden field."""
    key = request.headers.get("Idempotency-Key") or request.form.get("request_key")
    return key[:REQUEST_KEY_LENGTH] if key else None


def form_page(template: str, form: Form, **facts: Any) -> ResponseReturnValue:
    """The page of a form: 200 when fresh, 422 with what was typed and the complaints."""
    complained = bool(form.errors)
    return render_template(template, form=form, **facts), 422 if complained else 200

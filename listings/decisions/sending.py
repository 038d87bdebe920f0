"""A file that came with a form, kept as the unit's own: minutes of a meeting, a signed agreement."""

from typing import Any

from flask import request

from listings.decisions.minutes import claimed, keep_minutes
from listings.decisions.record import Minutes
from marketplace.core.errors import FieldError, Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.uploads.gate import UploadRefused
from marketplace.web.context import current_actor


def sent_file(sent: Any, name: str) -> Minutes | None:
    """The file of the control `name` that was sent now, or with an earlier try (in `kept_<name>`).

    A refused one is complained about beside the control.
    """
    given = request.files.get(name)
    if given is None or not given.filename:
        return claimed(current_actor(), str(sent[f"kept_{name}"].data or ""))
    try:
        return keep_minutes(given.filename, given.stream)
    except UploadRefused as refused:
        message = _("“%(name)s”未保存：%(why)s", name=given.filename, why=str(refused.message))
        sent.complain(Invalid([FieldError(name, refused.code, message)]))
        return None

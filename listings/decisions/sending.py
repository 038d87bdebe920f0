"""The minutes that came with a form."""

from flask import request

from listings.decisions.forms import DecisionForm
from listings.decisions.minutes import claimed, keep_minutes
from listings.decisions.record import Minutes
from marketplace.core.errors import FieldError, Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.uploads.gate import UploadRefused
from marketplace.web.context import current_actor


def sent_minutes(sent: DecisionForm) -> Minutes | None:
    """The file that was sent now, or with an earlier try. A refused one is complained about beside the control."""
    given = request.files.get("minutes")
    if given is None or not given.filename:
        return claimed(current_actor(), str(sent.kept_minutes.data or ""))
    try:
        return keep_minutes(given.filename, given.stream)
    except UploadRefused as refused:
        message = _("“%(name)s”未保存：%(why)s", name=given.filename, why=str(refused.message))
        sent.complain(Invalid([FieldError("minutes", refused.code, message)]))
        return None

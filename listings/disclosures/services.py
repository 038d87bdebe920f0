"""Handing a disclosure to the unit."""

from dataclasses import dataclass

from listings.disclosures.confirming import complaints_about, ready
from listings.disclosures.lifecycle import DISCLOSURE
from listings.disclosures.models import EDITABLE, Disclosure
from listings.disclosures.policy import EDIT
from listings.disclosures.reach import disclosure_for
from listings.secrecy import DRAFTABLE
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict, FieldError, Invalid
from marketplace.core.i18n import lazy_gettext as _l


@dataclass(frozen=True)
class Statements:
    """What whoever submits states: that it is true, that nothing and nobody is left out."""

    truthful: bool
    complete: bool


def submit(ctx: Context, disclosure_id: str, given: Statements, *, version: int | None = None) -> Disclosure:
    """Hand the disclosure in, once every completer has confirmed exactly this text. The unit's clock begins.

    `version` is the save that was looked at, if any was named. Raises Invalid, and Conflict while a confirmation lacks.
    """
    disclosure = disclosure_for(ctx, disclosure_id, EDIT)
    if disclosure.state in EDITABLE:
        _check(disclosure, given, version)
    data: JSONObject = {
        "digest": disclosure.digest,
        "completers": [row.id for row in disclosure.completers],
    }
    DISCLOSURE.move(ctx, disclosure, "submit", data)
    disclosure.submitted_at, disclosure.submitted_by = ctx.now, ctx.actor.user_id
    disclosure.updated_at = ctx.now
    disclosure.overdue_at = disclosure.replied_at = None
    DISCLOSURE.arm(ctx, disclosure)
    return disclosure


def _check(disclosure: Disclosure, given: Statements, version: int | None) -> None:
    if disclosure.clearance not in DRAFTABLE:
        raise Conflict(_l("请先完成保密自查"), code="not_cleared")
    if version is not None and version != disclosure.version:
        raise Conflict(_l("你核对之后内容又被保存过，请重新核对"), code="stale")
    errors = complaints_about(disclosure)
    if not given.truthful:
        errors.append(FieldError("truthful", "required", _l("确认内容真实")))
    if not given.complete:
        errors.append(FieldError("complete", "required", _l("确认没有遗漏完成人、项目和第三方权利")))
    if errors:
        raise Invalid(errors)
    if not ready(disclosure):
        raise Conflict(_l("还有完成人没有确认，全部确认后才能提交"), code="not_confirmed")

"""Completers confirm in person: each the exact content with its shares, with their own account or on signed paper."""

from dataclasses import dataclass
from typing import IO

from listings.achievements.content import Attachment
from listings.disclosures.content import from_json
from listings.disclosures.drafting import void_confirmations
from listings.disclosures.models import EDITABLE, Disclosure, DisclosureCompleter
from listings.disclosures.policy import CONFIRM, EDIT
from listings.disclosures.reach import disclosure_for, editable
from listings.disclosures.rules import submission_complaints
from listings.signatories import (
    absent,
    all_confirmed,
    check_document,
    checked_reason,
    confirmed,
    declined,
    match_accounts,
    own_row,
    signed_on_paper,
    unask,
)
from listings.taking_in import take_in
from marketplace.core.context import Actor, Context
from marketplace.core.errors import Conflict, FieldError, Invalid, NotFound
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.journal import record
from marketplace.core.uow import reading, unit_of_work


@dataclass(frozen=True)
class Confirmation:
    """A completer's word. `digest` is what the page showed; `contributed`: made a creative contribution; `agreed`: with all shares."""

    digest: str
    contributed: bool
    agreed: bool


def complaints_about(disclosure: Disclosure) -> list[FieldError]:
    """Everything that is missing before the completers can be asked to confirm."""
    content = from_json(disclosure.content)
    found = list(submission_complaints(content, described=disclosure.described))
    found += [FieldError(name, "not_understood", _l("修改或清空这一项")) for name in disclosure.typed]
    return found


def ask_to_confirm(ctx: Context, disclosure_id: str) -> Disclosure:
    """Ask every completer to confirm the disclosure as it is. Asking again is harmless. Raises Invalid while it is incomplete."""
    disclosure = editable(disclosure_for(ctx, disclosure_id, EDIT))
    if complaints := complaints_about(disclosure):
        raise Invalid(complaints)
    if disclosure.asked_at is not None:
        return disclosure
    match_accounts(ctx, disclosure.holder_id, disclosure.completers)
    unask(disclosure.completers)
    disclosure.asked_at = disclosure.updated_at = ctx.now
    record(ctx, "disclosure.confirmation_asked", disclosure.id, {"digest": disclosure.digest})
    return disclosure


def confirm(ctx: Context, disclosure_id: str, given: Confirmation) -> Disclosure:
    """The acting completer confirms exactly what they were shown. Confirming it twice is harmless.

    Raises Conflict when the text or a share has changed since, Invalid without both statements.
    """
    disclosure = _asked(ctx, disclosure_id)
    if given.digest != disclosure.digest:
        raise Conflict(_l("内容或比例已有改动，请重新核对后再确认"), code="stale")
    errors = []
    if not given.contributed:
        errors.append(FieldError("contributed", "required", _l("确认本人对成果的实质性特点作出创造性贡献")))
    if not given.agreed:
        errors.append(FieldError("agreed", "required", _l("确认内容属实并同意全部完成人的排序和比例")))
    if errors:
        raise Invalid(errors)
    row = own_row(disclosure.completers, ctx.actor)
    if row.confirmed_at is None:
        confirmed(ctx, row, disclosure.digest)
        record(ctx, "disclosure.confirmed", disclosure.id, {"completer": row.id, "digest": disclosure.digest})
    return disclosure


def decline(ctx: Context, disclosure_id: str, reason: str) -> Disclosure:
    """The acting completer does not agree and says why: the disclosure is a draft again for everybody."""
    disclosure = _asked(ctx, disclosure_id)
    words = checked_reason(reason)
    row = own_row(disclosure.completers, ctx.actor)
    record(ctx, "disclosure.declined", disclosure.id, {"completer": row.id, "digest": disclosure.digest})
    void_confirmations(ctx, disclosure)
    declined(ctx, row, words)
    disclosure.updated_at = ctx.now
    return disclosure


def register_paper(
    actor: Actor, disclosure_id: str, completer_id: str, document: str, name: str, stream: IO[bytes]
) -> Attachment:
    """Register the signed confirmation of a completer who has no account in the unit: its number and the scanned paper.

    The file is looked at before the write lock is taken. Raises UploadRefused, Invalid, Conflict or NotFound.
    """
    _without_account(reading(actor), disclosure_id, completer_id)
    check_document(document)
    taken = take_in(name, stream)
    with unit_of_work(actor) as ctx:
        disclosure, row = _without_account(ctx, disclosure_id, completer_id)
        signed_on_paper(ctx, row, document, taken, disclosure.digest)
        data = {"completer": row.id, "digest": disclosure.digest, "paper": taken.digest}
        record(ctx, "disclosure.paper_registered", disclosure.id, {**data})
    return taken


def completer_without_account(ctx: Context, disclosure_id: str, completer_id: str) -> DisclosureCompleter:
    """The completer whose signed paper may be registered now. Raises NotFound, Forbidden or Conflict."""
    return _without_account(ctx, disclosure_id, completer_id)[1]


def awaited(disclosure: Disclosure, actor: Actor) -> bool:
    """Is this person's own confirmation asked for and not given yet?"""
    if disclosure.asked_at is None or disclosure.state not in EDITABLE:
        return False
    mine = (row for row in disclosure.completers if row.user_id is not None and row.user_id == actor.user_id)
    return any(row.confirmed_at is None for row in mine)


def ready(disclosure: Disclosure) -> bool:
    """Has every completer confirmed the disclosure as it is now?"""
    return disclosure.asked_at is not None and all_confirmed(disclosure.completers, disclosure.digest)


def _asked(ctx: Context, disclosure_id: str) -> Disclosure:
    disclosure = editable(disclosure_for(ctx, disclosure_id, CONFIRM))
    if disclosure.asked_at is None:
        raise Conflict(_l("这份披露还没有请完成人确认"), code="not_asked")
    return disclosure


def _without_account(
    ctx: Context, disclosure_id: str, completer_id: str
) -> tuple[Disclosure, DisclosureCompleter]:
    disclosure = editable(disclosure_for(ctx, disclosure_id, EDIT))
    row = next((row for row in disclosure.completers if row.id == completer_id), None)
    if row is None:
        raise NotFound
    if disclosure.asked_at is None:
        raise Conflict(_l("这份披露还没有请完成人确认"), code="not_asked")
    if row.id not in absent(ctx, disclosure.holder_id, [row]):
        raise Conflict(_l("这位完成人在本单位有账户，请由其本人登录确认"), code="has_account")
    return disclosure, row

"""The team's agreement: every completer signs exactly the same words, with their own account or on paper."""

from dataclasses import dataclass
from typing import IO

from listings.achievements.content import Attachment
from listings.grants.content import from_json
from listings.grants.drafting import void_signatures
from listings.grants.facts import facts_about
from listings.grants.lifecycle import GRANT
from listings.grants.models import DRAFT, GrantCompleter, RightsGrant
from listings.grants.policy import CONFIRM, EDIT
from listings.grants.reach import grant_for
from listings.grants.rules import submission_complaints
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
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict, FieldError, Invalid, NotFound
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.journal import record
from marketplace.core.uow import reading, unit_of_work


@dataclass(frozen=True)
class Signature:
    """A completer's word. `digest` is what the page showed; `agreed`: with disposal, income and everybody's part."""

    digest: str
    agreed: bool


def ask_team(ctx: Context, grant_id: str) -> RightsGrant:
    """Ask every completer to sign the grant as it is. Asking again is harmless. Raises Invalid while it is incomplete."""
    grant = _draft(grant_for(ctx, grant_id, EDIT))
    complaints = list(submission_complaints(from_json(grant.content), facts_about(ctx, grant.achievement)))
    if complaints:
        raise Invalid(complaints)
    if grant.asked_at is None:
        match_accounts(ctx, grant.holder_id, grant.completers)
        unask(grant.completers)
        grant.asked_at = ctx.now
        record(ctx, "grant.signatures_asked", grant.id, {"content": grant.digest})
    return grant


def sign(ctx: Context, grant_id: str, given: Signature) -> RightsGrant:
    """The acting completer signs exactly what they were shown. Signing twice is harmless; the last one closes the team.

    Raises Conflict when the text has changed since, Invalid without the statement.
    """
    grant = grant_for(ctx, grant_id, CONFIRM)
    row = own_row(grant.completers, ctx.actor)
    if row.confirmed_at is not None and row.confirmed_digest == given.digest == grant.digest:
        return grant
    _asked(grant)
    if given.digest != grant.digest:
        raise Conflict(_l("内容或比例已有改动，请重新核对后再签署"), code="stale")
    if not given.agreed:
        raise Invalid([FieldError("agreed", "required", _l("确认同意团队内部约定和全体完成人的比例"))])
    confirmed(ctx, row, grant.digest)
    record(ctx, "grant.signed", grant.id, {"completer": row.id, "content": grant.digest})
    _close(ctx, grant)
    return grant


def decline(ctx: Context, grant_id: str, reason: str) -> RightsGrant:
    """The acting completer does not agree and says why: all signatures are void, and the draft is open again."""
    grant = _asked(grant_for(ctx, grant_id, CONFIRM))
    words = checked_reason(reason)
    row = own_row(grant.completers, ctx.actor)
    record(ctx, "grant.declined", grant.id, {"completer": row.id, "content": grant.digest})
    void_signatures(ctx, grant)
    declined(ctx, row, words)
    return grant


def register_paper(
    actor: Actor, grant_id: str, completer_id: str, document: str, name: str, stream: IO[bytes]
) -> Attachment:
    """Register the signed paper of a completer who has no account in the unit: its number and the scan.

    The file is looked at before the write lock is taken. Raises UploadRefused, Invalid, Conflict or NotFound.
    """
    completer_without_account(reading(actor), grant_id, completer_id)
    check_document(document)
    taken = take_in(name, stream)
    with unit_of_work(actor) as ctx:
        row = completer_without_account(ctx, grant_id, completer_id)
        grant = row.grant
        signed_on_paper(ctx, row, document, taken, grant.digest)
        data: JSONObject = {"completer": row.id, "content": grant.digest, "paper": taken.digest}
        record(ctx, "grant.paper_registered", grant.id, data)
        _close(ctx, grant)
    return taken


def completer_without_account(ctx: Context, grant_id: str, completer_id: str) -> GrantCompleter:
    """The completer whose signed paper may be registered now. Raises NotFound, Forbidden or Conflict."""
    grant = grant_for(ctx, grant_id, EDIT)
    row = next((row for row in grant.completers if row.id == completer_id), None)
    if row is None:
        raise NotFound
    _asked(grant)
    if row.id not in absent(ctx, grant.holder_id, [row]):
        raise Conflict(_l("这位完成人在本单位有账户，请由其本人登录确认"), code="has_account")
    return row


def reopen(ctx: Context, grant_id: str) -> RightsGrant:
    """Change what the team has signed: it is a draft again, and everybody has to sign anew."""
    grant = grant_for(ctx, grant_id, EDIT)
    GRANT.move(ctx, grant, "reopen")
    void_signatures(ctx, grant)
    return grant


def awaited(grant: RightsGrant, actor: Actor) -> bool:
    """Is this person's own signature asked for and not given yet?"""
    if grant.asked_at is None or grant.state != DRAFT:
        return False
    mine = (row for row in grant.completers if row.user_id is not None and row.user_id == actor.user_id)
    return any(row.confirmed_at is None for row in mine)


def _close(ctx: Context, grant: RightsGrant) -> None:
    """With the last signature the team has agreed."""
    if all_confirmed(grant.completers, grant.digest):
        GRANT.follow(ctx, grant, "agree", {"content": grant.digest})


def _draft(grant: RightsGrant) -> RightsGrant:
    if grant.state != DRAFT:
        raise Conflict(_l("全体完成人已签署或已提交，不能修改"), code="wrong_state")
    return grant


def _asked(grant: RightsGrant) -> RightsGrant:
    if _draft(grant).asked_at is None:
        raise Conflict(_l("还没有请完成人签署"), code="not_asked")
    return grant

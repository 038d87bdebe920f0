"""Drafting a disclosure: begin, save piece by piece. Whatever changes what was to be confirmed voids all confirmations."""

from dataclasses import fields, replace

from listings.disclosures.content import (
    Completer,
    Confidential,
    Content,
    confidential_to_json,
    disclosure_digest,
    from_json,
    to_json,
)
from listings.disclosures.lifecycle import DISCLOSURE
from listings.disclosures.models import Disclosure, DisclosureCompleter
from listings.disclosures.policy import CREATE, EDIT
from listings.disclosures.reach import disclosure_for, editable
from listings.disclosures.rules import shape_complaints
from listings.shares import WHOLE_BP
from listings.signatories import match_accounts, seats, unask, void
from marketplace.accounts.models import Organisation, User
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict, Invalid
from marketplace.core.halfwidth import halfwidth
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.ids import new_id, next_number
from marketplace.core.journal import record
from marketplace.core.policy import require

FIELDS = frozenset(field.name for field in fields(Content))


def create_disclosure(ctx: Context) -> Disclosure:
    """An empty disclosure to the acting unit, its author the first completer. The secrecy questions come first."""
    require(ctx, CREATE, None)
    unit = ctx.session.get_one(Organisation, ctx.actor.org_id)
    author = ctx.session.get_one(User, ctx.actor.user_id)
    content = Content(completers=(Completer(author.name, author.email, unit.name, "staff", None, WHOLE_BP),))
    stored, nothing = to_json(content), confidential_to_json(Confidential())
    disclosure = Disclosure(
        id=new_id("dsc", ctx.now),
        number=next_number(ctx, "PL"),
        holder_id=unit.id,
        zone_id=unit.zone_id,
        content=stored,
        confidential=nothing,
        typed={},
        digest=disclosure_digest(stored, nothing),
        version=1,
        created_by=author.id,
        created_at=ctx.now,
        updated_at=ctx.now,
        saved_at=ctx.now,
        saved_by=author.id,
    )
    DISCLOSURE.begin(ctx, disclosure)
    ctx.session.add(disclosure)
    _follow_completers(ctx, disclosure, content.completers)
    ctx.session.flush()
    record(ctx, "disclosure.drafted", disclosure.id, {"number": disclosure.number, "holder": unit.id})
    return disclosure


def save_disclosure(
    ctx: Context,
    disclosure_id: str,
    changes: JSONObject,
    *,
    version: int | None = None,
    typed: JSONObject | None = None,
) -> Disclosure:
    """Put `changes` (content fields in JSON shape) into a disclosure that is still with its completers.

    `version` is the save the editor began from; another save since is a Conflict. `typed` is raw text that could not
    be understood, kept for its field until the field is saved properly. Raises Invalid for what may not be kept.
    """
    disclosure = editable(disclosure_for(ctx, disclosure_id, EDIT))
    check_version(disclosure, version)
    if unknown := set(changes) - FIELDS:
        raise ValueError(f"no content fields: {sorted(unknown)}")
    content = _tidied(from_json({**disclosure.content, **changes}))
    complaints = [c for c in shape_complaints(content) if c.field.split(".")[0] in changes]
    if complaints:
        raise Invalid(complaints)
    disclosure.content = to_json(content)
    disclosure.title = content.title
    disclosure.typed = {k: v for k, v in {**disclosure.typed, **(typed or {})}.items() if k not in changes}
    if "completers" in changes:
        _follow_completers(ctx, disclosure, content.completers)
    saved(ctx, disclosure)
    return disclosure


def check_version(disclosure: Disclosure, version: int | None) -> None:
    """Raise Conflict when the disclosure was saved since `version`; None asks for nothing."""
    if version is not None and version != disclosure.version:
        raise Conflict(_l("这份披露在你编辑期间被保存过，请核对差异后再保存"), code="stale")


def saved(ctx: Context, disclosure: Disclosure) -> None:
    """Count the save. When it changed what the completers were asked to confirm, nothing is confirmed any more."""
    disclosure.version += 1
    disclosure.saved_at = disclosure.updated_at = ctx.now
    disclosure.saved_by = str(ctx.actor.user_id)
    digest = disclosure_digest(disclosure.content, disclosure.confidential)
    if digest == disclosure.digest and not disclosure.typed:
        return
    disclosure.digest = digest
    if disclosure.asked_at is not None:
        void_confirmations(ctx, disclosure)


def void_confirmations(ctx: Context, disclosure: Disclosure) -> None:
    """Nobody has confirmed, and nobody is asked to, until the completers are asked anew."""
    confirmed = void(disclosure.completers)
    disclosure.asked_at = None
    record(ctx, "disclosure.confirmations_voided", disclosure.id, {"completers": [*confirmed]})


def _follow_completers(ctx: Context, disclosure: Disclosure, people: tuple[Completer, ...]) -> None:
    """The rows of the completers as the content has them; a row keeps its id as long as its place is taken."""
    rows = seats(
        disclosure.completers,
        len(people),
        lambda place: DisclosureCompleter(id=new_id("dco", ctx.now), position=place, paper={}),
    )
    for row, person in zip(rows, people, strict=True):
        row.email, row.name, row.unit, row.status = person.email, person.name, person.unit, person.status
        row.left_on, row.share_bp, row.contribution = person.left_on, person.share_bp, person.contribution
    unask(rows)
    match_accounts(ctx, disclosure.holder_id, disclosure.completers)


def _tidied(content: Content) -> Content:
    """Addresses as accounts keep them: half width, lower case."""
    people = (replace(person, email=halfwidth(person.email).strip().lower()) for person in content.completers)
    return replace(content, completers=tuple(people))

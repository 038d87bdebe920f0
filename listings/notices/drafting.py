"""Drafting a notice: begun from its source, worded, saved, discarded."""

from sqlalchemy import select

from listings.notices.clockwork import catch_up
from listings.notices.lifecycle import NOTICE
from listings.notices.models import CORRECTING, DISCARDED, DRAFT, RETURNED, VOID, Edition, Notice
from listings.notices.policy import CREATE, EDIT
from listings.notices.profiles import profile_of
from listings.notices.reach import notice_for
from listings.notices.sources import Basis, basis_from, basis_json, source_of
from listings.notices.wording import Wording, tidied
from listings.notices.zone_terms import least_for
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict, NotFound
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.ids import new_id, next_number
from marketplace.core.journal import record
from marketplace.core.policy import require

EDITABLE = frozenset({DRAFT, RETURNED, CORRECTING})
NUMBER = "GS"
LONGEST_TITLE = 200


def create_notice(ctx: Context, kind: str, subject: str) -> Notice:
    """Begin a notice about what `subject` names. Raises NotFound, or Conflict while another one about it is alive."""
    require(ctx, CREATE, None)
    basis = source_of(kind).basis(ctx, subject)
    if basis.holder_id != ctx.actor.org_id:
        raise NotFound
    alive = select(Notice.id).where(
        Notice.kind == kind, Notice.subject == subject, Notice.state.not_in([VOID, DISCARDED])
    )
    if ctx.session.scalar(alive) is not None:
        raise Conflict(_l("已有针对它的公示"), code="already_noticed")
    notice = Notice(
        id=new_id("ntc", ctx.now),
        number=next_number(ctx, NUMBER),
        kind=kind,
        subject=subject,
        achievement_id=basis.achievement_id,
        holder_id=basis.holder_id,
        zone_id=basis.zone_id,
        title=basis.title[:LONGEST_TITLE],
        related=basis.related,
        n=1,
        created_by=ctx.actor.user_id,
        created_at=ctx.now,
        updated_at=ctx.now,
    )
    NOTICE.begin(ctx, notice)
    ctx.session.add(notice)
    add_edition(ctx, notice, basis)
    record(ctx, "notice.drafted", notice.id, {"kind": kind, "number": notice.number})
    return notice


def add_edition(ctx: Context, notice: Notice, basis: Basis, *, why: str = "") -> Edition:
    """A new edition that counts from now on, worded like the one before, or as the source suggests."""
    before = notice.editions[-1] if notice.editions else None
    said = dict(before.content) if before is not None else dict(basis.suggested)
    least = least_for(ctx, notice.zone_id, notice.kind).term.amount
    rules_place = basis.rules.unit_url if basis.rules is not None else ""
    edition = Edition(
        id=new_id("edn", ctx.now),
        n=before.n + 1 if before is not None else 1,
        content={name: text for name, text in said.items() if name not in basis.fixed},
        basis=basis_json(basis),
        amount=max(least, before.amount) if before is not None else least,
        unit=str(profile_of(notice.kind).term.unit),
        unit_url=before.unit_url if before is not None else rules_place,
        saved_at=ctx.now,
        saved_by=ctx.actor.user_id or notice.created_by,
        reasons=[],
        version=1,
        why=why,
    )
    if before is not None:
        before.ended_at = ctx.now
    notice.editions.append(edition)
    notice.n = edition.n
    return edition


def save_notice(ctx: Context, notice_id: str, given: Wording, *, version: int | None = None) -> Notice:
    """Keep the wording. Raises Invalid, or Conflict when somebody saved since `version`."""
    notice = notice_for(ctx, notice_id, EDIT)
    if notice.state not in EDITABLE:
        raise Conflict(_l("公示已提交，不能修改"), code="wrong_state")
    edition = notice.edition
    if version is not None and version != edition.version:
        raise Conflict(_l("这份草稿在你编辑期间被保存过，请核对差异后再保存"), code="stale")
    basis = refresh(ctx, notice)
    least = least_for(ctx, notice.zone_id, notice.kind)
    kept = tidied(profile_of(notice.kind), basis, given, least)
    content: JSONObject = dict(kept.said)
    edition.content, edition.amount, edition.unit_url = content, kept.amount, kept.unit_place
    edition.version += 1
    edition.saved_at, edition.saved_by = ctx.now, ctx.actor.user_id or ""
    notice.updated_at = ctx.now
    return notice


def refresh(ctx: Context, notice: Notice) -> Basis:
    """Read again what the source says, and keep it with the edition being worded."""
    basis = source_of(notice.kind).basis(ctx, notice.subject)
    notice.edition.basis = basis_json(basis)
    notice.title, notice.related = basis.title[:LONGEST_TITLE], basis.related
    return basis


def discard_notice(ctx: Context, notice_id: str) -> None:
    """Throw away what was never public."""
    notice = notice_for(ctx, notice_id, EDIT)
    catch_up(ctx, notice)
    if notice.public:
        raise Conflict(_l("已经公示过，只能撤回，不能删除"), code="public_once")
    NOTICE.move(ctx, notice, "discard")
    notice.updated_at = ctx.now


def wording_of(edition: Edition) -> Wording:
    """What people have said in an edition."""
    said = {name: str(text) for name, text in edition.content.items()}
    return Wording(said, edition.amount, edition.unit_url)


def said_by(edition: Edition) -> dict[str, str]:
    """Everything the edition says: what was typed, and what the source fixed."""
    return {**wording_of(edition).said, **basis_from(edition.basis).fixed}

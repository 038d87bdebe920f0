"""Questions about notices. Every list is filtered by the permission to read."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select

from listings.notices import models as m
from listings.notices.clockwork import bring_up_to_date, is_behind
from listings.notices.lifecycle import GOING
from listings.notices.objections.models import Objection
from listings.notices.policy import EDIT
from listings.notices.reach import notice_for
from listings.notices.text import Line, lines_from
from marketplace.core.context import Context
from marketplace.core.errors import Conflict
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.journal import Entry
from marketplace.core.runtime import runtime

#: What the public may ask for: states by the word in the address.
SHOWN = {
    "running": GOING,
    "over": frozenset({m.EXPIRED, m.CERTIFIED}),
    "certified": frozenset({m.CERTIFIED}),
    "void": frozenset({m.VOID}),
    "correcting": frozenset({m.CORRECTING, m.SUBMITTED, m.RETURNED, m.SCHEDULED}),
}


class AlteredText(Conflict):
    """What is kept is not what was fixed. Nothing is shown rather than something else."""

    code = "altered"
    message = _l("公示文本与公示时的摘要不符，平台已停止显示。请联系示范区管理机构")


@dataclass(frozen=True)
class Asked:
    """A list of notices: `state` of SHOWN, `kind` of a profile, holder, zone; empty for all."""

    state: str = ""
    kind: str = ""
    holder: str = ""
    zone: str = ""


def fresh(ctx: Context, notice_id: str) -> m.Notice:
    """The notice as of now, whether or not a worker has applied what became due."""
    notice = notice_for(ctx, notice_id)
    if is_behind(ctx, notice):
        bring_up_to_date(notice.id)
        notice = notice_for(ctx, notice_id)
    return notice


def public_notices(asked: Asked) -> Select[m.Notice]:
    """What the public may read, the one that started last first."""
    query = select(m.Notice).where(m.Notice.visibility == m.PUBLIC)
    if asked.state in SHOWN:
        query = query.where(m.Notice.state.in_(sorted(SHOWN[asked.state])))
    if asked.kind:
        query = query.where(m.Notice.kind == asked.kind)
    if asked.holder:
        query = query.where(m.Notice.holder_id == asked.holder)
    if asked.zone:
        query = query.where(m.Notice.zone_id == asked.zone)
    return query.order_by(m.Notice.first_started_at.desc(), m.Notice.id.desc())


def own(ctx: Context, state: str = "") -> Select[m.Notice]:
    """The acting organisation's notices, last changed first; discarded ones are gone."""
    query = (
        select(m.Notice)
        .where(EDIT.clause(ctx.actor, m.Notice), m.Notice.state != m.DISCARDED)
        .order_by(m.Notice.updated_at.desc(), m.Notice.id.desc())
    )
    return query.where(m.Notice.state == state) if state else query


def shown_edition(notice: m.Notice) -> m.Edition:
    """What the page shows: the last edition that started, or before any did, the one that counts."""
    started = [edition for edition in notice.editions if edition.started_at is not None]
    return started[-1] if started else notice.edition


def kept_lines(edition: m.Edition) -> list[Line]:
    """The text of an edition as it was fixed: read from what is kept under its digest, not made anew."""
    return lines_from(kept_text(edition))


def kept_text(edition: m.Edition) -> bytes:
    """The text file. Raises FileNotFoundError before the edition was handed in."""
    if not edition.text:
        raise FileNotFoundError("the text of this edition is not fixed yet")
    with runtime().files.open(edition.text) as content:
        text = content.read()
    if hashlib.sha256(text).hexdigest() != edition.text:
        raise AlteredText
    return text


def objections_of(ctx: Context, notice: m.Notice) -> Sequence[Objection]:
    found = (
        select(Objection).where(Objection.notice_id == notice.id).order_by(Objection.filed_at, Objection.id)
    )
    return ctx.session.scalars(found).unique().all()


def chain_head(ctx: Context, notice_id: str) -> tuple[int, str, int]:
    """(n, commitment, position) of the last entry about the notice: the page shows it, so that nobody is shown another."""
    last = select(Entry.n, Entry.commitment, Entry.position).where(Entry.subject == notice_id)
    row = ctx.session.execute(last.order_by(Entry.n.desc()).limit(1)).one()
    return row[0], row[1], row[2]

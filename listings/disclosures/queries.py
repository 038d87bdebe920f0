"""Questions about disclosures. Every list is filtered by a permission; the confidential description is in none."""

from collections.abc import Sequence

from sqlalchemy import Select, and_, or_, select

from listings.disclosures.models import EDITABLE, WAITING, Disclosure, DisclosureCompleter
from listings.disclosures.policy import EDIT, READ, REVIEW
from listings.disclosures.steps import step_due
from listings.involved import concerned
from marketplace.core.context import Context
from marketplace.core.journal import Entry, entries_of

MINE, UNIT = "mine", "unit"
MOST = 100  # rows looked at for the workbench; the list shows all


def own(ctx: Context) -> Select[Disclosure]:
    """Those in which the actor has a part, the last changed first."""
    return _newest(select(Disclosure).where(EDIT.clause(ctx.actor, Disclosure)))


def of_the_unit(ctx: Context) -> Select[Disclosure]:
    """Those that were handed to the acting unit, for its officers; what waits comes first."""
    handed_in = and_(READ.clause(ctx.actor, Disclosure), Disclosure.submitted_at.is_not(None))
    return _newest(select(Disclosure).where(handed_in))


def to_review(ctx: Context) -> Sequence[Disclosure]:
    """Those at a step that this officer takes, the oldest first. Their own are others' business."""
    if not REVIEW.possible(ctx.actor):
        return []
    due = or_(Disclosure.state.in_(sorted(WAITING)), Disclosure.review_on.is_not(None))
    query = select(Disclosure).where(REVIEW.clause(ctx.actor, Disclosure), due)
    rows = ctx.session.scalars(query.order_by(Disclosure.submitted_at, Disclosure.id).limit(MOST)).unique()
    return [row for row in rows if step_due(ctx, row) and not concerned(row, ctx.actor.user_id)]


def overdue(ctx: Context) -> Sequence[Disclosure]:
    """Those of the acting unit that have waited for their answer too long, the oldest first."""
    late = and_(
        Disclosure.holder_id == ctx.actor.org_id,
        Disclosure.overdue_at.is_not(None),
        Disclosure.replied_at.is_(None),
        Disclosure.state.in_(sorted(WAITING)),
    )
    query = select(Disclosure).where(late).order_by(Disclosure.overdue_at, Disclosure.id).limit(MOST)
    return ctx.session.scalars(query).unique().all()


def in_hand(ctx: Context) -> Sequence[Disclosure]:
    """Those in which the actor has a part and which are still with the completers."""
    query = own(ctx).where(Disclosure.state.in_(sorted(EDITABLE)))
    return ctx.session.scalars(query.limit(MOST)).unique().all()


def entries(ctx: Context, disclosure: Disclosure) -> list[Entry]:
    """What the journal says of it, oldest first."""
    return entries_of(ctx.session, disclosure.id)


def unconfirmed(disclosure: Disclosure) -> list[DisclosureCompleter]:
    return [row for row in disclosure.completers if row.confirmed_at is None]


def _newest(query: Select[Disclosure]) -> Select[Disclosure]:
    return query.order_by(Disclosure.updated_at.desc(), Disclosure.id.desc())

"""Questions about grants. Every list is filtered by the permission to read."""

from sqlalchemy import Select, and_, func, select

from listings.grants.models import (
    AGREEMENT_SIGNED,
    DECIDED,
    DISCARDED,
    DRAFT,
    EFFECTIVE,
    ENDED,
    SUBMITTED,
    TEAM_AGREED,
    TITLE_CHANGE_FILED,
    UNIT_REVIEW,
    RightsGrant,
)
from listings.grants.policy import EDIT, READ
from listings.notices.models import CERTIFIED, VOID, Certificate, Notice
from listings.notices.models import DISCARDED as NOTICE_DISCARDED
from listings.notices.terms import GRANT
from marketplace.core.context import Context

#: What the own list can be narrowed to, in the order of its tabs.
TABS = {
    "drafting": frozenset({DRAFT, TEAM_AGREED}),
    "deciding": frozenset({SUBMITTED, UNIT_REVIEW}),
    "decided": frozenset({DECIDED, AGREEMENT_SIGNED, TITLE_CHANGE_FILED}),
    "effective": frozenset({EFFECTIVE}),
    "ended": ENDED - {DISCARDED},
}


def own_grants(ctx: Context, tab: str = "") -> Select[RightsGrant]:
    """The acting unit's grants that the actor may read, the last changed first."""
    query = readable_grants(ctx).where(RightsGrant.holder_id == ctx.actor.org_id)
    return query.where(RightsGrant.state.in_(sorted(TABS[tab]))) if tab else query


def readable_grants(ctx: Context, state: str = "") -> Select[RightsGrant]:
    """Grants that the actor may read, the last changed first."""
    query = (
        select(RightsGrant)
        .where(READ.clause(ctx.actor, RightsGrant), RightsGrant.state != DISCARDED)
        .order_by(RightsGrant.saved_at.desc(), RightsGrant.id.desc())
    )
    return query.where(RightsGrant.state == state) if state else query


def tab_counts(ctx: Context) -> dict[str, int]:
    """How many there are in each tab, and under the empty name in all."""
    states = dict(
        ctx.session.execute(
            select(RightsGrant.state, func.count())
            .where(
                READ.clause(ctx.actor, RightsGrant),
                RightsGrant.state != DISCARDED,
                RightsGrant.holder_id == ctx.actor.org_id,
            )
            .group_by(RightsGrant.state)
        ).all()
    )
    counted = {tab: sum(states.get(state, 0) for state in held) for tab, held in TABS.items()}
    return {"": sum(states.values()), **counted}


def decided_grants(ctx: Context) -> Select[RightsGrant]:
    """Decided grants of which the agreement is not signed yet, the last decided first."""
    return (
        select(RightsGrant)
        .where(READ.clause(ctx.actor, RightsGrant), RightsGrant.state == DECIDED)
        .order_by(RightsGrant.decided_at.desc(), RightsGrant.id.desc())
    )


def in_hand(ctx: Context) -> Select[RightsGrant]:
    """Those in which the actor has a part and which the team still has."""
    mine = and_(EDIT.clause(ctx.actor, RightsGrant), RightsGrant.state.in_((DRAFT, TEAM_AGREED)))
    return select(RightsGrant).where(mine).order_by(RightsGrant.saved_at.desc(), RightsGrant.id)


def notice_of(ctx: Context, grant_id: str) -> Notice | None:
    """The notice about a grant: the one that is alive, else the last that was."""
    about = and_(Notice.kind == GRANT, Notice.subject == grant_id, Notice.state != NOTICE_DISCARDED)
    query = select(Notice).where(about).order_by(Notice.state == VOID, Notice.id.desc()).limit(1)
    return ctx.session.scalars(query).unique().first()


def certified_notice(ctx: Context, grant_id: str) -> Notice | None:
    """The completed notice about a grant."""
    about = and_(Notice.kind == GRANT, Notice.subject == grant_id, Notice.state == CERTIFIED)
    return ctx.session.scalars(select(Notice).where(about).limit(1)).unique().first()


def certificate_of(ctx: Context, grant: RightsGrant) -> Certificate | None:
    return ctx.session.get(Certificate, grant.certificate_id) if grant.certificate_id else None


def waiting_for_officers(ctx: Context, *states: str) -> Select[RightsGrant]:
    """Grants of the acting unit in one of these states, the oldest first."""
    own = and_(READ.clause(ctx.actor, RightsGrant), RightsGrant.holder_id == ctx.actor.org_id)
    return (
        select(RightsGrant)
        .where(own, RightsGrant.state.in_(states))
        .order_by(RightsGrant.submitted_at, RightsGrant.id)
    )

"""What the home page tells of the market."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from listings.achievements.models import PUBLISHED, Achievement
from listings.classification import codes
from listings.notices.models import RUNNING, Notice
from listings.notices.policy import READ
from marketplace.accounts.models import VERIFIED, Organisation, Zone
from marketplace.accounts.roles import AGENCY, FIRM, UNIVERSITY
from marketplace.core.context import Context


@dataclass(frozen=True)
class Figures:
    """How much is public now."""

    achievements: int
    universities: int
    firms: int
    agencies: int
    zones: int


def market_figures(ctx: Context) -> Figures:
    session = ctx.session
    verified = select(Organisation.kind, func.count()).where(Organisation.state == VERIFIED)
    by_kind: dict[str, int] = dict(iter(session.execute(verified.group_by(Organisation.kind))))
    published = select(func.count()).select_from(Achievement).where(Achievement.state == PUBLISHED)
    return Figures(
        achievements=session.scalar(published) or 0,
        universities=by_kind.get(UNIVERSITY, 0),
        firms=by_kind.get(FIRM, 0),
        agencies=by_kind.get(AGENCY, 0),
        zones=session.scalar(select(func.count()).select_from(Zone)) or 0,
    )


def fields_with_counts(ctx: Context, language: str) -> list[tuple[str, str, int]]:
    """(code, name, published achievements) of every top field of technology."""
    counted = select(Achievement.field, func.count()).where(Achievement.state == PUBLISHED)
    by_code: dict[str, int] = dict(iter(ctx.session.execute(counted.group_by(Achievement.field))))
    fields = codes("technology_fields")
    return [(top.code, top.label(language), _below(by_code, top.code)) for top in fields.roots()]


def ending_soonest(ctx: Context, most: int) -> Sequence[Notice]:
    """Running notices that the actor may read, the next to end first. Without those whose clock stands still."""
    query = (
        select(Notice)
        .where(READ.clause(ctx.actor, Notice), Notice.state == RUNNING, Notice.next_deadline > ctx.now)
        .order_by(Notice.next_deadline, Notice.id)
        .limit(most)
    )
    return ctx.session.scalars(query).unique().all()


def _below(by_code: Mapping[str, int], top: str) -> int:
    return sum(by_code.get(code, 0) for code in codes("technology_fields").subtree(top))

"""The market in figures, for the home page."""

from sqlalchemy import func, select

from listings.achievements.models import PUBLISHED, Achievement
from marketplace.accounts.models import VERIFIED, Organisation, Zone
from marketplace.core.context import Context


def market_figures(ctx: Context) -> dict[str, int]:
    """Counts of what is public now."""
    session = ctx.session
    verified = select(Organisation.kind, func.count()).where(Organisation.state == VERIFIED)
    by_kind = dict(session.execute(verified.group_by(Organisation.kind)).tuples().all())
    published = select(func.count()).select_from(Achievement).where(Achievement.state == PUBLISHED)
    return {
        "achievements": session.scalar(published) or 0,
        "universities": by_kind.get("university", 0),
        "firms": by_kind.get("firm", 0),
        "agencies": by_kind.get("agency", 0),
        "zones": session.scalar(select(func.count()).select_from(Zone)) or 0,
    }

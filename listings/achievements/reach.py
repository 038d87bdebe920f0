"""Reaching an achievement by its id: what the actor may not see is not there."""

from listings.achievements.models import Achievement, Revision
from listings.achievements.policy import READ
from marketplace.core.context import Context
from marketplace.core.errors import Forbidden, NotFound
from marketplace.core.lookup import find
from marketplace.core.policy import Permission, require


def achievement_for(ctx: Context, achievement_id: str, permission: Permission = READ) -> Achievement:
    """The achievement, if the actor may do `permission` to it. Raises NotFound or Forbidden."""
    achievement = find(ctx.session, Achievement, achievement_id)
    if achievement is None:
        raise NotFound
    require(ctx, permission, achievement, see=READ)
    return achievement


def own_achievement(ctx: Context, achievement_id: str, permission: Permission) -> Achievement:
    """An achievement of the acting unit. Raises NotFound, and Forbidden for `permission` to somebody else's."""
    achievement = achievement_for(ctx, achievement_id)
    if achievement.holder_id != ctx.actor.org_id:
        raise Forbidden(permission.name)
    return achievement


def revision_of(achievement: Achievement, n: int | None) -> Revision | None:
    """Revision `n` of an achievement; None for no number."""
    return next((revision for revision in achievement.revisions if revision.n == n), None)


def working_revision(achievement: Achievement) -> Revision | None:
    """The revision being drafted, reviewed or returned."""
    return revision_of(achievement, achievement.working_n)


def public_revision(achievement: Achievement) -> Revision | None:
    return revision_of(achievement, achievement.published_n)

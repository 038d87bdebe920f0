"""What everybody sees: the catalogue, an achievement's page, its history and its tombstone."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from listings.achievements.labels import blocks_of, facts_of, state_label
from listings.achievements.models import WITHDRAWN, Achievement
from listings.achievements.policy import EDIT, GRANT_ACCESS, READ, WITHDRAW
from listings.achievements.queries import published, shown
from listings.achievements.reach import achievement_for
from listings.classification import label
from marketplace.core.context import Context
from marketplace.core.i18n import current_language
from marketplace.core.journal import entries_of
from marketplace.web.context import current
from marketplace.web.guard import requires
from marketplace.web.paging import paged

public = Blueprint("achievements", __name__)


@public.get("/achievements")
@requires(READ)
def catalogue() -> ResponseReturnValue:
    """All published achievements, newest first."""
    ctx = current()
    page = paged(ctx.session, published())
    return render_template("listings/achievements/catalogue.html", page=page, state_label=state_label)


@public.get("/achievements/<achievement_id>")
@requires(READ)
def page(achievement_id: str) -> ResponseReturnValue:
    """The public text; 410 with the reason for a withdrawn one."""
    ctx = current()
    achievement = achievement_for(ctx, achievement_id)
    if achievement.state == WITHDRAWN:
        return _tombstone(achievement)
    return achievement_page(ctx, achievement_id, opened=False)


def achievement_page(ctx: Context, achievement_id: str, *, opened: bool) -> str:
    """The page of a published achievement. `opened` shows blocks under a confidentiality agreement too."""
    seen = shown(ctx, achievement_id, opened=opened)
    return render_template(
        "listings/achievements/page.html",
        seen=seen,
        achievement=seen.achievement,
        content=seen.content,
        facts=facts_of(seen),
        blocks=blocks_of(seen),
        opened=opened,
        may={
            "edit": EDIT.allows(ctx.actor, seen.achievement),
            "withdraw": WITHDRAW.allows(ctx.actor, seen.achievement),
            "grant": GRANT_ACCESS.allows(ctx.actor, seen.achievement),
        },
    )


@public.get("/achievements/<achievement_id>/history")
@requires(READ)
def history(achievement_id: str) -> ResponseReturnValue:
    """The public part of an achievement's journal, for those who check it."""
    ctx = current()
    achievement = achievement_for(ctx, achievement_id)
    open_kinds = {
        f"achievement.{verb}" for verb in ("submitted", "returned", "published", "withdrawn", "taken_down")
    }
    if not EDIT.allows(ctx.actor, achievement):
        open_kinds -= {"achievement.submitted", "achievement.returned"}
    entries = [entry for entry in entries_of(ctx.session, achievement.id) if entry.kind in open_kinds]
    return render_template("listings/achievements/history.html", achievement=achievement, entries=entries)


def _tombstone(achievement: Achievement) -> ResponseReturnValue:
    reason = label("withdrawal_reasons", achievement.withdrawal_reason, current_language())
    text = render_template("listings/achievements/withdrawn.html", achievement=achievement, reason=reason)
    return text, 410

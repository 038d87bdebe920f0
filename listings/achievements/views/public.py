"""What everybody sees: the catalogue, an achievement's page, its history and its tombstone."""

from functools import partial
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from listings.achievements.cards import Cards
from listings.achievements.labels import (
    EVENTS,
    blocks_of,
    code_label,
    facts_of,
    in_words,
    price_label,
    price_parts,
    state_label,
    trl_label,
)
from listings.achievements.lists import public_rows
from listings.achievements.models import PUBLISHED, WITHDRAWN, Achievement
from listings.achievements.policy import CREATE, EDIT, GRANT_ACCESS, PREVIEW, READ, WITHDRAW
from listings.achievements.queries import NDA, Shown, has_access, may_preview, previewed, published, shown
from listings.achievements.reach import achievement_for, public_revision
from listings.achievements.views.items import file_items
from listings.classification import label
from marketplace.accounts.roles import UNIVERSITY
from marketplace.core.context import Context
from marketplace.core.i18n import current_language
from marketplace.core.journal import entries_of
from marketplace.web.context import current
from marketplace.web.guard import requires
from marketplace.web.paging import paged
from marketplace.web.panels import panels_of

public = Blueprint("achievements", __name__)
public.add_app_template_filter(lambda code, listed: code_label(listed, code), "code_label")


@public.get("/achievements")
@requires(READ)
def catalogue() -> ResponseReturnValue:
    """All published achievements, newest first."""
    ctx = current()
    cards = Cards()
    page = paged(ctx.session, published(), partial(public_rows, ctx))
    return render_template(
        "listings/achievements/catalogue.html",
        page=page,
        cards=[cards.card(row) for row in page.rows],
        can_create=CREATE.possible(ctx.actor),
    )


@public.get("/achievements/<achievement_id>")
@requires(READ)
def page(achievement_id: str) -> ResponseReturnValue:
    """The public text; 410 with the reason for a withdrawn one. Those who may see more before it is public go there."""
    ctx = current()
    achievement = achievement_for(ctx, achievement_id)
    if achievement.state == WITHDRAWN:
        return _tombstone(ctx, achievement)
    if public_revision(achievement) is None:
        target = "drafts.tasks" if EDIT.allows(ctx.actor, achievement) else "achievements.preview"
        return redirect(url_for(target, achievement_id=achievement_id), 303)
    return achievement_page(ctx, achievement_id, opened=False)


@public.get("/achievements/<achievement_id>/preview")
@requires(PREVIEW)
def preview(achievement_id: str) -> ResponseReturnValue:
    """The text as it would be published, for its editors, and in review for the zone's officers."""
    ctx = current()
    return _page_of(ctx, previewed(ctx, achievement_id), opened=True, preview=True)


def achievement_page(ctx: Context, achievement_id: str, *, opened: bool) -> str:
    """The page of a published achievement. `opened` shows blocks under a confidentiality agreement too."""
    return _page_of(ctx, shown(ctx, achievement_id, opened=opened), opened=opened, preview=False)


def _page_of(ctx: Context, seen: Shown, *, opened: bool, preview: bool) -> str:
    achievement, content = seen.achievement, seen.content
    may = _may(ctx, achievement)
    # Whoever is let in by an agreement takes each file as an act of its own, so that it is recorded.
    by_one = [] if preview or may["edit"] else [file for file in seen.attachments if file.level == NDA]
    return render_template(
        "listings/achievements/page.html",
        seen=seen,
        achievement=achievement,
        content=content,
        title=_title(seen),
        state=state_label(seen.revision.state if preview else achievement.state),
        facts=facts_of(seen),
        blocks=list(blocks_of(seen)),
        images=file_items(achievement.id, seen.images),
        attachments=file_items(achievement.id, (file for file in seen.attachments if file not in by_one)),
        by_one=file_items(achievement.id, by_one),
        trl=trl_label(content.trl),
        price=price_label(content.price_mode, content.price_fen),
        price_parts=price_parts(content.price_fen) if content.price_fen is not None else None,
        modes=in_words(content, "modes"),
        opened=opened,
        preview=preview,
        may=may,
        panels=[] if preview else panels_of(ctx, "achievement", achievement.id),
    )


def _title(seen: Shown) -> str:
    content = seen.content
    return (
        (content.title_en if current_language() == "en" else "") or content.title or seen.achievement.number
    )


def _may(ctx: Context, achievement: Achievement) -> dict[str, Any]:
    return {
        "edit": EDIT.allows(ctx.actor, achievement),
        "withdraw": WITHDRAW.allows(ctx.actor, achievement),
        "grant": GRANT_ACCESS.allows(ctx.actor, achievement),
        "open": has_access(ctx, achievement),
        "plan": achievement.state == PUBLISHED
        and ctx.actor.org_kind == UNIVERSITY
        and EDIT.allows(ctx.actor, achievement),
        "preview": may_preview(ctx, achievement),
        "signed_in": ctx.actor.signed_in,
        "verified": ctx.actor.org_verified,
    }


@public.get("/achievements/<achievement_id>/history")
@requires(READ)
def history(achievement_id: str) -> ResponseReturnValue:
    """The public part of an achievement's journal, for those who check it; its editors see the review too."""
    ctx = current()
    achievement = achievement_for(ctx, achievement_id)
    open_kinds = {"achievement.published", "achievement.withdrawn", "achievement.taken_down"}
    if EDIT.allows(ctx.actor, achievement):
        open_kinds |= {"achievement.submitted", "achievement.recalled", "achievement.returned"}
    entries = [entry for entry in entries_of(ctx.session, achievement.id) if entry.kind in open_kinds]
    return render_template(
        "listings/achievements/history.html", achievement=achievement, entries=entries, events=EVENTS
    )


def _tombstone(ctx: Context, achievement: Achievement) -> ResponseReturnValue:
    text = render_template(
        "listings/achievements/withdrawn.html",
        achievement=achievement,
        reason=label("withdrawal_reasons", achievement.withdrawal_reason, current_language()),
        taken_down=_taken_down(ctx, achievement),
    )
    return text, 410


def _taken_down(ctx: Context, achievement: Achievement) -> bool:
    """Did the zone end the publication, rather than the holder?"""
    return any(entry.kind == "achievement.taken_down" for entry in entries_of(ctx.session, achievement.id))

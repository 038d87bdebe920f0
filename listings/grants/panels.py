"""On other pages: whom an achievement belongs to after a grant, and what a zone asks for at least."""

from flask import render_template

from listings.grants.labels import ownership_words
from listings.grants.ownership import ownership_of
from listings.grants.queries import notice_of
from listings.grants.zone_minimum import minimum_on
from listings.shares import percent
from marketplace.core.clock import local_date
from marketplace.core.context import Context


def ownership_panel(ctx: Context, achievement_id: str) -> str:
    """A card, or nothing while the unit alone owns, uses and earns."""
    owned = ownership_of(ctx, achievement_id)
    if owned is None:
        return ""
    notice = notice_of(ctx, owned.grant_id)
    return render_template(
        "listings/grants/_ownership.html", owned=owned, rows=ownership_words(owned), notice=notice
    )


def minimum_panel(ctx: Context, zone_id: str) -> str:
    """On a zone's page: the least share in force today, if it has set one."""
    least = minimum_on(ctx, zone_id, local_date(ctx.now))
    if least is None:
        return ""
    return render_template("listings/grants/_minimum.html", share=percent(least))

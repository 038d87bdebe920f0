"""On the page of an achievement: whom it belongs to after a grant."""

from flask import render_template

from listings.grants.labels import ownership_words
from listings.grants.ownership import ownership_of
from listings.grants.queries import notice_of
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

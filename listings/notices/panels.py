"""On a zone's page: how long notices last there, where that is longer than the law asks."""

from flask import render_template

from listings.notices import words
from listings.notices.profiles import profiles
from listings.notices.zone_terms import least_for
from marketplace.core.context import Context


def terms_panel(ctx: Context, zone_id: str) -> str:
    """The zone's own rules in force today, or nothing."""
    least = [(kind, least_for(ctx, zone_id, kind)) for kind in profiles()]
    rules = [(kind, one.rule) for kind, one in least if one.rule is not None]
    if not rules:
        return ""
    return render_template("listings/notices/_zone_terms.html", rules=rules, profiles=profiles(), words=words)

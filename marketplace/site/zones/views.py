"""A zone's page: what it is, who is in it, what it published last."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from listings.achievements.cards import Cards, organisation_name
from listings.achievements.lists import public_rows
from listings.achievements.models import Achievement
from listings.achievements.queries import published
from marketplace.accounts import vocabularies
from marketplace.accounts.organisations.queries import Directory, directory
from marketplace.accounts.roles import KINDS
from marketplace.accounts.zones.queries import public_zone
from marketplace.core.i18n import current_language
from marketplace.core.policy import OPEN
from marketplace.web.context import current
from marketplace.web.guard import requires
from marketplace.web.panels import panels_of

zones = Blueprint("zones", __name__)

LATEST, ORGANISATIONS = 8, 30


@zones.get("/zones/<zone_id>")
@requires(OPEN)
def page(zone_id: str) -> ResponseReturnValue:
    ctx = current()
    zone = public_zone(ctx, zone_id)
    here = published().where(Achievement.zone_id == zone.id).limit(LATEST)
    cards = Cards()
    members = ctx.session.scalars(directory(Directory(zone=zone.id)).limit(ORGANISATIONS)).unique().all()
    english = current_language() == "en"
    return render_template(
        "site/zone.html",
        zone=zone,
        name=zone.name_en if english else zone.name,
        about=zone.about_en if english else zone.about,
        region=vocabularies.label(vocabularies.REGIONS, zone.region),
        latest=[cards.card(row) for row in public_rows(ctx, here)],
        panels=panels_of(ctx, "zone", zone.id),
        organisations=[(org, organisation_name(org), KINDS[org.kind]) for org in members],
    )

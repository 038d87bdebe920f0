"""The home page, and two pages nobody reads: for monitors and for robots."""

from flask import Blueprint, Response, jsonify, render_template
from flask.typing import ResponseReturnValue

from listings.achievements.cards import Cards, organisation_name
from listings.achievements.lists import public_rows
from listings.achievements.queries import published
from marketplace.core.i18n import current_language
from marketplace.core.policy import OPEN
from marketplace.core.relay import lag
from marketplace.site.home.queries import ending_soonest, fields_with_counts, market_figures
from marketplace.web.context import current
from marketplace.web.guard import requires

home = Blueprint("site", __name__)

LATEST, ENDING = 8, 5
#: Places where robots find nothing but a log-in page.
CLOSED = ("/account", "/moderation", "/work")


@home.get("/", endpoint="home")
@requires(OPEN)
def page() -> ResponseReturnValue:
    """Search, latest publications, notices that end soon, figures, and the ways in for each role."""
    ctx = current()
    cards = Cards()
    return render_template(
        "site/home.html",
        latest=[cards.card(row) for row in public_rows(ctx, published().limit(LATEST))],
        ending=[(notice, organisation_name(notice.holder)) for notice in ending_soonest(ctx, ENDING)],
        figures=market_figures(ctx),
        fields=fields_with_counts(ctx, current_language()),
    )


@home.get("/health")
@requires(OPEN)
def health() -> ResponseReturnValue:
    """For operators and monitors: is the database there, how far behind are the consumers."""
    ctx = current()
    return jsonify(status="ok", time=ctx.now.isoformat(), behind=lag(), calendar=ctx.calendar.edition)


@home.get("/robots.txt")
@requires(OPEN)
def robots() -> ResponseReturnValue:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")

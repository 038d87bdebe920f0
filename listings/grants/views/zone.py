"""The zone's page: the least share that completers must get."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from listings.grants.forms.acts import MinimumForm
from listings.grants.policy import SET_MINIMUM
from listings.grants.zone_minimum import minimums_of, set_minimum
from listings.shares import percent
from marketplace.core.errors import Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.forms import form_page, request_key
from marketplace.web.guard import requires

zone = Blueprint("grant_zone", __name__)


@zone.route("/work/grant-minimum", methods=["GET", "POST"])
@requires(SET_MINIMUM)
def minimum() -> ResponseReturnValue:
    """What the zone has set, and a form to set it anew from a day on."""
    form = MinimumForm()
    if form.submitted():
        given = form.to_input()
        try:
            with unit_of_work(current_actor()) as ctx:
                once(ctx, request_key(), "grant.set_minimum", lambda: set_minimum(ctx, given).id)
        except Invalid as invalid:
            form.complain(invalid)
        else:
            flash(_("已设定，生效前提交的赋权不受影响"), "success")
            return redirect(url_for("grant_zone.minimum"), 303)
    ctx = current()
    rules = minimums_of(ctx, ctx.actor.zone_id or "")
    return form_page("listings/grants/minimum.html", form, rules=rules, percent=percent)

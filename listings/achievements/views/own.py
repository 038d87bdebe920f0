"""The acting organisation's own achievements."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from listings.achievements.labels import STATES, price_label, state_label, trl_label
from listings.achievements.lists import TABS, own_rows, own_tab, tab_counts
from listings.achievements.policy import CREATE
from marketplace.core.i18n import gettext as _
from marketplace.web.context import current
from marketplace.web.guard import requires
from marketplace.web.paging import paged

own = Blueprint("achievement_list", __name__)


@own.get("/work/achievements")
@requires(CREATE)
def own_list() -> ResponseReturnValue:
    """In tabs by state; what was returned comes first."""
    ctx = current()
    tab = request.args.get("state", "")
    tab = tab if tab in TABS else ""
    counts = tab_counts(ctx)
    page = paged(ctx.session, own_tab(ctx, tab))
    tabs = [(url_for(".own_list"), _("全部"), not tab, counts[""])]
    tabs += [
        (url_for(".own_list", state=name), str(STATES[name][0]), tab == name, counts[name]) for name in TABS
    ]
    return render_template(
        "listings/achievements/own.html",
        page=page,
        rows=own_rows(page.rows),
        tabs=tabs,
        tab=tab,
        tab_label=str(STATES[tab][0]) if tab else "",
        total=counts[""],
        state_label=state_label,
        trl_label=trl_label,
        price_label=price_label,
    )

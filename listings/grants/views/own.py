"""The acting unit's grants, and the start of a new one."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from listings.achievements.models import PUBLISHED
from listings.achievements.reach import own_achievement
from listings.grants.content import from_json
from listings.grants.drafting import create_grant, grant_alive
from listings.grants.labels import TABS as TAB_WORDS
from listings.grants.labels import option_words, state_label
from listings.grants.lifecycle import GRANT
from listings.grants.policy import CREATE, READ
from listings.grants.queries import TABS, own_grants, tab_counts
from listings.grants.terms import INCOME, PLAN_128
from listings.unit_rules.queries import rules_in_force
from marketplace.core.errors import Conflict
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.forms import Form, request_key
from marketplace.web.guard import requires
from marketplace.web.paging import paged

own = Blueprint("grant_list", __name__, url_prefix="/work/grants")


@own.get("")
@requires(CREATE)
def own_list() -> ResponseReturnValue:
    """In tabs by how far they have come."""
    ctx = current()
    tab = request.args.get("state", "")
    tab = tab if tab in TABS else ""
    counts = tab_counts(ctx)
    page = paged(ctx.session, own_grants(ctx, tab))
    tabs = [(url_for(".own_list"), _("全部"), not tab, counts[""])]
    tabs += [
        (url_for(".own_list", state=name), str(TAB_WORDS[name]), tab == name, counts[name]) for name in TABS
    ]
    return render_template(
        "listings/grants/own.html",
        page=page,
        rows=[
            (grant, option_words(from_json(grant.content)), state_label(GRANT.state_now(ctx, grant)))
            for grant in page.rows
        ],
        tabs=tabs,
        tab_label=str(TAB_WORDS[tab]) if tab else "",
        total=counts[""],
    )


@own.get("/new")
@requires(CREATE)
def new() -> ResponseReturnValue:
    """What a grant takes, before anything is created."""
    ctx = current()
    asked = request.args.get("achievement", "")
    if not asked:
        return render_template("listings/grants/start.html")
    achievement = own_achievement(ctx, asked, CREATE)
    if achievement.state != PUBLISHED:
        raise Conflict(_("成果公开之后才能申请赋权"), code="not_published")
    alive, language = grant_alive(ctx, achievement.id), current_language()
    return render_template(
        "listings/grants/new.html",
        achievement=achievement,
        alive=alive,
        may_open=alive is not None and READ.allows(ctx.actor, alive),
        form=Form(),
        rules=rules_in_force(ctx, achievement.holder_id),
        basis=[(one.cited(language), one.said(language)) for one in (PLAN_128, INCOME)],
    )


@own.post("/new")
@requires(CREATE)
def create() -> ResponseReturnValue:
    achievement_id = request.form.get("achievement", "")
    with unit_of_work(current_actor()) as ctx:
        made = once(ctx, request_key(), "grant.create", lambda: create_grant(ctx, achievement_id).id)
    return redirect(url_for("grant_edit.form", grant_id=made), 303)

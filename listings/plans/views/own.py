"""The acting unit's plans, and the start of a new one."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from listings.achievements.models import PUBLISHED
from listings.achievements.reach import own_achievement
from listings.plans.content import from_json
from listings.plans.drafting import create_plan, replace_plan
from listings.plans.labels import STATES, buyer_words, price_words, state_label
from listings.plans.models import DECIDED
from listings.plans.policy import CREATE, EDIT
from listings.plans.queries import TABS, own_plans, plan_for, plans_about, tab_counts
from listings.unit_rules.queries import rules_in_force
from marketplace.core.errors import Conflict
from marketplace.core.i18n import gettext as _
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.forms import Form, request_key
from marketplace.web.guard import requires
from marketplace.web.paging import paged

own = Blueprint("plan_list", __name__, url_prefix="/work/plans")


@own.get("")
@requires(CREATE)
def own_list() -> ResponseReturnValue:
    """In tabs by state."""
    ctx = current()
    tab = request.args.get("state", "")
    tab = tab if tab in TABS else ""
    counts = tab_counts(ctx)
    page = paged(ctx.session, own_plans(ctx, tab))
    tabs = [(url_for(".own_list"), _("全部"), not tab, counts[""])]
    tabs += [
        (url_for(".own_list", state=name), str(STATES[name][0]), tab == name, counts[name]) for name in TABS
    ]
    return render_template(
        "listings/plans/own.html",
        page=page,
        rows=[(plan, from_json(plan.content)) for plan in page.rows],
        tabs=tabs,
        tab_label=str(STATES[tab][0]) if tab else "",
        total=counts[""],
        state_label=state_label,
        price_words=price_words,
        buyer_words=buyer_words,
    )


@own.get("/new")
@requires(CREATE)
def new() -> ResponseReturnValue:
    """What a plan takes, before anything is created: for an achievement, or in place of a decided plan."""
    ctx = current()
    plan = plan_for(ctx, request.args["plan"], EDIT) if "plan" in request.args else None
    asked = plan.achievement_id if plan else request.args.get("achievement", "")
    if not asked:
        return render_template("listings/plans/start.html")
    achievement = own_achievement(ctx, asked, CREATE)
    if achievement.state != PUBLISHED:
        raise Conflict(_("成果公开之后才能起草转化方案"), code="not_published")
    if plan is not None and plan.state != DECIDED:
        raise Conflict(_("只有已决定的方案可以变更"), code="wrong_state")
    return render_template(
        "listings/plans/new.html",
        achievement=achievement,
        plan=plan,
        form=Form(),
        others=plans_about(ctx, achievement.id),
        rules=rules_in_force(ctx, achievement.holder_id),
        state_label=state_label,
    )


@own.post("/new")
@requires(CREATE)
def create() -> ResponseReturnValue:
    achievement_id, plan_id = request.form.get("achievement", ""), request.form.get("plan", "")
    with unit_of_work(current_actor()) as ctx:
        made = once(
            ctx,
            request_key(),
            "plan.create",
            lambda: (replace_plan(ctx, plan_id) if plan_id else create_plan(ctx, achievement_id)).id,
        )
    return redirect(url_for("plan_edit.form", plan_id=made), 303)

"""The acting organisation's trades, and the start of a new one: first what is sold, then how, with the consequences."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from auctions.procedure import Milestone
from auctions.trades import labels
from auctions.trades.drafting import Preview, create_trade, foreseen, preview, trade_alive
from auctions.trades.forms.acts import NewTradeForm
from auctions.trades.kinds import procedures
from auctions.trades.models import Trade
from auctions.trades.policy import CREATE
from auctions.trades.queries import TABS, own_counts, own_trades
from auctions.trades.reach import trade_for
from listings.achievements.models import PUBLISHED, Achievement
from listings.achievements.policy import EDIT as EDIT_ACHIEVEMENT
from listings.achievements.reach import own_achievement
from listings.plans.content import AGREEMENT
from listings.plans.content import from_json as plan_text
from listings.plans.models import Plan
from listings.plans.policy import READ as READ_PLAN
from listings.plans.queries import decided_plans
from listings.plans.reach import plan_for
from marketplace.accounts.roles import UNIVERSITY
from marketplace.core.clock import local_date
from marketplace.core.context import Context
from marketplace.core.errors import Conflict
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.i18n import lazy_pgettext as _lp
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.fields import options
from marketplace.web.forms import request_key
from marketplace.web.guard import requires
from marketplace.web.paging import paged

own = Blueprint("trade_list", __name__, url_prefix="/work/trades")

TAB_WORDS = {
    "drafting": _lp("交易分类", "起草中"),
    "waiting": _lp("交易分类", "待公告"),
    "running": _lp("交易分类", "进行中"),
    "over": _lp("交易分类", "已结束"),
}
MOST = 100


@own.get("")
@requires(CREATE)
def own_list() -> ResponseReturnValue:
    """In tabs by how far they have come."""
    ctx = current()
    tab = request.args.get("state", "")
    tab = tab if tab in TABS else ""
    counts = own_counts(ctx)
    tabs = [(url_for(".own_list"), _("全部"), not tab, counts[""])]
    tabs += [
        (url_for(".own_list", state=name), str(TAB_WORDS[name]), tab == name, counts[name]) for name in TABS
    ]
    return render_template(
        "auctions/trades/own.html",
        page=paged(ctx.session, own_trades(ctx, tab)),
        tabs=tabs,
        tab_label=str(TAB_WORDS[tab]) if tab else "",
        total=counts[""],
        labels=labels,
    )


@dataclass(frozen=True)
class Start:
    """What a new trade is about."""

    achievement: Achievement
    plan: Plan | None
    before: Trade | None


@dataclass(frozen=True)
class Option:
    """A procedure with what would follow from choosing it."""

    kind: str
    words: str
    about: str
    days: tuple[Milestone, ...]


@own.get("/new")
@requires(CREATE)
def new() -> ResponseReturnValue:
    """What may be traded; once something is chosen, the procedures with their earliest lawful days."""
    ctx = current()
    start = _start(ctx)
    if start is None:
        return render_template(
            "auctions/trades/start.html", plans=_plans(ctx), achievements=_achievements(ctx)
        )
    if start.achievement.state != PUBLISHED:
        raise Conflict(_("成果公开之后才能交易"), code="not_published")
    return _choice(ctx, start, NewTradeForm())


@own.post("/new")
@requires(CREATE)
def create() -> ResponseReturnValue:
    form = NewTradeForm()
    about = request.form.get("achievement", "")
    plan, before = request.form.get("plan") or None, request.form.get("before") or None
    kind = str(form.kind.data or "")
    with unit_of_work(current_actor()) as ctx:
        made = once(
            ctx,
            request_key(),
            "trade.create",
            lambda: create_trade(ctx, kind, about, plan_id=plan, before_id=before).id,
        )
    return redirect(url_for("trade_edit.form", trade_id=made), 303)


def _start(ctx: Context) -> Start | None:
    """What the address names: a trade to list anew, a plan, or an achievement. Raises NotFound, Forbidden."""
    before = trade_for(ctx, request.args["before"]) if "before" in request.args else None
    plan_id = before.plan_id if before is not None else request.args.get("plan")
    plan = plan_for(ctx, plan_id, READ_PLAN) if plan_id else None
    about = before or plan
    achievement_id = about.achievement_id if about is not None else request.args.get("achievement")
    if not achievement_id:
        return None
    achievement = own_achievement(ctx, achievement_id, CREATE)
    if plan is None and achievement.holder.kind == UNIVERSITY:
        plan = next((one for one in _plans(ctx) if one.achievement_id == achievement.id), None)
    return Start(achievement, plan, before)


def _choice(ctx: Context, start: Start, form: NewTradeForm) -> str:
    alive = trade_alive(ctx, start.achievement.id)
    plan_id = start.plan.id if start.plan is not None else None
    needed = start.achievement.holder.kind == UNIVERSITY and start.plan is None
    previews = {
        kind: preview(
            ctx,
            kind,
            start.achievement.id,
            plan_id=plan_id,
            before_id=start.before.id if start.before is not None else None,
        )
        for kind in (() if needed or alive is not None else procedures())
    }
    shown = [_option(ctx, kind, found) for kind, found in previews.items()]
    form.kind.choices = options([(option.kind, option.words) for option in shown])
    if form.kind.data is None and shown:
        form.kind.data = start.before.kind if start.before is not None else shown[0].kind
    regime = next((found.regime for found in previews.values()), None)
    return render_template(
        "auctions/trades/new.html",
        start=start,
        alive=alive,
        needed=needed,
        form=form,
        shown=shown,
        regime=labels.regime_words(regime) if regime is not None else [],
        told=start.plan is not None or start.before is not None,
        labels=labels,
    )


def _option(ctx: Context, kind: str, found: Preview) -> Option:
    language = current_language()
    days = foreseen(found.procedure, found.terms, local_date(ctx.now), ctx.calendar)
    return Option(kind, found.procedure.words.text(language), found.procedure.about.text(language), days)


def _plans(ctx: Context) -> list[Plan]:
    """Decided plans of the acting unit that ask for a public trade and are not carried out yet."""
    query = decided_plans(ctx).where(Plan.holder_id == (ctx.actor.org_id or "")).limit(MOST)
    return [
        plan
        for plan in ctx.session.scalars(query).unique()
        if plan_text(plan.content).pricing_method != AGREEMENT
        and plan.achievement.state == PUBLISHED
        and trade_alive(ctx, plan.achievement_id) is None
    ]


def _achievements(ctx: Context) -> list[Achievement]:
    """Published achievements of a firm, which needs no plan."""
    if ctx.actor.org_kind == UNIVERSITY:
        return []
    query = select(Achievement).where(
        EDIT_ACHIEVEMENT.clause(ctx.actor, Achievement), Achievement.state == PUBLISHED
    )
    found = ctx.session.scalars(query.order_by(Achievement.published_at.desc()).limit(MOST)).unique()
    return [one for one in found if trade_alive(ctx, one.id) is None]

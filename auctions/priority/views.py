"""Pages of the right of first refusal: who holds it, how they were told, what they answered."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from auctions.priority.finding import ASSIGNMENT
from auctions.priority.models import PriorityHolder
from auctions.priority.services import EXERCISABLE, add_holder, notify_holder, take_answer
from auctions.trades import labels
from auctions.trades.facts import holders_of
from auctions.trades.forms.acts import AnswerForm, HolderForm, NoticeForm
from auctions.trades.lot import lot_from
from auctions.trades.models import Trade
from auctions.trades.policy import SUBMIT
from auctions.trades.reach import trade_for
from listings.achievements.forms.acts import ActForm
from marketplace.core.context import Context
from marketplace.core.errors import Invalid, NotFound
from marketplace.core.i18n import gettext as _
from marketplace.core.lookup import get
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.forms import request_key
from marketplace.web.guard import requires

priority = Blueprint("trade_priority", __name__, url_prefix="/work/trades/<trade_id>/holders")


def holders_card(ctx: Context, trade: Trade) -> str:
    """On the trade's page, for the seller and the host; nothing where the right does not arise."""
    holders = holders_of(ctx, trade)
    if not holders and lot_from(trade.lot).mode != ASSIGNMENT:
        return ""
    mine = SUBMIT.allows(ctx.actor, trade) and trade.ended_at is None
    return Markup(  # noqa: S704 - a rendered template
        render_template(
            "auctions/priority/_holders.html",
            trade=trade,
            holders=holders,
            labels=labels,
            mine=mine,
            may_add=mine and trade.announced_at is None,
        )
    )


@priority.route("/add", methods=["GET", "POST"])
@requires(SUBMIT)
def adding(trade_id: str) -> ResponseReturnValue:
    form = HolderForm()
    said = _("已列出，请通知其交易条件")
    return _act("add", trade_id, form, lambda ctx: add_holder(ctx, trade_id, form.to_input()), said)


@priority.route("/<holder_id>/notice", methods=["GET", "POST"])
@requires(SUBMIT)
def notice(trade_id: str, holder_id: str) -> ResponseReturnValue:
    form = NoticeForm()

    def told(ctx: Context) -> PriorityHolder:
        return notify_holder(ctx, trade_id, holder_id, form.to_input())

    return _act("notice", trade_id, form, told, _("通知已登记"), holder_id)


@priority.route("/<holder_id>/answer", methods=["GET", "POST"])
@requires(SUBMIT)
def answer(trade_id: str, holder_id: str) -> ResponseReturnValue:
    form = AnswerForm()

    def answered(ctx: Context) -> PriorityHolder:
        return take_answer(ctx, trade_id, holder_id, form.to_input())

    return _act("answer", trade_id, form, answered, _("答复已登记"), holder_id)


def _act(
    act: str,
    trade_id: str,
    form: ActForm,
    command: Callable[[Context], PriorityHolder],
    said: str,
    holder_id: str = "",
) -> ResponseReturnValue:
    """The question, or what was sent: carried out, or back with all that was typed."""
    if form.submitted():
        try:
            with unit_of_work(current_actor()) as ctx:
                once(ctx, request_key(), f"trade.holder_{act}", lambda: command(ctx).id)
        except Invalid as invalid:
            form.complain(invalid)
        else:
            flash(said, "success")
            return redirect(url_for("trades.page", trade_id=trade_id, _anchor="holders"), 303)
    ctx = current()
    trade = trade_for(ctx, trade_id, SUBMIT)
    page = render_template(
        f"auctions/priority/{act}.html",
        trade=trade,
        holder=_holder(ctx, trade, holder_id) if holder_id else None,
        form=form,
        labels=labels,
        may_exercise=trade.state == EXERCISABLE,
    )
    return page, 422 if form.errors else 200


def _holder(ctx: Context, trade: Trade, holder_id: str) -> PriorityHolder:
    holder = get(ctx.session, PriorityHolder, holder_id)
    if holder.trade_id != trade.id:
        raise NotFound
    return holder

"""The seller's acts that need a reason or a second look. Each has a page that asks, so none needs scripts."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from auctions.trades.drafting import EDITABLE, discard_trade
from auctions.trades.kinds import procedure_of
from auctions.trades.models import Trade
from auctions.trades.policy import EDIT, SUBMIT
from auctions.trades.reach import trade_for
from auctions.trades.services import withdraw_trade
from listings.note_form import NoteForm
from marketplace.core.errors import Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.forms import Form, request_key
from marketplace.web.guard import requires

acts = Blueprint("trade_acts", __name__, url_prefix="/work/trades/<trade_id>")


@acts.get("/withdraw")
@requires(SUBMIT)
def withdrawing(trade_id: str) -> ResponseReturnValue:
    trade = trade_for(current(), trade_id, SUBMIT)
    if not starts_here(trade, "withdraw"):
        return redirect(url_for("trades.page", trade_id=trade_id), 303)
    return render_template("auctions/trades/withdraw.html", trade=trade, form=NoteForm())


@acts.post("/withdraw")
@requires(SUBMIT)
def withdraw(trade_id: str) -> ResponseReturnValue:
    form = NoteForm()
    note = str(form.note.data or "")
    try:
        with unit_of_work(current_actor()) as ctx:
            once(ctx, request_key(), "trade.withdraw", lambda: withdraw_trade(ctx, trade_id, note).id)
    except Invalid as invalid:
        form.complain(invalid)
        trade = trade_for(current(), trade_id, SUBMIT)
        return render_template("auctions/trades/withdraw.html", trade=trade, form=form), 422
    flash(_("已撤牌"), "success")
    return redirect(url_for("trades.page", trade_id=trade_id), 303)


@acts.get("/discard")
@requires(EDIT)
def discarding(trade_id: str) -> ResponseReturnValue:
    trade = trade_for(current(), trade_id, EDIT)
    if trade.state not in EDITABLE:
        return redirect(url_for("trades.page", trade_id=trade_id), 303)
    return render_template("auctions/trades/discard.html", trade=trade, form=Form())


@acts.post("/discard")
@requires(EDIT)
def discard(trade_id: str) -> ResponseReturnValue:
    with unit_of_work(current_actor()) as ctx:
        once(ctx, request_key(), "trade.discard", lambda: discard_trade(ctx, trade_id).id)
    flash(_("草稿已删除"), "success")
    return redirect(url_for("trade_list.own_list"), 303)


def starts_here(trade: Trade, name: str) -> bool:
    """Does the procedure have such a move from the state the trade is in?"""
    return any(move.name == name and trade.state in move.source for move in procedure_of(trade.kind).moves)

"""The host's desk: what waits and what runs, and the acts by which the host runs a trade."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from auctions.terms.law import APPLICATION_REVIEW
from auctions.trades import labels
from auctions.trades.forms.acts import SupplementForm, SuspendForm
from auctions.trades.models import Trade
from auctions.trades.obstacles import obstacles
from auctions.trades.policy import HOST
from auctions.trades.queries import DESK, WAITING, desk_counts, desk_trades, fresh, intents_in
from auctions.trades.reach import trade_for
from auctions.trades.services import (
    announce_trade,
    resume_trade,
    return_trade,
    supplement_trade,
    suspend_trade,
    terminate_trade,
)
from auctions.trades.showing import gates_of
from auctions.trades.views.acts import starts_here
from auctions.trades.views.own import TAB_WORDS
from listings.note_form import NoteForm
from marketplace.core.context import Context
from marketplace.core.errors import Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.forms import Form, request_key
from marketplace.web.guard import requires
from marketplace.web.paging import paged

desk = Blueprint("trade_desk", __name__, url_prefix="/work/trade-desk")


@desk.get("")
@requires(HOST)
def listed() -> ResponseReturnValue:
    """What waits for its announcement, what runs by its deadline, what is over."""
    ctx = current()
    tab = request.args.get("state", WAITING)
    tab = tab if tab in DESK else WAITING
    counts = desk_counts(ctx)
    page = paged(ctx.session, desk_trades(ctx, tab))
    return render_template(
        "auctions/trades/desk.html",
        page=page,
        tab=tab,
        tabs=[
            (url_for(".listed", state=name), str(TAB_WORDS[name]), tab == name, counts[name]) for name in DESK
        ],
        intents=intents_in(ctx, [trade.id for trade in page.rows]),
        review_due=lambda trade: review_due(ctx, trade),
        labels=labels,
    )


def review_due(ctx: Context, trade: Trade) -> str:
    """By when the host has to have looked at a submission."""
    if trade.submitted_at is None:
        return ""
    return labels.deadline_words(APPLICATION_REVIEW.run(trade.submitted_at, ctx.calendar).end)


@desk.get("/<trade_id>/announce")
@requires(HOST)
def announcing(trade_id: str) -> ResponseReturnValue:
    """What still stands against it, in sentences; without any, the question."""
    ctx = current()
    trade = fresh(ctx, trade_id)
    trade_for(ctx, trade_id, HOST)
    if not starts_here(trade, "announce"):
        return _to(trade_id)
    return render_template(
        "auctions/trades/announce.html",
        trade=trade,
        form=Form(),
        obstacles=obstacles(ctx, trade),
        gates=gates_of(ctx, trade),
        sections=labels.sections_of(trade),
    )


@desk.post("/<trade_id>/announce")
@requires(HOST)
def announce(trade_id: str) -> ResponseReturnValue:
    with unit_of_work(current_actor()) as ctx:
        once(ctx, request_key(), "trade.announce", lambda: announce_trade(ctx, trade_id).id)
    flash(_("已公告，期限从次日起算"), "success")
    return _to(trade_id)


@desk.get("/<trade_id>/return")
@requires(HOST)
def returning(trade_id: str) -> ResponseReturnValue:
    return _question("return", trade_id, NoteForm())


@desk.post("/<trade_id>/return")
@requires(HOST)
def return_(trade_id: str) -> ResponseReturnValue:
    form = NoteForm()
    note = str(form.note.data or "")
    return _act("return", trade_id, form, lambda ctx: return_trade(ctx, trade_id, note).id, _("已退回出让方"))


@desk.get("/<trade_id>/supplement")
@requires(HOST)
def supplementing(trade_id: str) -> ResponseReturnValue:
    return _question("supplement", trade_id, SupplementForm())


@desk.post("/<trade_id>/supplement")
@requires(HOST)
def supplement(trade_id: str) -> ResponseReturnValue:
    form = SupplementForm()
    text = str(form.note.data or "")
    said = _("补充公告已发布，期限重新计算")
    return _act("supplement", trade_id, form, lambda ctx: supplement_trade(ctx, trade_id, text).id, said)


@desk.get("/<trade_id>/suspend")
@requires(HOST)
def suspending(trade_id: str) -> ResponseReturnValue:
    return _question("suspend", trade_id, SuspendForm())


@desk.post("/<trade_id>/suspend")
@requires(HOST)
def suspend(trade_id: str) -> ResponseReturnValue:
    form = SuspendForm()
    given = form.to_input()
    said = _("已中止，期限停止计算")
    return _act("suspend", trade_id, form, lambda ctx: suspend_trade(ctx, trade_id, given).id, said)


@desk.post("/<trade_id>/resume")
@requires(HOST)
def resume(trade_id: str) -> ResponseReturnValue:
    with unit_of_work(current_actor()) as ctx:
        once(ctx, request_key(), "trade.resume", lambda: resume_trade(ctx, trade_id).id)
    flash(_("已恢复，期限继续计算"), "success")
    return _to(trade_id)


@desk.get("/<trade_id>/terminate")
@requires(HOST)
def terminating(trade_id: str) -> ResponseReturnValue:
    return _question("terminate", trade_id, NoteForm())


@desk.post("/<trade_id>/terminate")
@requires(HOST)
def terminate(trade_id: str) -> ResponseReturnValue:
    form = NoteForm()
    note = str(form.note.data or "")
    return _act(
        "terminate", trade_id, form, lambda ctx: terminate_trade(ctx, trade_id, note).id, _("交易已终止")
    )


def _question(act: str, trade_id: str, form: Form) -> ResponseReturnValue:
    trade = trade_for(current(), trade_id, HOST)
    if not starts_here(trade, act):
        return _to(trade_id)
    return _page(act, trade, form)


def _act(
    act: str, trade_id: str, form: Form, command: Callable[[Context], str], said: str
) -> ResponseReturnValue:
    try:
        with unit_of_work(current_actor()) as ctx:
            once(ctx, request_key(), f"trade.{act}", lambda: command(ctx))
    except Invalid as invalid:
        form.complain(invalid)
        return _page(act, trade_for(current(), trade_id, HOST), form), 422
    flash(said, "success")
    return _to(trade_id)


def _page(act: str, trade: Trade, form: Form) -> str:
    return render_template(f"auctions/trades/{act}.html", trade=trade, form=form)


def _to(trade_id: str) -> ResponseReturnValue:
    return redirect(url_for("trades.page", trade_id=trade_id), 303)

"""Checking a draft, putting it before the host, and taking it back."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from auctions.trades import labels
from auctions.trades.drafting import EDITABLE, foreseen
from auctions.trades.kinds import procedure_of, terms_from
from auctions.trades.models import Trade
from auctions.trades.policy import SUBMIT
from auctions.trades.reach import trade_for
from auctions.trades.services import complaints_about, recall_trade, submit_trade
from marketplace.core.clock import local_date
from marketplace.core.context import Context
from marketplace.core.errors import Invalid, Words
from marketplace.core.i18n import gettext as _
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.forms import Form, request_key
from marketplace.web.guard import requires

submission = Blueprint("trade_submission", __name__, url_prefix="/work/trades/<trade_id>")


@submission.get("/check")
@requires(SUBMIT)
def check(trade_id: str) -> ResponseReturnValue:
    trade = trade_for(current(), trade_id, SUBMIT)
    if trade.state not in EDITABLE:
        return redirect(url_for("trades.page", trade_id=trade_id), 303)
    return _page(trade_id)


@submission.post("/submit")
@requires(SUBMIT)
def submit(trade_id: str) -> ResponseReturnValue:
    """Submit what was looked at; if anything is wrong with it, the check page says so."""
    version = request.form.get("version", 0, type=int)
    try:
        with unit_of_work(current_actor()) as ctx:
            once(ctx, request_key(), "trade.submit", lambda: submit_trade(ctx, trade_id, version=version).id)
    except Invalid:
        return _page(trade_id), 422
    flash(_("已提交示范区审核"), "success")
    return redirect(url_for("trades.page", trade_id=trade_id), 303)


@submission.post("/recall")
@requires(SUBMIT)
def recall(trade_id: str) -> ResponseReturnValue:
    with unit_of_work(current_actor()) as ctx:
        once(ctx, request_key(), "trade.recall", lambda: recall_trade(ctx, trade_id).id)
    flash(_("已撤回提交"), "success")
    return redirect(url_for("trades.page", trade_id=trade_id), 303)


def _page(trade_id: str) -> str:
    ctx = current()
    trade = trade_for(ctx, trade_id, SUBMIT)
    wrong = complaints_about(ctx, trade)
    procedure = procedure_of(trade.kind)
    return render_template(
        "auctions/trades/check.html",
        trade=trade,
        form=Form(),
        wrong=len(wrong),
        sections=_rows(ctx, trade),
        general=[str(error.message) for error in wrong if error.field == "plan"],
        milestones=foreseen(procedure, terms_from(procedure, trade.terms), local_date(ctx.now), ctx.calendar),
        regime=labels.regime_words(trade.regime),
        labels=labels,
    )


def _rows(ctx: Context, trade: Trade) -> list[tuple[str, str, list[tuple[str, str, list[Words]]]]]:
    """The text by sections, each row with what is wrong about it; what is wrong about an empty one brings it in."""
    complaints: dict[str, list[Words]] = {}
    for error in complaints_about(ctx, trade):
        complaints.setdefault(error.field.partition(".")[0], []).append(error.message)
    found: list[Any] = []
    for name, heading, rows in labels.sections_of(trade, whole=True):
        shown = {field: (label, value) for field, label, value in rows}
        section = next(one for one in labels.SECTIONS if one.name == name)
        for field in labels.names_of(trade, section):
            if field in complaints:
                shown.setdefault(field, (labels.field_label(field), ""))
        found.append((name, heading, [(*said, complaints.get(field, [])) for field, said in shown.items()]))
    return found

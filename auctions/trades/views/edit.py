"""The form of a trade's text."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from auctions.trades import labels
from auctions.trades.drafting import EDITABLE, save_trade
from auctions.trades.forms import form_of
from auctions.trades.forms.lot import LotForm
from auctions.trades.kinds import procedure_of, terms_from
from auctions.trades.lot import lot_from
from auctions.trades.models import Trade
from auctions.trades.policy import EDIT
from auctions.trades.reach import trade_for
from marketplace.accounts.people import name_of
from marketplace.core.errors import Conflict, Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.uow import unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.guard import requires

edit = Blueprint("trade_edit", __name__, url_prefix="/work/trades/<trade_id>/edit")


@edit.get("")
@requires(EDIT)
def form(trade_id: str) -> ResponseReturnValue:
    trade = trade_for(current(), trade_id, EDIT)
    if trade.state not in EDITABLE:
        return redirect(url_for("trades.page", trade_id=trade_id), 303)
    shown = form_of(trade.kind)
    shown.show_trade(lot_from(trade.lot), terms_from(procedure_of(trade.kind), trade.terms))
    return _page(trade_id, shown, trade.version)


@edit.post("")
@requires(EDIT)
def save(trade_id: str) -> ResponseReturnValue:
    """Save the draft. With a complaint or a colleague's save in between, the page comes back with all that was typed."""
    sent = form_of(trade_for(current(), trade_id, EDIT).kind)
    version = request.form.get("version", 0, type=int)
    sent.submitted()
    if sent.errors or "more" in request.form:
        sent.offer_more()
        return _page(trade_id, sent, version), 422 if sent.errors else 200
    try:
        with unit_of_work(current_actor()) as ctx:
            save_trade(ctx, trade_id, sent.changes(), version=version)
    except Invalid as invalid:
        sent.complain(invalid)
        sent.offer_more()
        return _page(trade_id, sent, version), 422
    except Conflict as conflict:
        sent.offer_more()
        return _page(trade_id, sent, None, conflict), 409
    flash(_("草稿已保存"), "success")
    then = "trade_submission.check" if request.form.get("then") == "check" else "trades.page"
    return redirect(url_for(then, trade_id=trade_id), 303)


def _page(trade_id: str, sent: LotForm, version: int | None, conflict: Conflict | None = None) -> str:
    """The page with the form on it; after a conflict, with what is stored beside what was typed."""
    ctx = current()
    trade = trade_for(ctx, trade_id, EDIT)
    named = {field.short_name for field in sent.controls()}
    sections = [
        (section.name, section.heading, [name for name in labels.names_of(trade, section) if name in named])
        for section in labels.SECTIONS
    ]
    return render_template(
        "auctions/trades/edit.html",
        trade=trade,
        form=sent,
        version=trade.version if version is None else version,
        sections=[section for section in sections if section[2]],
        conflict=conflict,
        differences=_differences(trade, sent) if conflict else [],
        saved_by=name_of(ctx, trade.saved_by),
    )


def _differences(trade: Trade, sent: LotForm) -> list[tuple[str, str, str]]:
    """(name, stored, typed) of every field of which the two differ."""
    procedure, typed = procedure_of(trade.kind), sent.changes()
    stored = lot_from(trade.lot), terms_from(procedure, trade.terms)
    mine = (
        lot_from({name: typed.get(name, value) for name, value in trade.lot.items()}),
        terms_from(procedure, {name: typed.get(name, value) for name, value in trade.terms.items()}),
    )
    rows = []
    for name in typed:
        theirs, own = labels.in_words(*stored, name), labels.in_words(*mine, name)
        if theirs != own:
            rows.append((labels.field_label(name), theirs, own))
    return rows

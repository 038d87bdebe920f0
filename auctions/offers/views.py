"""Pages of an offer: type the amount, look at it once more, hand it in, keep the receipt."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from auctions.offers.forms import OfferForm
from auctions.offers.policy import MAKE, READ
from auctions.offers.queries import may_offer, own_offer, receipt_of, running
from auctions.offers.reach import party
from auctions.offers.services import amount_complaints, take_offer
from auctions.trades.addresses import trade_page
from auctions.trades.models import Trade
from marketplace.core.context import Context
from marketplace.core.errors import Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.lookup import get
from marketplace.core.money_words import uppercase_fen
from marketplace.web.context import current, current_actor
from marketplace.web.forms import request_key
from marketplace.web.guard import requires

offers = Blueprint("offers", __name__, url_prefix="/trades/<trade_id>/offer")


@offers.get("")
@requires(MAKE)
def form(trade_id: str) -> ResponseReturnValue:
    """The amount. Who has offered is shown the receipt."""
    ctx = current()
    trade, intent = party(ctx, trade_id, MAKE)
    if may_offer(ctx, trade, intent):
        return _form_page(ctx, trade, OfferForm())
    if own_offer(ctx, intent) is not None:
        return redirect(url_for("offers.receipt", trade_id=trade_id), 303)
    return redirect(trade_page(trade_id), 303)


@offers.post("")
@requires(MAKE)
def make(trade_id: str) -> ResponseReturnValue:
    """First the amount is repeated, in figures and in words; only what was so confirmed is an offer."""
    ctx, typed = current(), OfferForm()
    trade, intent = party(ctx, trade_id, MAKE)
    typed.submitted()
    if typed.errors:
        return _form_page(ctx, trade, typed), 422
    if "again" in request.form:
        return _form_page(ctx, trade, typed)
    given = typed.to_input()
    if not typed.looked_at:
        errors = amount_complaints(ctx, trade, intent, given.amount_fen)
        if errors:
            typed.complain(Invalid(errors))
            return _form_page(ctx, trade, typed), 422
        return _look_again(trade, typed, given.amount_fen or 0)
    try:
        take_offer(current_actor(), trade_id, given, request_key())
    except Invalid as invalid:
        typed.complain(invalid)
        return _form_page(current(), get(current().session, Trade, trade_id), typed), 422
    return redirect(url_for("offers.receipt", trade_id=trade_id), 303)


@offers.get("/receipt")
@requires(READ)
def receipt(trade_id: str) -> ResponseReturnValue:
    """The party's own receipt, with everything needed to check it."""
    ctx = current()
    trade, intent = party(ctx, trade_id, READ)
    offer = own_offer(ctx, intent)
    if offer is None:
        return redirect(trade_page(trade_id), 303)
    return render_template(
        "auctions/offers/receipt.html",
        trade=trade,
        receipt=receipt_of(offer),
        opened=offer.opened_at,
        capitals=uppercase_fen(offer.amount_fen),
        back=trade_page(trade_id),
    )


def _form_page(ctx: Context, trade: Trade, typed: OfferForm) -> str:
    return _page("form", trade, form=typed, period=running(ctx, trade))


def _look_again(trade: Trade, typed: OfferForm, amount: int) -> str:
    typed.confirmed.data = str(amount)
    return _page("confirm", trade, form=typed, amount=amount, capitals=uppercase_fen(amount))


def _page(name: str, trade: Trade, **facts: Any) -> str:
    title = _("报价")
    return render_template(
        f"auctions/offers/{name}.html", trade=trade, title=title, back=trade_page(trade.id), **facts
    )

"""Registering for a trade: the statement, and the receipt."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from auctions.intents.forms import StatementForm
from auctions.intents.labels import receipt_number
from auctions.intents.policy import EDIT, REGISTER
from auctions.intents.queries import is_open
from auctions.intents.reach import intent_for
from auctions.intents.review import conditions_of
from auctions.intents.services import own_intent, register_intent
from auctions.trades.addresses import trade_page
from auctions.trades.kinds import procedure_of, terms_from
from auctions.trades.models import Trade
from auctions.trades.reach import trade_for
from listings.decisions.minutes import ACCEPTED, as_claim
from listings.decisions.record import Minutes
from listings.decisions.sending import sent_file
from marketplace.core.context import Context
from marketplace.core.errors import Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.runtime import runtime
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.forms import request_key
from marketplace.web.guard import requires

registration = Blueprint("intent_registration", __name__)


@registration.get("/trades/<trade_id>/intents/new")
@requires(REGISTER)
def new(trade_id: str) -> ResponseReturnValue:
    """The statement to be filled in; who has registered already is shown that."""
    ctx = current()
    trade = trade_for(ctx, trade_id)
    mine = own_intent(ctx, trade.id)
    if mine is not None:
        return redirect(url_for("intents.page", intent_id=mine.id), 303)
    if not is_open(ctx, trade):
        flash(_("现在不是登记期，登记以期满时刻为界"), "error")
        return redirect(trade_page(trade.id), 303)
    return _page(ctx, trade, _form(ctx, trade), None)


@registration.post("/trades/<trade_id>/intents/new")
@requires(REGISTER)
def register(trade_id: str) -> ResponseReturnValue:
    """Register. With a complaint the page comes back with all that was typed, the file included."""
    ctx = current()
    form = _form(ctx, trade_for(ctx, trade_id))
    form.submitted()
    paper = sent_file(form, "paper")
    if not form.errors and "more" not in request.form:
        try:
            made = _register(trade_id, form, paper)
        except Invalid as invalid:
            form.complain(invalid)
        else:
            return redirect(url_for("intent_registration.receipt", intent_id=made), 303)
    ctx = current()
    return _page(ctx, trade_for(ctx, trade_id), form, paper), 422 if form.errors else 200


@registration.get("/work/intents/<intent_id>/receipt")
@requires(EDIT)
def receipt(intent_id: str) -> ResponseReturnValue:
    """The receipt of a registration: number, time to the second, digest."""
    intent = intent_for(current(), intent_id, EDIT)
    return render_template("auctions/intents/receipt.html", intent=intent, number=receipt_number(intent))


def _register(trade_id: str, form: StatementForm, paper: Minutes | None) -> str:
    with unit_of_work(current_actor()) as ctx:
        return once(
            ctx,
            request_key(),
            "intent.register",
            lambda: register_intent(ctx, trade_id, form.to_input(), paper).id,
        )


def _form(ctx: Context, trade: Trade) -> StatementForm:
    terms = terms_from(procedure_of(trade.kind), trade.terms)
    kind = ctx.actor.org_kind or ""
    return StatementForm(kind, conditions_of(trade), consortium=bool(getattr(terms, "consortium", False)))


def _page(ctx: Context, trade: Trade, form: StatementForm, paper: Minutes | None) -> str:
    if "members" in form:
        form.members.offer_more()
    form.kept_paper.data = as_claim(ctx.actor, paper) if paper else ""
    terms = terms_from(procedure_of(trade.kind), trade.terms)
    return render_template(
        "auctions/intents/new.html",
        trade=trade,
        trade_href=trade_page(trade.id),
        form=form,
        conditions=conditions_of(trade),
        deposit_fen=getattr(terms, "deposit_fen", 0),
        deposit_wd=getattr(terms, "deposit_wd", 0),
        accepted=ACCEPTED,
        most=runtime().settings.upload_max_bytes,
        kept=paper.name if paper else "",
    )

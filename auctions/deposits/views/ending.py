"""What the officers do at the end: refund, check the refund, propose and decide a forfeiture."""

from flask import Blueprint, flash
from flask.typing import ResponseReturnValue

from auctions.deposits import models as d
from auctions.deposits.forfeiture import decide_forfeiture, propose_forfeiture
from auctions.deposits.forms import ForfeitDecisionForm, ForfeitForm, RefundForm
from auctions.deposits.models import Deposit
from auctions.deposits.policy import CHECK, RECORD, SETTLE
from auctions.deposits.refunds import check_refund, record_refund, return_refund
from auctions.deposits.views.acting import back, carried_out, question, run
from listings.note_form import NoteForm
from marketplace.core.context import Context
from marketplace.core.errors import FieldError, Invalid
from marketplace.core.i18n import gettext as _
from marketplace.web.guard import requires

ending = Blueprint("deposit_end", __name__, url_prefix="/work/settlement/<deposit_id>")
_PROPOSABLE = frozenset({d.LOCKED, d.REFUND_DUE})


@ending.get("/refund")
@requires(RECORD)
def refunding(deposit_id: str) -> ResponseReturnValue:
    return question("refund", deposit_id, RECORD, frozenset({d.REFUND_DUE}), RefundForm())


@ending.post("/refund")
@requires(RECORD)
def refund(deposit_id: str) -> ResponseReturnValue:
    form = RefundForm()

    def command(ctx: Context) -> Deposit:
        return record_refund(ctx, deposit_id, form.to_input())

    return carried_out("refund", deposit_id, RECORD, form, command, _("退款已登记，等待另一人复核"))


@ending.post("/refund/check")
@requires(CHECK)
def checked(deposit_id: str) -> ResponseReturnValue:
    run("check_refund", lambda ctx: check_refund(ctx, deposit_id))
    flash(_("退款已复核"), "success")
    return back(deposit_id)


@ending.get("/refund/return")
@requires(CHECK)
def returning(deposit_id: str) -> ResponseReturnValue:
    return question("return_refund", deposit_id, CHECK, frozenset({d.REFUND_RECORDED}), NoteForm())


@ending.post("/refund/return")
@requires(CHECK)
def return_(deposit_id: str) -> ResponseReturnValue:
    form = NoteForm()

    def command(ctx: Context) -> Deposit:
        return return_refund(ctx, deposit_id, str(form.note.data or ""))

    return carried_out("return_refund", deposit_id, CHECK, form, command, _("已退回经办人重新核对"))


@ending.get("/forfeit")
@requires(SETTLE)
def proposing(deposit_id: str) -> ResponseReturnValue:
    return question("forfeit", deposit_id, SETTLE, _PROPOSABLE, ForfeitForm())


@ending.post("/forfeit")
@requires(SETTLE)
def propose(deposit_id: str) -> ResponseReturnValue:
    form = ForfeitForm()

    def command(ctx: Context) -> Deposit:
        return propose_forfeiture(ctx, deposit_id, form.to_input())

    return carried_out("forfeit", deposit_id, SETTLE, form, command, _("已提出没收，由另一人决定"))


@ending.get("/forfeit/decision")
@requires(SETTLE)
def deciding(deposit_id: str) -> ResponseReturnValue:
    states = frozenset({d.FORFEIT_PROPOSED})
    return question("decide", deposit_id, SETTLE, states, ForfeitDecisionForm())


@ending.post("/forfeit/decision")
@requires(SETTLE)
def decide(deposit_id: str) -> ResponseReturnValue:
    form = ForfeitDecisionForm()

    def command(ctx: Context) -> Deposit:
        if form.forfeited.data not in {"yes", "no"}:
            raise Invalid([FieldError("forfeited", "required", _("选择没收或不没收"))])
        return decide_forfeiture(
            ctx, deposit_id, forfeited=form.forfeited.data == "yes", note=str(form.note.data or "")
        )

    return carried_out("decide", deposit_id, SETTLE, form, command, _("决定已登记"))

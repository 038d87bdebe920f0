"""What the officers do with money that came in: record, check, reject."""

from flask import Blueprint, flash
from flask.typing import ResponseReturnValue

from auctions.deposits import models as d
from auctions.deposits.forms import ReceiptForm
from auctions.deposits.lifecycle import UNSETTLED
from auctions.deposits.models import Deposit
from auctions.deposits.policy import CHECK, RECORD, SETTLE
from auctions.deposits.services import lock_deposit, record_receipt, reject_payment
from auctions.deposits.views.acting import back, carried_out, question, run
from listings.note_form import NoteForm
from marketplace.core.context import Context
from marketplace.core.i18n import gettext as _
from marketplace.web.guard import requires

receiving = Blueprint("deposit_receipt", __name__, url_prefix="/work/settlement/<deposit_id>")


@receiving.get("/record")
@requires(RECORD)
def recording(deposit_id: str) -> ResponseReturnValue:
    return question("record", deposit_id, RECORD, UNSETTLED, ReceiptForm())


@receiving.post("/record")
@requires(RECORD)
def record(deposit_id: str) -> ResponseReturnValue:
    form = ReceiptForm()

    def command(ctx: Context) -> Deposit:
        return record_receipt(ctx, deposit_id, form.to_input())

    return carried_out("record", deposit_id, RECORD, form, command, _("到账已登记，等待另一人复核"))


@receiving.post("/check")
@requires(CHECK)
def check(deposit_id: str) -> ResponseReturnValue:
    run("check", lambda ctx: lock_deposit(ctx, deposit_id))
    flash(_("保证金已确认，意向方取得资格"), "success")
    return back(deposit_id)


@receiving.get("/reject")
@requires(SETTLE)
def rejecting(deposit_id: str) -> ResponseReturnValue:
    return question("reject", deposit_id, SETTLE, frozenset({d.DECLARED, d.RECORDED}), NoteForm())


@receiving.post("/reject")
@requires(SETTLE)
def reject(deposit_id: str) -> ResponseReturnValue:
    form = NoteForm()

    def command(ctx: Context) -> Deposit:
        return reject_payment(ctx, deposit_id, str(form.note.data or ""))

    return carried_out("reject", deposit_id, SETTLE, form, command, _("已驳回，意向方会收到原因"))

"""The page of a deposit for its party and the desk, the party's declaration, and the bank's voucher."""

from typing import Any

from flask import Blueprint, flash, render_template, send_file
from flask.typing import ResponseReturnValue

from auctions.deposits import models as d
from auctions.deposits.apart import hosted
from auctions.deposits.forms import PaymentForm
from auctions.deposits.labels import declared_rows, forfeiture_rows, receipt_rows, refund_rows, state_label
from auctions.deposits.lifecycle import UNSETTLED
from auctions.deposits.models import Deposit
from auctions.deposits.policy import CHECK, DECLARE, DESK, READ, RECORD, SETTLE
from auctions.deposits.reach import deposit_for
from auctions.deposits.services import declare_payment, faults
from auctions.deposits.shared_accounts import sharing
from auctions.deposits.views.acting import back, run, shown
from auctions.terms import law
from auctions.trades.addresses import trade_page
from listings.decisions.minutes import ACCEPTED, as_claim
from listings.decisions.record import Minutes
from listings.decisions.sending import sent_file
from marketplace.core.context import Context
from marketplace.core.errors import Invalid, NotFound
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.runtime import runtime
from marketplace.core.uploads.downloads import download_headers
from marketplace.web.context import current, current_actor
from marketplace.web.guard import requires

pages = Blueprint("deposits", __name__, url_prefix="/work/deposits/<deposit_id>")


@pages.get("")
@requires(READ)
def page(deposit_id: str) -> ResponseReturnValue:
    """What is owed, what came, what became of it, and what the reader can do about it."""
    ctx = current()
    deposit = deposit_for(ctx, deposit_id)
    zone = ctx.actor.zone_id == deposit.zone_id
    recorded = deposit.state == d.RECORDED
    return render_template(
        "auctions/deposits/page.html",
        deposit=deposit,
        trade_href=trade_page(deposit.trade_id),
        state=state_label(deposit.state),
        declared=declared_rows(deposit),
        received=receipt_rows(deposit),
        refunded=refund_rows(deposit),
        forfeited=forfeiture_rows(deposit),
        faults=[str(words) for _code, words in faults(deposit)] if recorded and zone else [],
        shared=[other.intent.code for other in sharing(ctx, deposit)] if zone else [],
        may=_may(ctx, deposit),
        desk=DESK.allows(ctx.actor, deposit),
        basis=law.DEPOSIT_REFUND.basis.said(current_language()),
        now=ctx.now,
    )


@pages.get("/declare")
@requires(DECLARE)
def declaring(deposit_id: str) -> ResponseReturnValue:
    deposit = deposit_for(current(), deposit_id, DECLARE)
    if deposit.state not in UNSETTLED:
        return back(deposit_id)
    form = PaymentForm(data={"payer": deposit.intent.bidder.name, "amount_fen": deposit.due_fen})
    return _declare_page(deposit_id, form, None)


@pages.post("/declare")
@requires(DECLARE)
def declare(deposit_id: str) -> ResponseReturnValue:
    """Take the declaration. With a complaint the page comes back with all that was typed, the file included."""
    deposit_for(current(), deposit_id, DECLARE)  # before a file is taken from whoever may not
    form = PaymentForm()
    form.submitted()
    voucher = sent_file(form, "voucher")
    if not form.errors:
        try:
            run("declare", lambda ctx: declare_payment(ctx, deposit_id, form.to_input(), voucher))
        except Invalid as invalid:
            form.complain(invalid)
        else:
            flash(_("付款已申报，示范区按银行流水核对"), "success")
            return back(deposit_id)
    return _declare_page(deposit_id, form, voucher), 422


@pages.get("/voucher")
@requires(READ)
def voucher(deposit_id: str) -> ResponseReturnValue:
    """The bank's voucher, to be saved; it never opens in place."""
    kept: Any = deposit_for(current(), deposit_id).declared.get("voucher")
    if not kept:
        raise NotFound
    response = send_file(runtime().files.path(kept["digest"]), mimetype="application/octet-stream")
    response.headers.update(download_headers(kept["name"], kept["media"]))
    return response


def _declare_page(deposit_id: str, form: PaymentForm, voucher: Minutes | None) -> str:
    form.kept_voucher.data = as_claim(current_actor(), voucher) if voucher else ""
    return shown(
        "declare",
        deposit_for(current(), deposit_id, DECLARE),
        form,
        accepted=ACCEPTED,
        most=runtime().settings.upload_max_bytes,
        kept=voucher.name if voucher else "",
    )


def _may(ctx: Context, deposit: Deposit) -> dict[str, bool]:
    """What the reader can do now. Who ran the trade settles none of its money; nobody checks their own record."""
    actor, state = ctx.actor, deposit.state
    apart = SETTLE.possible(actor) and not hosted(ctx, deposit.trade_id, actor.user_id)
    clerk, checker = apart and RECORD.allows(actor, deposit), apart and CHECK.allows(actor, deposit)
    settles = clerk or checker
    other = deposit.forfeiture.get("proposed_by") != actor.user_id
    return {
        "declare": DECLARE.allows(actor, deposit) and state in UNSETTLED,
        "record": clerk and state in UNSETTLED,
        "check": checker and state == d.RECORDED and not faults(deposit),
        "reject": settles and state in {d.DECLARED, d.RECORDED},
        "refund": clerk and state == d.REFUND_DUE,
        "check_refund": checker and state == d.REFUND_RECORDED,
        "propose": settles and state in {d.LOCKED, d.REFUND_DUE},
        "decide": settles and other and state == d.FORFEIT_PROPOSED,
    }

"""Pages of the deal confirmation: the host's decision, the public page, the paper."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from auctions.awards import how_words
from auctions.confirmations.models import Confirmation
from auctions.confirmations.paper import confirmation_pdf, verification_address
from auctions.confirmations.policy import READ_PAPER
from auctions.confirmations.queries import buyer_of, confirmation_of, confirming, in_the_way
from auctions.confirmations.services import confirm_deal, declare_default, settles
from auctions.protocols.writing import found_result
from auctions.trades.addresses import trade_page
from auctions.trades.engine import words
from auctions.trades.models import Trade
from auctions.trades.policy import HOST, READ
from auctions.trades.reach import trade_for
from listings.note_form import NoteForm
from marketplace.accounts.models import Zone
from marketplace.core.context import Context
from marketplace.core.errors import Invalid, NotFound
from marketplace.core.i18n import gettext as _
from marketplace.core.money_words import uppercase_fen
from marketplace.core.paper_codes import shown_code
from marketplace.core.policy import require
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.forms import Form, request_key
from marketplace.web.guard import requires
from marketplace.web.qr import qr_code

confirmations = Blueprint("confirmations", __name__, url_prefix="/trades")


@confirmations.get("/<trade_id>/confirm")
@requires(HOST)
def look(trade_id: str) -> ResponseReturnValue:
    """What will be confirmed, or what stands in the way."""
    ctx = current()
    trade = trade_for(ctx, trade_id, HOST)
    move, found = confirming(trade), found_result(ctx, trade)
    if move is None or found is None:
        return redirect(trade_page(trade_id), 303)
    refusal = in_the_way(ctx, trade, move)
    return render_template(
        "auctions/confirmations/confirm.html",
        trade=trade,
        form=Form(),
        found=found,
        buyer=buyer_of(ctx, trade, found),
        capitals=uppercase_fen(found.price_fen),
        how=words(how_words(found.how)),
        obstacle=words(refusal[1]) if refusal is not None else "",
        at_the_gates=refusal is not None and refusal[0] == "gates",
        apart=not settles(ctx, trade),
        back=trade_page(trade_id),
    )


@confirmations.post("/<trade_id>/confirm")
@requires(HOST)
def confirm(trade_id: str) -> ResponseReturnValue:
    with unit_of_work(current_actor()) as ctx:
        once(ctx, request_key(), "trade.confirm", lambda: confirm_deal(ctx, trade_id).id)
    flash(_("成交已确认，各方会收到通知"), "success")
    return redirect(url_for("confirmations.page", trade_id=trade_id), 303)


@confirmations.get("/<trade_id>/default")
@requires(HOST)
def defaulting(trade_id: str) -> ResponseReturnValue:
    trade = trade_for(current(), trade_id, HOST)
    if confirming(trade) is None:
        return redirect(trade_page(trade_id), 303)
    return _default_page(trade, NoteForm())


@confirmations.post("/<trade_id>/default")
@requires(HOST)
def default(trade_id: str) -> ResponseReturnValue:
    form = NoteForm()
    try:
        with unit_of_work(current_actor()) as ctx:
            declare_default(ctx, trade_id, str(form.note.data or ""))
    except Invalid as invalid:
        form.complain(invalid)
        return _default_page(trade_for(current(), trade_id, HOST), form), 422
    flash(_("已认定受让方违约，项目可以重新挂牌"), "success")
    return redirect(trade_page(trade_id), 303)


@confirmations.get("/<trade_id>/confirmation")
@requires(READ)
def page(trade_id: str) -> ResponseReturnValue:
    """What was confirmed, for everybody."""
    ctx = current()
    confirmation = _confirmed(ctx, trade_id)
    address = verification_address(confirmation)
    return render_template(
        "auctions/confirmations/page.html",
        confirmation=confirmation,
        trade=confirmation.trade,
        zone=ctx.session.get_one(Zone, confirmation.zone_id),
        code=shown_code(confirmation.code),
        capitals=uppercase_fen(confirmation.price_fen),
        how=words(how_words(confirmation.how)),
        qr=qr_code(address, _("本确认书的验证二维码")),
        address=address,
        paper=READ_PAPER.allows(ctx.actor, confirmation),
        back=trade_page(trade_id),
    )


@confirmations.get("/<trade_id>/confirmation.pdf")
@requires(READ_PAPER)
def paper(trade_id: str) -> ResponseReturnValue:
    """The deal confirmation (成交确认书), for those whom it is about."""
    ctx = current()
    confirmation = _confirmed(ctx, trade_id)
    require(ctx, READ_PAPER, confirmation)
    made = confirmation_pdf(ctx, confirmation)
    response = Response(made, mimetype="application/pdf", headers={"Cache-Control": "no-store"})
    response.headers.set("Content-Disposition", "inline", filename=f"{confirmation.number}.pdf")
    return response


def _confirmed(ctx: Context, trade_id: str) -> Confirmation:
    confirmation = confirmation_of(ctx, trade_for(ctx, trade_id).id)
    if confirmation is None:
        raise NotFound
    return confirmation


def _default_page(trade: Trade, form: NoteForm) -> str:
    back = trade_page(trade.id)
    return render_template("auctions/confirmations/default.html", trade=trade, form=form, back=back)

"""Confirming a deal: the legal act by which it is made, and its counterpart when the buyer refuses.

合同编通则解释 art. 4: where an electronic trading system confirms a deal, that forms the contract. So what was known is
frozen with it, and the log is signed at once.
"""

from sqlalchemy import or_, select

from auctions.confirmations.models import Confirmation
from auctions.confirmations.queries import buyer_of
from auctions.deposits.models import Deposit
from auctions.protocols.file import ConfirmationLine, protocol_json
from auctions.protocols.writing import CONFIRM, found_result, written
from auctions.trades.engine import catch_up, move
from auctions.trades.models import Trade
from auctions.trades.policy import HOST
from auctions.trades.reach import trade_for
from listings.documents import keep_document
from listings.remarks import checked_note
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.ids import new_id, next_number
from marketplace.core.paper_codes import new_code
from marketplace.core.runtime import runtime
from marketplace.evidence.keys import load_log_key
from marketplace.evidence.services import seal

NUMBER = "QR"
DEFAULT = "default"


def confirm_deal(ctx: Context, trade_id: str) -> Confirmation:
    """The host confirms what the procedure found. Raises Conflict while something stands in the way."""
    trade = trade_for(ctx, trade_id, HOST)
    catch_up(ctx, trade)
    _check_apart(ctx, trade)
    found = found_result(ctx, trade)
    if found is None or trade.ended_at is not None:
        raise Conflict(_l("当前状态不允许这一操作，页面内容可能已过时"), code="wrong_state")
    buyer, number = buyer_of(ctx, trade, found), next_number(ctx, NUMBER)
    closing = ConfirmationLine(number, ctx.now, found.buyer, buyer.public_name, found.price_fen)
    protocol = protocol_json(written(ctx, trade, closing))
    made = Confirmation(
        id=new_id("cfm", ctx.now),
        number=number,
        trade_id=trade.id,
        holder_id=trade.holder_id,
        zone_id=trade.zone_id,
        code=new_code(),
        protocol=protocol,
        digest=keep_document(protocol),
        buyer_id=buyer.org_id,
        priority_id=buyer.priority_id,
        buyer_user_id=buyer.user_id,
        buyer_name=buyer.name,
        price_fen=found.price_fen,
        how=found.how,
        confirmed_by=ctx.actor.person,
        confirmed_at=ctx.now,
    )
    told: JSONObject = {"confirmation": number, "digest": made.digest, "price_fen": found.price_fen}
    move(ctx, trade, CONFIRM, told)
    ctx.session.add(made)
    ctx.session.flush()
    _sign_the_log(ctx)
    return made


def declare_default(ctx: Context, trade_id: str, note: str) -> Trade:
    """The host records that the buyer refuses. Nobody else becomes the buyer: the seller may list it anew."""
    trade = trade_for(ctx, trade_id, HOST)
    remark = checked_note(note)
    move(ctx, trade, DEFAULT)
    trade.note = remark
    return trade


def settles(ctx: Context, trade: Trade) -> bool:
    """Did the actor record or check money in this trade? Whoever did does not confirm its deal."""
    query = select(Deposit.id).where(
        Deposit.trade_id == trade.id,
        or_(Deposit.recorded_by == ctx.actor.person, Deposit.checked_by == ctx.actor.person),
    )
    return ctx.session.scalar(query.limit(1)) is not None


def _check_apart(ctx: Context, trade: Trade) -> None:
    if settles(ctx, trade):
        raise Conflict(_l("登记或复核过本项目保证金的人员不能确认成交"), code="settlement_officer")


def _sign_the_log(ctx: Context) -> None:
    """A checkpoint with the confirmation in it, in the same transaction: it is not left to the worker."""
    settings = runtime().settings
    seal(ctx, load_log_key(settings.data, settings.log_origin))

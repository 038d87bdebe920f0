"""Letters about offers: who may offer hears when, and whoever has offered gets a receipt. No letter names an amount."""

from collections.abc import Sequence

from sqlalchemy import select

from auctions.intents.models import ELIGIBLE, Intent
from auctions.offers.models import TradeOffer
from auctions.offers.queries import receipt_number
from auctions.trades.addresses import trade_path
from auctions.trades.models import Trade
from marketplace.accounts.addresses import path_to
from marketplace.core.context import Context
from marketplace.core.errors import Words
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.journal import Entry
from marketplace.core.lookup import find
from marketplace.core.registry import Letter, LetterBuilder

RECEIVED, OPENED = "trade.offer_received", "trade.offers_opened"
ASKED = ("trade.one_eligible", "trade.several_eligible")


def letters_about(ctx: Context, entry: Entry) -> Sequence[Letter]:
    """The same letters, whenever it is asked."""
    trade = find(ctx.session, Trade, entry.subject)
    if trade is None:
        return ()
    body = _l("项目名称：%(title)s", title=trade.title)
    if entry.kind == RECEIVED:
        return _receipt(ctx, trade, entry, body)
    people = _eligible_people(ctx, trade)
    if entry.kind == OPENED:
        title: Words = _l("交易 %(number)s 的报价已经开启", number=trade.number)
        return [Letter(user_id, title, body, trade_path(trade.id)) for user_id in people]
    title = _l("交易 %(number)s 请在期限内报价，报价一经提交不能修改", number=trade.number)
    return [Letter(user_id, title, body, path_to("offers.form", trade_id=trade.id)) for user_id in people]


def _receipt(ctx: Context, trade: Trade, entry: Entry, body: Words) -> list[Letter]:
    position = entry.data["position"]
    query = select(TradeOffer.made_by).where(TradeOffer.trade_id == trade.id, TradeOffer.position == position)
    made_by = ctx.session.scalar(query)
    number = receipt_number(trade, int(str(position)))
    title = _l("报价回执 %(number)s", number=number)
    return [Letter(made_by, title, body, path_to("offers.receipt", trade_id=trade.id))] if made_by else []


def _eligible_people(ctx: Context, trade: Trade) -> list[str]:
    query = select(Intent.registered_by).where(Intent.trade_id == trade.id, Intent.state == ELIGIBLE)
    return list(dict.fromkeys(ctx.session.scalars(query.order_by(Intent.position))))


LETTERS = LetterBuilder((RECEIVED, OPENED, *ASKED), letters_about)

"""Letters about the end of a trade: to the buyer, to the others, to the seller and to the settlement desk."""

from collections.abc import Sequence

from sqlalchemy import select

from auctions.confirmations.models import Confirmation
from auctions.confirmations.queries import confirmation_of
from auctions.intents.models import ELIGIBLE
from auctions.trades.addresses import trade_path
from auctions.trades.facts import intents_of
from auctions.trades.models import Trade
from auctions.trades.policy import SELLERS
from marketplace.accounts.addresses import path_to
from marketplace.accounts.models import Membership, Organisation
from marketplace.accounts.roles import ZONE_AUTHORITY
from marketplace.core.context import Context
from marketplace.core.errors import Words
from marketplace.core.i18n import LazyString, current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.journal import Entry
from marketplace.core.lookup import find
from marketplace.core.money import format_fen
from marketplace.core.registry import Letter, LetterBuilder

CONFIRMED, DEFAULTED = "trade.confirmed", "trade.defaulted"
DESK = frozenset({"settlement_clerk", "settlement_checker"})


def letters_about(ctx: Context, entry: Entry) -> Sequence[Letter]:
    """To everybody who took part; never to the one who did it."""
    trade = find(ctx.session, Trade, entry.subject)
    if trade is None:
        return ()
    confirmation = confirmation_of(ctx, trade.id)
    if entry.kind == DEFAULTED:
        letters = _of_default(ctx, trade)
    else:
        letters = [] if confirmation is None else _of_confirmation(ctx, trade, confirmation)
    told: dict[str | None, Letter] = {}
    for letter in letters:
        told.setdefault(letter.user_id, letter)
    return [letter for user_id, letter in told.items() if user_id != entry.actor]


def _of_confirmation(ctx: Context, trade: Trade, confirmation: Confirmation) -> list[Letter]:
    url = path_to("confirmations.page", trade_id=trade.id)
    body = LazyString(_result, trade.title, confirmation.price_fen)
    buyers, others = [], []
    for intent in intents_of(ctx, trade):
        if intent.bidder_id == confirmation.buyer_id:
            buyers.append(intent.registered_by)
        elif intent.state == ELIGIBLE:
            others.append(intent.registered_by)
    if confirmation.buyer_user_id is not None:
        buyers.append(confirmation.buyer_user_id)
    sellers = _people(ctx, trade.holder_id, SELLERS)
    desk = _people(ctx, _authority(ctx, trade), DESK)
    number = trade.number
    said: list[tuple[list[str], Words]] = [
        (buyers, _l("交易 %(number)s 已确认由你方受让，请按期签订合同", number=number)),
        (others, _l("交易 %(number)s 已成交，受让方不是你方", number=number)),
        (sellers, _l("交易 %(number)s 已成交，请按期签订合同并公示结果", number=number)),
        (desk, _l("交易 %(number)s 已成交，请办理保证金退还", number=number)),
    ]
    return [Letter(user_id, title, body, url) for people, title in said for user_id in people]


def _of_default(ctx: Context, trade: Trade) -> list[Letter]:
    parties = [intent.registered_by for intent in intents_of(ctx, trade) if intent.state == ELIGIBLE]
    people = [*_people(ctx, trade.holder_id, SELLERS), *parties]
    title = _l("交易 %(number)s 的受让方被认定违约，没有成交", number=trade.number)
    body = _l("项目名称：%(title)s", title=trade.title)
    return [Letter(user_id, title, body, trade_path(trade.id)) for user_id in people]


def _result(title: str, price_fen: int) -> str:
    price = format_fen(price_fen, current_language(), "full")
    lines = [
        _("项目名称：%(title)s", title=title),
        _("成交价：%(price)s", price=price),
        _("交易记录文件载有全部期限和报价，可以据此重新计算结果，见成交确认页"),
    ]
    return "\n".join(lines)


def _people(ctx: Context, org_id: str, roles: frozenset[str]) -> list[str]:
    """Who holds one of the roles in an organisation."""
    members = select(Membership).where(Membership.org_id == org_id).order_by(Membership.user_id)
    return [member.user_id for member in ctx.session.scalars(members) if roles & set(member.roles)]


def _authority(ctx: Context, trade: Trade) -> str:
    query = select(Organisation.id).where(
        Organisation.kind == ZONE_AUTHORITY, Organisation.zone_id == trade.zone_id
    )
    return ctx.session.scalars(query).first() or ""


LETTERS = LetterBuilder((CONFIRMED, DEFAULTED), letters_about)

"""Commands about a deposit that is not given back: one officer proposes it on a listed ground, another decides."""

from dataclasses import dataclass

from auctions.deposits.following import buyer_code, buyer_known, release
from auctions.deposits.lifecycle import DEPOSIT
from auctions.deposits.models import FORFEIT_PROPOSED, Deposit
from auctions.deposits.policy import SETTLE
from auctions.deposits.services import settle_apart
from auctions.offers.models import TradeOffer
from auctions.trades.facts import offers_of
from auctions.trades.kinds import procedure_of, terms_from
from listings.remarks import checked_note
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict, FieldError, Invalid
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.phrases import Phrase

DEFAULT, NO_OFFER, COLLUSION = "default", "no_offer", "collusion"
GROUNDS = {
    DEFAULT: Phrase("成交后违约", "Default after the award"),
    NO_OFFER: Phrase("取得资格后未报价", "No offer after becoming eligible"),
    COLLUSION: Phrase("串通", "Collusion"),
}


@dataclass(frozen=True)
class Forfeiture:
    """Why a deposit is kept: a code of `GROUNDS`, and the facts."""

    ground: str = ""
    note: str = ""


def propose_forfeiture(ctx: Context, deposit_id: str, given: Forfeiture) -> Deposit:
    """An officer proposes that the deposit is forfeited. Raises Invalid for a ground that does not hold."""
    deposit = settle_apart(ctx, deposit_id, SETTLE)
    if given.ground not in GROUNDS:
        raise Invalid([FieldError("ground", "required", _l("选择没收的理由"))])
    said = checked_note(given.note)
    if not holds(ctx, deposit, given.ground):
        words = _l("这项理由与交易的事实或公告的条款不符")
        raise Invalid([FieldError("ground", "does_not_hold", words)])
    told: JSONObject = {"ground": given.ground}
    DEPOSIT.move(ctx, deposit, "propose", told)
    deposit.forfeiture = {
        "ground": given.ground,
        "note": said,
        "proposed_by": ctx.actor.person,
        "proposed_at": ctx.now.isoformat(),
    }
    return deposit


def decide_forfeiture(ctx: Context, deposit_id: str, *, forfeited: bool, note: str) -> Deposit:
    """Another officer decides. A deposit that is spared is held on, or given back when the trade is over."""
    deposit = settle_apart(ctx, deposit_id, SETTLE)
    said = checked_note(note)
    if deposit.state == FORFEIT_PROPOSED and deposit.forfeiture.get("proposed_by") == ctx.actor.user_id:
        raise Conflict(_l("提出没收的人不能决定"), code="same_person")
    DEPOSIT.move(ctx, deposit, "forfeit" if forfeited else "spare")
    deposit.forfeiture = {
        **deposit.forfeiture,
        "decided_by": ctx.actor.person,
        "decided_at": ctx.now.isoformat(),
        "decision": said,
        "forfeited": forfeited,
    }
    trade = deposit.intent.trade
    if (
        not forfeited
        and buyer_known(trade)
        and trade.state not in _still_bound(deposit, buyer_code(ctx, trade))
    ):
        release(ctx, deposit, ctx.now)
    return deposit


def holds(ctx: Context, deposit: Deposit, ground: str) -> bool:
    """Can this ground be true of the deposit as the trade stands?"""
    trade = deposit.intent.trade
    if ground == DEFAULT:
        return buyer_known(trade) and buyer_code(ctx, trade) == deposit.intent.code
    if ground == NO_OFFER:
        terms = terms_from(procedure_of(trade.kind), trade.terms)
        offers: list[TradeOffer] = offers_of(ctx, trade)
        silent = all(offer.intent_id != deposit.intent_id for offer in offers)
        return bool(getattr(terms, "forfeit_silent", False)) and silent and trade.ended_at is not None
    return True


def _still_bound(deposit: Deposit, buyer: str) -> frozenset[str]:
    """The states in which the buyer's deposit is still held."""
    if deposit.intent.code != buyer:
        return frozenset()
    return procedure_of(deposit.intent.trade.kind).succeeded | {"decided"}

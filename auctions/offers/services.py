"""Handing in an offer: one for each party and stage, final, at its place in the log.

An offer that comes too late, or too low, is refused; that it was tried is written down, as the protocol shows it. The
writers' lock gives offers their places without gaps, and the server's clock under that lock decides about the deadline,
whose instant itself is closed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select

from auctions.intents.models import ELIGIBLE, Intent
from auctions.offers.commitments import Said
from auctions.offers.models import TradeOffer
from auctions.offers.policy import MAKE
from auctions.offers.reach import party
from auctions.offers.sealing import seal
from auctions.procedure import Procedure
from auctions.trades.engine import catch_up, words
from auctions.trades.facts import facts_of
from auctions.trades.kinds import procedure_of
from auctions.trades.models import Trade
from marketplace.core.clock import SHANGHAI
from marketplace.core.context import Actor, Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict, DomainError, FieldError, Invalid
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.ids import new_id
from marketplace.core.journal import record
from marketplace.core.money import MAX_FEN
from marketplace.core.uow import once, unit_of_work

LATE, SUSPENDED = "late", "suspended"
#: Refusals of a procedure that another amount would mend.
ABOUT_THE_AMOUNT = frozenset({"below_price", "too_low", "off_step"})
PURPOSE = "offer.make"


@dataclass(frozen=True)
class NewOffer:
    """A price in integer fen."""

    amount_fen: int | None = None


class Refused(Exception):
    """An eligible party's offer was not taken. `error` is what it is told."""

    def __init__(self, trade: Trade, intent: Intent, reason: str, error: DomainError) -> None:
        self.trade, self.intent, self.reason, self.error = trade, intent, reason, error
        super().__init__(reason)


def take_offer(actor: Actor, trade_id: str, given: NewOffer, key: str | None) -> str:
    """The id of the offer. A request that is sent again gets the first answer; a refusal is journalled, then raised."""
    with unit_of_work(actor) as ctx:
        try:
            return once(ctx, key, PURPOSE, lambda: make_offer(ctx, trade_id, given).id)
        except Refused as refused:
            told: JSONObject = {"code": refused.intent.code, "reason": refused.reason}
            record(ctx, "trade.offer_refused", refused.trade.id, told)
            error = refused.error
    raise error


def make_offer(ctx: Context, trade_id: str, given: NewOffer) -> TradeOffer:
    """Take an offer of the acting organisation. Raises Refused for one that comes at the wrong time or is too low."""
    trade, intent = party(ctx, trade_id, MAKE)
    if trade.next_deadline is None or trade.next_deadline <= ctx.now:
        catch_up(ctx, trade)
    procedure = procedure_of(trade.kind)
    _check_party(intent)
    _check_moment(ctx, trade, procedure, intent)
    amount = _checked_amount(given)
    _check_acceptable(ctx, trade, procedure, intent, amount)
    position = _taken(ctx, trade.id) + 1
    sealed = seal(Said(trade.id, intent.code, trade.state, amount, position))
    hidden = trade.state in procedure.sealed
    offer = TradeOffer(
        id=new_id("ofr", ctx.now),
        trade_id=trade.id,
        intent_id=intent.id,
        intent=intent,
        stage=trade.state,
        position=position,
        amount_fen=amount,
        commitment=sealed.commitment,
        salt=sealed.salt,
        made_by=ctx.actor.person,
        at=ctx.now,
        opened_at=None if hidden else ctx.now,
    )
    ctx.session.add(offer)
    ctx.session.flush()
    told: JSONObject = {"code": intent.code, "position": position, "commitment": sealed.commitment}
    record(ctx, "trade.offer_received", trade.id, told if hidden else {**told, "amount_fen": amount})
    if not hidden:  # a sealed one moves nothing before the opening
        catch_up(ctx, trade)
    return offer


def amount_complaints(ctx: Context, trade: Trade, intent: Intent, amount_fen: int | None) -> list[FieldError]:
    """What is wrong with an amount: as an amount, and by the rules of the procedure at this moment."""
    wrong = list(_shape_complaints(amount_fen))
    if wrong or amount_fen is None:
        return wrong
    refusal = procedure_of(trade.kind).accept(facts_of(ctx, trade), intent.code, amount_fen)
    return [] if refusal is None else [FieldError("amount_fen", refusal[0], words(refusal[1]))]


def _shape_complaints(amount_fen: int | None) -> Iterator[FieldError]:
    if amount_fen is None:
        yield FieldError("amount_fen", "required", _l("填写报价金额"))
    elif not 0 < amount_fen <= MAX_FEN:
        yield FieldError("amount_fen", "range", _l("核对金额，单位是元"))


def _check_party(intent: Intent) -> None:
    if intent.state != ELIGIBLE:
        raise Conflict(_l("只有取得资格的意向方可以报价"), code="not_eligible")


def _check_moment(ctx: Context, trade: Trade, procedure: Procedure, intent: Intent) -> None:
    if trade.state not in procedure.offering:
        periods = {procedure.stage(state).period for state in procedure.offering}
        if any(spell.period in periods for spell in trade.spells):
            late = Conflict(
                _l("报价已经截止，这次报价没有被接收（服务器收到时间 %(at)s）", at=_second(ctx)), code=LATE
            )
            raise Refused(trade, intent, LATE, late)
        raise Conflict(_l("现在还不能报价"), code="not_open")
    if trade.suspended_at is not None:
        raise Refused(trade, intent, SUSPENDED, Conflict(_l("交易中止期间不能报价"), code=SUSPENDED))


def _checked_amount(given: NewOffer) -> int:
    errors = list(_shape_complaints(given.amount_fen))
    if errors or given.amount_fen is None:
        raise Invalid(errors)
    return given.amount_fen


def _check_acceptable(
    ctx: Context, trade: Trade, procedure: Procedure, intent: Intent, amount_fen: int
) -> None:
    """Does the procedure take this price now? What it does not take is refused, and the refusal written down."""
    refusal = procedure.accept(facts_of(ctx, trade), intent.code, amount_fen)
    if refusal is None:
        return
    code, sentence = refusal
    error: DomainError = Conflict(words(sentence), code=code)
    if code in ABOUT_THE_AMOUNT:
        error = Invalid([FieldError("amount_fen", code, words(sentence))])
    raise Refused(trade, intent, code, error)


def _taken(ctx: Context, trade_id: str) -> int:
    query = select(func.count()).select_from(TradeOffer).where(TradeOffer.trade_id == trade_id)
    return ctx.session.scalar(query) or 0


def _second(ctx: Context) -> str:
    return f"{ctx.now.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"

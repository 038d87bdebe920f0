"""Listing for sale (挂牌), in the style of property-rights exchanges: a published price, and whoever meets it may buy.

No intent: the listing is extended as announced, then it lapses. One eligible party: it offers at least the listing price.
Several: each hands in one sealed quotation, the highest buys, of equal ones the earliest. Holders of the right of first
refusal may step in at the price found.
"""

from datetime import datetime

from auctions.guards import anybody_left, holders_to_ask
from auctions.procedure import ELIGIBLE, PENDING, Clock, Facts, Procedure, Refusal, Stage, at_the_end
from auctions.steps import (
    BEGINNING,
    CONFIRMED,
    DECIDED,
    DRAFT,
    ENDING,
    FINAL,
    PRIORITY,
    UNSOLD,
    closing,
    highest,
    highest_buys,
    hosting,
    preparing,
    since,
)
from auctions.terms import law
from auctions.terms.listing import ListingTerms, check, foresee, lengths
from auctions.terms.sale import chosen
from marketplace.core.calendar import Calendar
from marketplace.core.phrases import Phrase

LISTED, EXTENDED, REVIEWING, AGREEING, QUOTING = "listed", "extended", "reviewing", "agreeing", "quoting"
OPEN = frozenset({LISTED, EXTENDED})
LIVE = OPEN | {REVIEWING, AGREEING, QUOTING, PRIORITY, DECIDED}
#: The periods that run in these states.
LISTING, EXTENSION, REVIEW, AGREEMENT, QUOTATION = "listing", "extension", "review", "agreement", "quotation"


def _extendable(facts: Facts) -> bool:
    used = sum(not run.cut for run in facts.runs_of(EXTENSION))
    return bool(used < facts.terms.extensions)


def _settled(procedure: Procedure, facts: Facts, eligible: range) -> datetime | None:
    """When the last intent was settled, if that many are eligible."""
    if facts.among(PENDING) or len(facts.eligible) not in eligible:
        return None
    return max(since(procedure, facts), *(b.settled_at for b in facts.bidders if b.settled_at is not None))


def _none_left(procedure: Procedure, facts: Facts, _calendar: Calendar) -> datetime | None:
    return _settled(procedure, facts, range(1))


def _one_left(procedure: Procedure, facts: Facts, _calendar: Calendar) -> datetime | None:
    return _settled(procedure, facts, range(1, 2))


def _several_left(procedure: Procedure, facts: Facts, _calendar: Calendar) -> datetime | None:
    return _settled(procedure, facts, range(2, len(facts.bidders) + 1))


def _offered(procedure: Procedure, facts: Facts) -> datetime | None:
    """When the sole eligible party offered what was asked."""
    found = highest(facts)
    return None if found is None else max(found.at, since(procedure, facts))


def _met(procedure: Procedure, facts: Facts, _calendar: Calendar) -> datetime | None:
    return None if holders_to_ask(facts) else _offered(procedure, facts)


def _met_with_holders(procedure: Procedure, facts: Facts, _calendar: Calendar) -> datetime | None:
    return _offered(procedure, facts) if holders_to_ask(facts) else None


def _acceptable(facts: Facts, code: str, amount_fen: int) -> Refusal | None:
    """One offer each, at the price or above it. It is final."""
    if code not in {bidder.code for bidder in facts.among(ELIGIBLE)}:
        return "not_eligible", Phrase("只有合格意向方可以报价", "only an eligible party may make an offer")
    if amount_fen < facts.terms.price_fen:
        return "below_price", Phrase("报价不能低于挂牌价", "an offer may not be below the listing price")
    if any(offer.bidder == code for offer in facts.offers):
        return "repeated", Phrase("已经报过价，报价不能修改或撤回", "an offer was made already and is final")
    return None


_STAGES = (
    *BEGINNING,
    Stage(LISTED, Phrase("挂牌中", "Listed"), LISTING, lengths, law.LISTING_REST),
    Stage(
        EXTENDED,
        Phrase("延牌中", "Extended"),
        EXTENSION,
        lambda terms: (chosen(law.EXTENSION, terms.extension_wd),),
        law.REST,
    ),
    Stage(
        REVIEWING, Phrase("资格审查中", "Eligibility review"), REVIEW, lambda _terms: (law.OPINION,), law.REST
    ),
    Stage(AGREEING, Phrase("协议成交中", "Agreement"), AGREEMENT, lambda _terms: (law.AGREEMENT,), law.REST),
    Stage(
        QUOTING,
        Phrase("报价中", "Quotation"),
        QUOTATION,
        lambda terms: (chosen(law.QUOTATION, terms.quotation_wd),),
        law.REST,
    ),
    *ENDING,
)

_MOVES = (*preparing(LISTED), *hosting(LIVE, OPEN))
_CLOCKS = (
    Clock(
        "close",
        OPEN,
        REVIEWING,
        "closed",
        Phrase("期满，有意向方", "over, with intents"),
        at_the_end(anybody_left),
    ),
    Clock(
        "extend",
        OPEN,
        EXTENDED,
        "extended",
        Phrase("期满，无意向方，按公告延牌", "over, no intent: extended as announced"),
        at_the_end(lambda facts: not anybody_left(facts) and _extendable(facts)),
    ),
    Clock(
        "lapse",
        OPEN,
        UNSOLD,
        "lapsed",
        Phrase("期满，无意向方", "over, no intent"),
        at_the_end(lambda facts: not anybody_left(facts) and not _extendable(facts)),
    ),
    Clock(
        "find_none",
        frozenset({REVIEWING}),
        UNSOLD,
        "lapsed",
        Phrase("没有合格意向方", "nobody is eligible"),
        _none_left,
    ),
    Clock(
        "find_one",
        frozenset({REVIEWING}),
        AGREEING,
        "one_eligible",
        Phrase("一个合格意向方", "one is eligible"),
        _one_left,
    ),
    Clock(
        "find_several",
        frozenset({REVIEWING}),
        QUOTING,
        "several_eligible",
        Phrase("两个以上合格意向方", "several are eligible"),
        _several_left,
    ),
    Clock(
        "meet",
        frozenset({AGREEING}),
        DECIDED,
        "price_met",
        Phrase("报价达到挂牌价", "the price is met"),
        _met,
    ),
    Clock(
        "meet_and_ask",
        frozenset({AGREEING}),
        PRIORITY,
        "price_met",
        Phrase("报价达到挂牌价，征询优先购买权", "the price is met, holders are asked"),
        _met_with_holders,
    ),
    Clock(
        "miss",
        frozenset({AGREEING}),
        UNSOLD,
        "lapsed",
        Phrase("逾期未报价", "no offer in time"),
        at_the_end(lambda facts: highest(facts) is None),
    ),
    Clock(
        "open",
        frozenset({QUOTING}),
        DECIDED,
        "opened",
        Phrase("报价截止，开启", "quotations are opened"),
        at_the_end(lambda facts: highest(facts) is not None and not holders_to_ask(facts)),
    ),
    Clock(
        "open_and_ask",
        frozenset({QUOTING}),
        PRIORITY,
        "opened",
        Phrase("报价截止，开启，征询优先购买权", "quotations are opened, holders are asked"),
        at_the_end(lambda facts: highest(facts) is not None and bool(holders_to_ask(facts))),
    ),
    Clock(
        "open_none",
        frozenset({QUOTING}),
        UNSOLD,
        "lapsed",
        Phrase("无有效报价", "no valid quotation"),
        at_the_end(lambda facts: highest(facts) is None),
    ),
    *closing(LIVE),
)

PROCEDURE = Procedure(
    kind="listing_for_sale",
    letters="GP",
    words=Phrase("挂牌", "Listing for sale"),
    about=Phrase(
        "公布挂牌价公开征集受让方；一个的协议成交，两个以上的一次报价，价高者得",
        "a price is published; one buyer meets it, several hand in one sealed quotation each and the highest buys",
    ),
    terms=ListingTerms,
    stages=_STAGES,
    initial=DRAFT,
    final=FINAL,
    moves=_MOVES,
    clocks=_CLOCKS,
    check=check,
    price=lambda terms: terms.price_fen,
    foresee=foresee,
    accept=_acceptable,
    result=highest_buys,
    registering=OPEN,
    offering=frozenset({AGREEING, QUOTING}),
    sealed=frozenset({QUOTING}),
    succeeded=frozenset({CONFIRMED}),
)

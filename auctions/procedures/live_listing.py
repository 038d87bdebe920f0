"""Live listing (动态挂牌), in the style of land use rights: the price shown rises with every offer while the listing is open.

It is announced well before it opens; who is eligible by then may offer. At the end the highest offer buys. Each offer
must exceed the one before it by the step, so no two are equal. For simple rights with a public start price.
"""

from auctions.guards import holders_to_ask
from auctions.procedure import Clock, Facts, Procedure, Refusal, Stage, at_the_end
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
)
from auctions.terms import law
from auctions.terms.live_listing import LiveListingTerms, announcement, check, foresee, opening
from marketplace.core.phrases import Phrase

ANNOUNCED, OPEN = "announced", "open"
ANNOUNCEMENT, OFFERS = "announcement", "offers"  # the periods that run in them
LIVE = frozenset({ANNOUNCED, OPEN, PRIORITY, DECIDED})


def least_offer(facts: Facts) -> int:
    """The least price in fen that is taken now: the start price, then one step above the highest."""
    best = highest(facts)
    least: int = facts.terms.price_fen if best is None else best.amount_fen + facts.terms.step_fen
    return least


def _acceptable(facts: Facts, code: str, amount_fen: int) -> Refusal | None:
    """A whole number of steps above the start price, at least one above the highest, and not above oneself."""
    best = highest(facts)
    if code not in {bidder.code for bidder in facts.eligible}:
        return "not_eligible", Phrase("只有合格意向方可以报价", "only an eligible party may make an offer")
    if best is not None and best.bidder == code:
        return "leading", Phrase("当前最高报价就是你的", "the highest offer is yours already")
    if amount_fen < least_offer(facts):
        return "too_low", Phrase(
            "报价须比当前价至少高一个增价幅度", "an offer must be at least one step above the present price"
        )
    if (amount_fen - facts.terms.price_fen) % facts.terms.step_fen:
        return "off_step", Phrase("报价须为增价幅度的整数倍", "an offer must be a whole number of steps")
    return None


PROCEDURE = Procedure(
    kind="live_listing",
    letters="GP",
    words=Phrase("动态挂牌", "Live listing"),
    about=Phrase(
        "公布起始价和增价幅度，挂牌期间合格意向方公开加价，期满价高者得",
        "a start price and a step are published; eligible parties raise it in the open, the highest buys at the end",
    ),
    terms=LiveListingTerms,
    stages=(
        *BEGINNING,
        Stage(ANNOUNCED, Phrase("公告中", "Announced"), ANNOUNCEMENT, announcement, law.REST),
        Stage(OPEN, Phrase("报价中", "Offers are taken"), OFFERS, opening, law.REST),
        *ENDING,
    ),
    initial=DRAFT,
    final=FINAL,
    moves=(*preparing(ANNOUNCED), *hosting(LIVE, frozenset({ANNOUNCED}))),
    clocks=(
        Clock(
            "start",
            frozenset({ANNOUNCED}),
            OPEN,
            "opened_for_offers",
            Phrase("公告期满，开始报价", "offers are taken"),
            at_the_end(lambda facts: bool(facts.bidders)),
        ),
        Clock(
            "lapse",
            frozenset({ANNOUNCED}),
            UNSOLD,
            "lapsed",
            Phrase("无意向方", "nobody registered"),
            at_the_end(lambda facts: not facts.bidders),
        ),
        Clock(
            "close",
            frozenset({OPEN}),
            DECIDED,
            "closed",
            Phrase("报价截止", "the listing is over"),
            at_the_end(lambda facts: highest(facts) is not None and not holders_to_ask(facts)),
        ),
        Clock(
            "close_and_ask",
            frozenset({OPEN}),
            PRIORITY,
            "closed",
            Phrase("报价截止，征询优先购买权", "the listing is over, holders are asked"),
            at_the_end(lambda facts: highest(facts) is not None and bool(holders_to_ask(facts))),
        ),
        Clock(
            "close_empty",
            frozenset({OPEN}),
            UNSOLD,
            "lapsed",
            Phrase("无有效报价", "no valid offer"),
            at_the_end(lambda facts: highest(facts) is None),
        ),
        *closing(LIVE),
    ),
    check=check,
    price=lambda terms: terms.price_fen,
    foresee=foresee,
    accept=_acceptable,
    result=highest_buys,
    registering=frozenset({ANNOUNCED}),
    offering=frozenset({OPEN}),
    succeeded=frozenset({CONFIRMED}),
)

"""Listing for sale (挂牌), in the style of property-rights exchanges: a published price, and whoever meets it may buy.

No intent: the listing is extended as announced, then it lapses. One eligible party: it offers at least the listing price.
Several: each hands in one sealed quotation, the highest buys, of equal ones the earliest. Holders of the right of first
refusal may step in at the price found.
"""

from datetime import datetime

from auctions.guards import (
    anybody_left,
    holders_to_ask,
    is_suspended,
    may_announce,
    may_confirm,
    nobody_registered,
    not_suspended,
    suspension_over,
)
from auctions.procedure import (
    EXERCISED,
    HOST,
    PENDING,
    RESTART,
    RESUME,
    SELLER,
    SILENT,
    SUSPEND,
    Clock,
    Facts,
    Move,
    Offer,
    Procedure,
    Result,
    Stage,
    at_the_end,
)
from auctions.terms import law
from auctions.terms.listing import ListingTerms, check, chosen, foresee, lengths
from marketplace.core.calendar import Calendar
from marketplace.core.phrases import Phrase

DRAFT, SUBMITTED, RETURNED, LISTED, EXTENDED = "draft", "submitted", "returned", "listed", "extended"
REVIEWING, AGREEING, QUOTING, PRIORITY, DECIDED = "reviewing", "agreeing", "quoting", "priority", "decided"
CONFIRMED, UNSOLD, WITHDRAWN, TERMINATED = "confirmed", "unsold", "withdrawn", "terminated"
DEFAULTED, DISCARDED = "defaulted", "discarded"
OPEN = frozenset({LISTED, EXTENDED})
LIVE = OPEN | {REVIEWING, AGREEING, QUOTING, PRIORITY, DECIDED}
#: The periods that run in these states.
LISTING, EXTENSION, REVIEW, AGREEMENT, QUOTATION, EXERCISE = (
    "listing",
    "extension",
    "review",
    "agreement",
    "quotation",
    "exercise",
)


def _extendable(facts: Facts) -> bool:
    used = sum(not run.cut for run in facts.runs_of(EXTENSION))
    return bool(used < facts.terms.extensions)


def _settled(procedure: Procedure, facts: Facts, eligible: range) -> datetime | None:
    """When the last intent was settled, if that many are eligible."""
    if facts.among(PENDING) or len(facts.eligible) not in eligible:
        return None
    return max(_since(procedure, facts), *(b.settled_at for b in facts.bidders if b.settled_at is not None))


def _since(procedure: Procedure, facts: Facts) -> datetime:
    """When the present state was entered, or went on after a suspension."""
    runs = facts.runs_of(procedure.stage(facts.state).period)
    return runs[-1].spells[-1].started


def _none_left(procedure: Procedure, facts: Facts, _calendar: Calendar) -> datetime | None:
    return _settled(procedure, facts, range(1))


def _one_left(procedure: Procedure, facts: Facts, _calendar: Calendar) -> datetime | None:
    return _settled(procedure, facts, range(1, 2))


def _several_left(procedure: Procedure, facts: Facts, _calendar: Calendar) -> datetime | None:
    return _settled(procedure, facts, range(2, len(facts.bidders) + 1))


def _offered(procedure: Procedure, facts: Facts) -> datetime | None:
    """When the sole eligible party offered what was asked."""
    found = _best(facts)
    return None if found is None else max(found.at, _since(procedure, facts))


def _met(procedure: Procedure, facts: Facts, _calendar: Calendar) -> datetime | None:
    return None if holders_to_ask(facts) else _offered(procedure, facts)


def _met_with_holders(procedure: Procedure, facts: Facts, _calendar: Calendar) -> datetime | None:
    return _offered(procedure, facts) if holders_to_ask(facts) else None


def _answered(procedure: Procedure, facts: Facts, _calendar: Calendar) -> datetime | None:
    """When the last holder answered, or the first in rank took it."""
    times = [holder.answered_at for holder in facts.holders if holder.answered_at is not None]
    if not times or any(holder.answer == SILENT for holder in facts.holders):
        return None
    return max(_since(procedure, facts), *times)


def _best(facts: Facts) -> Offer | None:
    """The highest offer of an eligible party at or above the price; of equal ones the earliest in the log."""
    eligible = {bidder.code for bidder in facts.eligible}
    valid = [o for o in facts.offers if o.bidder in eligible and o.amount_fen >= facts.terms.price_fen]
    return min(valid, key=lambda offer: (-offer.amount_fen, offer.position), default=None)


def result(facts: Facts) -> Result | None:
    """The buyer and the price. A holder who stepped in buys at the price that was found, the first in rank before others."""
    best = _best(facts)
    if best is None:
        return None
    stepped_in = [holder for holder in facts.holders if holder.answer == EXERCISED]
    if stepped_in:
        first = min(stepped_in, key=lambda holder: (holder.rank, holder.code))
        return Result(first.code, best.amount_fen, "first_refusal", best.position)
    equals = sum(offer.amount_fen == best.amount_fen for offer in facts.offers)
    how = "sole" if len(facts.eligible) == 1 else "earliest" if equals > 1 else "highest"
    return Result(best.bidder, best.amount_fen, how, best.position)


_STAGES = (
    Stage(DRAFT, Phrase("草稿", "Draft"), seen=SELLER),
    Stage(SUBMITTED, Phrase("待审核", "In review"), seen=HOST),
    Stage(RETURNED, Phrase("退回修改", "Returned"), seen=HOST),
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
    Stage(
        PRIORITY,
        Phrase("征询优先购买权", "First refusal"),
        EXERCISE,
        lambda terms: (chosen(law.PRIORITY_EXERCISE, terms.priority_wd),),
        law.REST,
    ),
    Stage(DECIDED, Phrase("待成交确认", "Awaiting confirmation")),
    Stage(CONFIRMED, Phrase("已成交", "Sold")),
    Stage(UNSOLD, Phrase("期满未成交", "Unsold")),
    Stage(DEFAULTED, Phrase("受让方违约", "Buyer defaulted")),
    Stage(WITHDRAWN, Phrase("已撤牌", "Withdrawn")),
    Stage(TERMINATED, Phrase("已终止", "Terminated")),
    Stage(DISCARDED, Phrase("已删除", "Discarded"), seen=SELLER),
)

_MOVES = (
    Move(
        "submit",
        frozenset({DRAFT, RETURNED}),
        SUBMITTED,
        "trade.submit",
        "submitted",
        Phrase("提交", "Submit"),
    ),
    Move("recall", frozenset({SUBMITTED}), DRAFT, "trade.submit", "recalled", Phrase("撤回提交", "Recall")),
    Move("return", frozenset({SUBMITTED}), RETURNED, "trade.host", "returned", Phrase("退回修改", "Return")),
    Move(
        "announce",
        frozenset({SUBMITTED}),
        LISTED,
        "trade.host",
        "announced",
        Phrase("公告挂牌", "Announce"),
        may_announce,
    ),
    Move(
        "supplement",
        OPEN,
        None,
        "trade.host",
        "supplemented",
        Phrase("发布补充公告，重新计算期限", "Publish a supplement, the period begins anew"),
        not_suspended,
        RESTART,
    ),
    Move("suspend", LIVE, None, "trade.host", "suspended", Phrase("中止", "Suspend"), not_suspended, SUSPEND),
    Move("resume", LIVE, None, "trade.host", "resumed", Phrase("恢复", "Resume"), is_suspended, RESUME),
    Move(
        "withdraw",
        OPEN,
        WITHDRAWN,
        "trade.submit",
        "withdrawn",
        Phrase("撤牌", "Withdraw"),
        nobody_registered,
    ),
    Move("terminate", LIVE, TERMINATED, "trade.host", "terminated", Phrase("终止", "Terminate")),
    Move(
        "confirm",
        frozenset({DECIDED}),
        CONFIRMED,
        "trade.host",
        "confirmed",
        Phrase("确认成交", "Confirm the deal"),
        may_confirm,
    ),
    Move(
        "default",
        frozenset({DECIDED}),
        DEFAULTED,
        "trade.host",
        "defaulted",
        Phrase("认定违约", "Declare default"),
    ),
    Move(
        "discard",
        frozenset({DRAFT, RETURNED}),
        DISCARDED,
        "trade.edit",
        "discarded",
        Phrase("删除草稿", "Discard"),
    ),
)

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
        at_the_end(lambda facts: _best(facts) is None),
    ),
    Clock(
        "open",
        frozenset({QUOTING}),
        DECIDED,
        "opened",
        Phrase("报价截止，开启", "quotations are opened"),
        at_the_end(lambda facts: _best(facts) is not None and not holders_to_ask(facts)),
    ),
    Clock(
        "open_and_ask",
        frozenset({QUOTING}),
        PRIORITY,
        "opened",
        Phrase("报价截止，开启，征询优先购买权", "quotations are opened, holders are asked"),
        at_the_end(lambda facts: _best(facts) is not None and bool(holders_to_ask(facts))),
    ),
    Clock(
        "open_none",
        frozenset({QUOTING}),
        UNSOLD,
        "lapsed",
        Phrase("无有效报价", "no valid quotation"),
        at_the_end(lambda facts: _best(facts) is None),
    ),
    Clock(
        "answer",
        frozenset({PRIORITY}),
        DECIDED,
        "holders_answered",
        Phrase("优先购买权人均已答复", "all holders answered"),
        _answered,
    ),
    Clock(
        "fall_silent",
        frozenset({PRIORITY}),
        DECIDED,
        "holders_silent",
        Phrase("优先购买权行使期满", "the time for first refusal is over"),
        at_the_end(lambda _facts: True),
    ),
    Clock(
        "suspension_over",
        LIVE,
        None,
        "resumed",
        Phrase("中止期满，自动恢复", "the suspension is over"),
        suspension_over,
        (law.SUSPENSION,),
        suspended=True,
        effect=RESUME,
    ),
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
    final=frozenset({CONFIRMED, UNSOLD, DEFAULTED, WITHDRAWN, TERMINATED, DISCARDED}),
    moves=_MOVES,
    clocks=_CLOCKS,
    check=check,
    price=lambda terms: terms.price_fen,
    foresee=foresee,
    result=result,
    registering=OPEN,
    offering=frozenset({AGREEING, QUOTING}),
    sealed=frozenset({QUOTING}),
    succeeded=frozenset({CONFIRMED}),
)

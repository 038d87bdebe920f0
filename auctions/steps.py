"""Steps that procedures share: how a trade begins, is hosted, asks the holders of first refusal, and ends."""

from datetime import datetime

from auctions.guards import (
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
from auctions.terms.sale import chosen
from marketplace.core.calendar import Calendar
from marketplace.core.phrases import Phrase

DRAFT, SUBMITTED, RETURNED, DISCARDED = "draft", "submitted", "returned", "discarded"
PRIORITY, DECIDED, CONFIRMED, DEFAULTED = "priority", "decided", "confirmed", "defaulted"
UNSOLD, WITHDRAWN, TERMINATED = "unsold", "withdrawn", "terminated"
FINAL = frozenset({CONFIRMED, UNSOLD, DEFAULTED, WITHDRAWN, TERMINATED, DISCARDED})
EXERCISE = "exercise"  # the period in which first refusal may be exercised

BEGINNING = (
    Stage(DRAFT, Phrase("草稿", "Draft"), seen=SELLER),
    Stage(SUBMITTED, Phrase("待审核", "In review"), seen=HOST),
    Stage(RETURNED, Phrase("退回修改", "Returned"), seen=HOST),
)
ENDING = (
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


def preparing(first: str) -> tuple[Move, ...]:
    """From the draft to the announcement, which leads to the state `first`."""
    drafts = frozenset({DRAFT, RETURNED})
    waiting = frozenset({SUBMITTED})
    return (
        Move("submit", drafts, SUBMITTED, "trade.submit", "submitted", Phrase("提交", "Submit")),
        Move("recall", waiting, DRAFT, "trade.submit", "recalled", Phrase("撤回提交", "Recall")),
        Move("return", waiting, RETURNED, "trade.host", "returned", Phrase("退回修改", "Return")),
        Move("announce", waiting, first, "trade.host", "announced", Phrase("公告", "Announce"), may_announce),
        Move("discard", drafts, DISCARDED, "trade.edit", "discarded", Phrase("删除草稿", "Discard")),
    )


def hosting(live: frozenset[str], open_: frozenset[str]) -> tuple[Move, ...]:
    """What is done to a trade in one of the states `live`; while `open_`, a seller may still take it down."""
    decided = frozenset({DECIDED})
    confirmed = Phrase("确认成交", "Confirm the deal")
    anew = Phrase("发布补充公告，重新计算期限", "Publish a supplement, the period begins anew")
    return (
        Move("supplement", open_, None, "trade.host", "supplemented", anew, not_suspended, RESTART),
        Move(
            "suspend",
            live,
            None,
            "trade.host",
            "suspended",
            Phrase("中止", "Suspend"),
            not_suspended,
            SUSPEND,
        ),
        Move("resume", live, None, "trade.host", "resumed", Phrase("恢复", "Resume"), is_suspended, RESUME),
        Move(
            "withdraw",
            open_,
            WITHDRAWN,
            "trade.submit",
            "withdrawn",
            Phrase("撤牌", "Withdraw"),
            nobody_registered,
        ),
        Move("terminate", live, TERMINATED, "trade.host", "terminated", Phrase("终止", "Terminate")),
        Move("confirm", decided, CONFIRMED, "trade.host", "confirmed", confirmed, may_confirm),
        Move("default", decided, DEFAULTED, "trade.host", "defaulted", Phrase("认定违约", "Declare default")),
    )


def closing(live: frozenset[str]) -> tuple[Clock, ...]:
    """The clocks of first refusal, and the one that ends a suspension in one of the states `live`."""
    asking = frozenset({PRIORITY})
    return (
        Clock(
            "answer",
            asking,
            DECIDED,
            "holders_answered",
            Phrase("优先购买权人均已答复", "all holders answered"),
            _answered,
        ),
        Clock(
            "fall_silent",
            asking,
            DECIDED,
            "holders_silent",
            Phrase("优先购买权行使期满", "the time for first refusal is over"),
            at_the_end(lambda _facts: True),
        ),
        Clock(
            "suspension_over",
            live,
            None,
            "resumed",
            Phrase("中止期满，自动恢复", "the suspension is over"),
            suspension_over,
            (law.SUSPENSION,),
            suspended=True,
            effect=RESUME,
        ),
    )


def since(procedure: Procedure, facts: Facts) -> datetime:
    """When the present state was entered, or went on after a suspension. It must be one in which a period runs."""
    runs = facts.runs_of(procedure.stage(facts.state).period)
    return runs[-1].spells[-1].started


def highest(facts: Facts) -> Offer | None:
    """The highest valid offer; of equal ones the earliest in the log."""
    return min(valid_offers(facts), key=lambda offer: (-offer.amount_fen, offer.position), default=None)


def valid_offers(facts: Facts) -> list[Offer]:
    """The offers of eligible parties at or above the price."""
    eligible = {bidder.code for bidder in facts.eligible}
    return [o for o in facts.offers if o.bidder in eligible and o.amount_fen >= facts.terms.price_fen]


def highest_buys(facts: Facts) -> Result | None:
    """The buyer and the price. A holder who stepped in buys at the price that was found, the first in rank before others."""
    best = highest(facts)
    if best is None:
        return None
    stepped_in = [holder for holder in facts.holders if holder.answer == EXERCISED]
    if stepped_in:
        first = min(stepped_in, key=lambda holder: (holder.rank, holder.code))
        return Result(first.code, best.amount_fen, "first_refusal", best.position)
    equals = sum(offer.amount_fen == best.amount_fen for offer in valid_offers(facts))
    how = "sole" if len(facts.eligible) == 1 else "earliest" if equals > 1 else "highest"
    return Result(best.bidder, best.amount_fen, how, best.position)


def _answered(procedure: Procedure, facts: Facts, _calendar: Calendar) -> datetime | None:
    """When the last holder answered, if none is silent any more."""
    times = [holder.answered_at for holder in facts.holders if holder.answered_at is not None]
    if not times or any(holder.answer == SILENT for holder in facts.holders):
        return None
    return max(since(procedure, facts), *times)

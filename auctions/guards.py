"""Whether the moment is right for a move, and what stands open: questions that every procedure asks of the facts."""

from datetime import datetime

from auctions.procedure import OUT, WAIVED, Facts, Holder, Procedure, Refusal
from auctions.terms import law
from marketplace.core.calendar import Calendar
from marketplace.core.clock import local_date
from marketplace.core.phrases import Phrase


def anybody_left(facts: Facts) -> bool:
    """Is there anybody left who registered?"""
    return any(bidder.state != OUT for bidder in facts.bidders)


def holders_to_ask(facts: Facts) -> tuple[Holder, ...]:
    """Those who have not waived the right of first refusal."""
    return tuple(holder for holder in facts.holders if holder.answer != WAIVED)


def may_announce(facts: Facts) -> Refusal | None:
    if not facts.gates_open:
        return "gates", Phrase("准入核查尚未全部通过", "not all gates have been passed")
    for holder in facts.holders:
        if holder.notified_at is None:
            return "priority", Phrase(
                "有优先购买权人还没有通知", "a holder of the right of first refusal was not told"
            )
        earliest = law.PRIORITY_NOTICE.earliest_event(local_date(holder.notified_at), strict=False).next_date
        if facts.today is not None and facts.today < earliest:
            return "priority", Phrase(
                "通知优先购买权人满三日后才能公告", "three days must pass after the holders were told"
            )
    return None


def nobody_registered(facts: Facts) -> Refusal | None:
    if anybody_left(facts):
        return "bidders", Phrase(
            "已有意向方登记，撤牌须由示范区终止交易", "somebody has registered: only the zone can end it"
        )
    return None


def may_confirm(facts: Facts) -> Refusal | None:
    if facts.suspended_at is not None:
        return not_suspended(facts)
    if facts.objections:
        return "objection", Phrase("还有异议没有办结", "an objection is still open")
    if not facts.gates_open:
        return "gates", Phrase("准入核查尚未全部通过", "not all gates have been passed")
    return None


def not_suspended(facts: Facts) -> Refusal | None:
    if facts.suspended_at is not None:
        return "suspended", Phrase("交易已经中止", "the trade is suspended")
    return None


def is_suspended(facts: Facts) -> Refusal | None:
    if facts.suspended_at is None:
        return "running", Phrase("交易没有中止", "the trade is not suspended")
    return None


def suspension_over(_procedure: Procedure, facts: Facts, calendar: Calendar) -> datetime | None:
    """A suspension ends by itself, at the latest."""
    return None if facts.suspended_at is None else law.SUSPENSION.run(facts.suspended_at, calendar).end

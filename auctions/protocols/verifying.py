"""Verifying a protocol from the file alone: shape, text, calendar, moves and periods, offers, result, confirmation."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import rfc8785
from pydantic import ValidationError

from auctions.awards import how_words
from auctions.offers.commitments import Said, commitment_of
from auctions.procedure import ELIGIBLE, EXERCISED, OUT, PENDING, Procedure, Result
from auctions.protocols.disagreement import Disagreement
from auctions.protocols.file import Protocol, protocol_from
from auctions.protocols.moments import decided
from auctions.protocols.replaying import Replay, Segment
from auctions.trades.kinds import procedures, terms_from
from marketplace.core.calendar import Calendar, CalendarInvalid, read_year
from marketplace.core.errors import DomainError
from marketplace.core.money import format_fen
from marketplace.core.period import PeriodError
from marketplace.core.phrases import Locale, Phrase

Checks = Iterator[Disagreement]


@dataclass(frozen=True)
class Finding:
    """What came out: the first disagreement, or the result that follows (none: nobody bought)."""

    problem: Disagreement | None
    result: Result | None = None
    digest: str = ""

    def text(self, locale: Locale) -> str:
        """Lines for a terminal."""
        if self.problem is not None:
            return _DISAGREES.text(locale, what=self.problem.text(locale))
        digest = _DIGEST.text(locale, digest=self.digest)
        if self.result is None:
            return f"{_NOBODY.text(locale)}\n{digest}"
        found = self.result
        offer = "" if found.offer is None else _OFFER.text(locale, offer=found.offer)
        won = _WON.text(
            locale,
            buyer=found.buyer,
            price=format_fen(found.price_fen, locale, "full"),
            how=how_words(found.how).text(locale),
        )
        return f"{won}{offer}\n{digest}"


def verify(given: object) -> Finding:
    """Recompute everything that a protocol says."""
    try:
        file = protocol_from(given)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        return Finding(Disagreement(place or "-", _UNREADABLE, first.get("input", ""), first["msg"]))
    try:
        problem = next(_complaints(file), None)
    except (ValueError, PeriodError, DomainError) as error:  # what no genuine file can lead to
        problem = Disagreement("-", _IMPOSSIBLE, str(error), "")
    if problem is not None:
        return Finding(problem)
    won = file.result
    result = None if won is None else Result(won.buyer, won.price_fen, won.how, won.offer)
    return Finding(None, result, hashlib.sha256(rfc8785.dumps(_plain(given))).hexdigest())


def _plain(given: object) -> Any:
    return json.loads(json.dumps(given))


def _complaints(file: Protocol) -> Checks:
    """In an order in which each check may rely on those before it."""
    procedure = procedures().get(file.kind)
    if procedure is None:
        yield Disagreement("kind", _UNKNOWN, file.kind, ", ".join(sorted(procedures())))
        return
    yield from _document(file)
    try:
        terms = terms_from(procedure, file.document["terms"])
        years = [read_year(json.dumps(year).encode()) for year in file.calendar.years]
    except (ValidationError, CalendarInvalid, KeyError) as error:
        yield Disagreement("document.terms", _UNREADABLE, str(error)[:200], "")
        return
    calendar = Calendar(years)
    if calendar.edition != file.calendar.edition:
        yield Disagreement("calendar.edition", _OTHER_CALENDAR, file.calendar.edition, calendar.edition)
    yield from _bidders(file)
    yield from _holders(file)
    replay = Replay(file, procedure, terms, calendar)
    yield from replay.run()
    yield from _runs(file, replay)
    yield from _offers(file, procedure, replay)
    yield from _refused(file, procedure, replay.segments)
    yield from _exercised(file, replay.segments)
    yield from _result(file, procedure, replay)


def _document(file: Protocol) -> Checks:
    """Is the text the one that was announced, and the head of the file about it?"""
    digest = hashlib.sha256(rfc8785.dumps(file.document)).hexdigest()
    if digest != file.digest:
        yield Disagreement("digest", _OTHER_TEXT, file.digest, digest)
    for name, key in (("trade", "trade"), ("number", "number"), ("kind", "procedure")):
        said = file.document.get(key)
        if getattr(file, name) != said:
            yield Disagreement(name, _OTHER_TEXT, getattr(file, name), said)


def _bidders(file: Protocol) -> Checks:
    for place, bidder in enumerate(file.bidders):
        where = f"bidders.{place}"
        if bidder.position != place + 1:
            yield Disagreement(f"{where}.position", _GAP, bidder.position, place + 1)
        if bidder.code != f"{bidder.position:02d}":
            yield Disagreement(f"{where}.code", _CODE, bidder.code, f"{bidder.position:02d}")
        if bidder.state not in {PENDING, ELIGIBLE, OUT}:
            yield Disagreement(f"{where}.state", _UNKNOWN, bidder.state, "")
        if (bidder.outcome == ELIGIBLE) != (bidder.state == ELIGIBLE):
            yield Disagreement(f"{where}.state", _OTHER_STATE, bidder.state, bidder.outcome)
        if (bidder.settled_at is None) != (bidder.state == PENDING):
            yield Disagreement(f"{where}.settled_at", _UNSETTLED, bidder.settled_at, "")
        earlier = [at for at in (bidder.qualified_at, bidder.registered_at) if at is not None]
        if bidder.settled_at is not None and any(at > bidder.settled_at for at in earlier):
            yield Disagreement(f"{where}.settled_at", _ORDER, bidder.settled_at, max(earlier))
        if place and bidder.registered_at < file.bidders[place - 1].registered_at:
            yield Disagreement(f"{where}.registered_at", _ORDER, bidder.registered_at, "")


def _holders(file: Protocol) -> Checks:
    codes = [holder.code for holder in file.holders]
    for place, holder in enumerate(file.holders):
        where = f"holders.{place}"
        if codes.count(holder.code) > 1:
            yield Disagreement(f"{where}.code", _TWICE, holder.code, "")
        if (holder.answered_at is None) != (holder.answer == ""):
            yield Disagreement(f"{where}.answer", _UNSETTLED, holder.answer, "")
        if holder.answered_at is not None and (
            holder.notified_at is None or holder.answered_at < holder.notified_at
        ):
            yield Disagreement(f"{where}.answered_at", _ORDER, holder.answered_at, holder.notified_at)


def _runs(file: Protocol, replay: Replay) -> Checks:
    """Did the periods run as they had to, and were these ends published?"""
    if len(file.runs) != len(replay.runs):
        yield Disagreement("runs", _GAP, len(file.runs), len(replay.runs))
    for place, (said, due) in enumerate(zip(file.runs, replay.runs, strict=False)):
        where = f"runs.{place}"
        if said.period != due.period:
            yield Disagreement(f"{where}.period", _OTHER_STATE, said.period, due.period)
        if len(said.spells) != len(due.spells):
            yield Disagreement(f"{where}.spells", _GAP, len(said.spells), len(due.spells))
        for n, (spell, right) in enumerate(zip(said.spells, due.spells, strict=False)):
            for name in ("started", "stopped", "extended", "promised"):
                found, wanted = getattr(spell, name), getattr(right, name)
                if found != wanted:
                    yield Disagreement(f"{where}.spells.{n}.{name}", _OTHER_TIME, found, wanted)


def _offers(file: Protocol, procedure: Procedure, replay: Replay) -> Checks:
    for place, offer in enumerate(file.offers):
        where = f"offers.{place}"
        if offer.position != place + 1:
            yield Disagreement(f"{where}.position", _GAP, offer.position, place + 1)
        if place and offer.at < file.offers[place - 1].at:
            yield Disagreement(f"{where}.at", _ORDER, offer.at, file.offers[place - 1].at)
        yield from _party(file, where, offer.code, offer.at)
        if offer.stage not in procedure.offering or not any(
            _open(segment, offer.stage, offer.at) for segment in replay.segments
        ):
            yield Disagreement(f"{where}.at", _OUTSIDE, offer.at, _window(replay.segments, offer.stage))
        yield from _amount(file, where, place)
        yield from _acceptable(procedure, replay, where, place)


def _acceptable(procedure: Procedure, replay: Replay, where: str, place: int) -> Checks:
    """Would the procedure have taken the offer, after those before it?"""
    offer = replay.file.offers[place]
    if offer.amount_fen is None:
        return
    known = replay.facts(offer.at)
    before = replace(known, offers=tuple(one for one in known.offers if one.position <= place))
    refusal = procedure.accept(before, offer.code, offer.amount_fen)
    if refusal is not None:
        yield Disagreement(f"{where}.amount_fen", refusal[1], offer.amount_fen, refusal[0])


def _amount(file: Protocol, where: str, place: int) -> Checks:
    """Does the amount open the commitment?"""
    offer = file.offers[place]
    if offer.amount_fen is None or offer.salt is None:
        if file.result is not None or (offer.amount_fen is None) != (offer.salt is None):
            yield Disagreement(f"{where}.amount_fen", _UNOPENED, offer.amount_fen, "")
        return
    said = Said(file.trade, offer.code, offer.stage, offer.amount_fen, offer.position)
    due = commitment_of(said, offer.salt)
    if due != offer.commitment:
        yield Disagreement(f"{where}.commitment", _COMMITMENT, offer.commitment, due)


def _party(file: Protocol, where: str, code: str, at: datetime) -> Checks:
    bidder = next((one for one in file.bidders if one.code == code), None)
    if bidder is None:
        yield Disagreement(f"{where}.code", _UNKNOWN, code, "")
    elif bidder.state != ELIGIBLE or bidder.settled_at is None or bidder.settled_at > at:
        yield Disagreement(f"{where}.code", _NOT_ELIGIBLE, at, bidder.settled_at)


def _open(segment: Segment, stage: str, at: datetime) -> bool:
    """Was this a moment for an offer? The instant of the deadline is closed."""
    within = segment.start <= at and (segment.stop is None or at <= segment.stop)
    in_time = segment.end is None or at < segment.end
    return segment.state == stage and within and in_time and not segment.suspended


def _window(segments: list[Segment], stage: str) -> str:
    spans = (
        f"{segment.start.isoformat()} .. {(segment.end or segment.stop or segment.start).isoformat()}"
        for segment in segments
        if segment.state == stage and not segment.suspended
    )
    return "; ".join(spans)


def _refused(file: Protocol, procedure: Procedure, segments: list[Segment]) -> Checks:
    """Was there a reason to refuse what was refused?"""
    offering = [segment for segment in segments if segment.state in procedure.offering]
    reasons: dict[str, Callable[[str, datetime], bool]] = {
        "late": lambda _code, at: any(s.stop is not None and s.stop <= at for s in offering),
        "suspended": lambda _code, at: any(s.suspended and s.start <= at for s in offering),
        "below_price": lambda _code, at: any(_open(s, s.state, at) for s in offering),
        "repeated": lambda code, at: any(o.code == code and o.at <= at for o in file.offers),
    }
    for place, line in enumerate(file.refused):
        where = f"refused.{place}"
        yield from _party(file, where, line.code, line.at)
        holds = reasons.get(line.reason)
        if holds is None or not holds(line.code, line.at):
            yield Disagreement(f"{where}.reason", _NO_REASON, line.reason, "")
        if line.at > file.as_of:
            yield Disagreement(f"{where}.at", _ORDER, line.at, file.as_of)


def _exercised(file: Protocol, segments: list[Segment]) -> Checks:
    """First refusal is exercised once the price is known, and before its time is over."""
    for place, holder in enumerate(file.holders):
        at = holder.answered_at
        if holder.answer != EXERCISED or at is None:
            continue
        asked = (s for s in segments if s.state == "priority" and not s.suspended)
        if not any(_open(segment, "priority", at) for segment in asked):
            yield Disagreement(f"holders.{place}.answered_at", _OUTSIDE, at, _window(segments, "priority"))


def _result(file: Protocol, procedure: Procedure, replay: Replay) -> Checks:
    """Who buys, by the procedure's own rule over the facts of the file."""
    known = any(decided(procedure, line.state) for line in file.moves)
    due = procedure.result(replay.facts(file.as_of)) if known else None
    if (file.result is None) != (due is None):
        yield Disagreement("result", _RESULT, file.result and file.result.buyer, due and due.buyer)
    elif file.result is not None and due is not None:
        for name in ("buyer", "price_fen", "how", "offer"):
            found, wanted = getattr(file.result, name), getattr(due, name)
            if found != wanted:
                yield Disagreement(f"result.{name}", _RESULT, found, wanted)
    yield from _confirmation(file, procedure, due)


def _confirmation(file: Protocol, procedure: Procedure, due: Result | None) -> Checks:
    said = file.confirmation
    if (said is None) == (file.state in procedure.succeeded):
        yield Disagreement("confirmation", _CONFIRMATION, said and said.number, file.state)
    if said is None or due is None:
        return
    pairs = (
        ("price_fen", said.price_fen, due.price_fen),
        ("buyer", said.buyer, due.buyer),
        ("at", said.at, file.moves[-1].at),
    )
    for name, found, wanted in pairs:
        if found != wanted:
            yield Disagreement(f"confirmation.{name}", _CONFIRMATION, found, wanted)


_WON = Phrase(
    "核对一致。受让方 {buyer}，成交价 {price}，{how}", "All agrees. Buyer {buyer} at {price}, {how}"
)
_OFFER = Phrase("，依据第 {offer} 号报价", " (offer no. {offer})")
_NOBODY = Phrase("核对一致。没有受让方", "All agrees. Nobody bought")
_DIGEST = Phrase(
    "文件摘要 SHA-256 {digest}，可与成交确认书上的比对",
    "SHA-256 of the file {digest}, to be compared with the deal confirmation",
)
_DISAGREES = Phrase("不一致。{what}", "Does not agree. {what}")
_UNREADABLE = Phrase("格式不符", "not of the right form")
_IMPOSSIBLE = Phrase("无法重新计算", "cannot be recomputed")
_UNKNOWN = Phrase("没有这个值", "unknown")
_OTHER_TEXT = Phrase("与公告文本不符", "not what was announced")
_OTHER_CALENDAR = Phrase("工作日历与其版本名不符", "the calendar is not of this edition")
_OTHER_STATE = Phrase("状态不符", "not the state that follows")
_OTHER_TIME = Phrase("与按条款和日历计算的不符", "not what terms and calendar give")
_GAP = Phrase("次序不连续", "not in sequence")
_CODE = Phrase("编号与登记次序不符", "the code does not fit the order of registration")
_UNSETTLED = Phrase("状态与时间不符", "state and time do not fit")
_ORDER = Phrase("时间先后不符", "out of order")
_TWICE = Phrase("重复", "twice")
_NOT_ELIGIBLE = Phrase("当时没有报价资格", "was not eligible then")
_OUTSIDE = Phrase("不在期限之内", "outside its period")
_COMMITMENT = Phrase("金额与事先的承诺不符", "the amount does not open the commitment")
_UNOPENED = Phrase("报价没有开启", "the offer was not opened")
_NO_REASON = Phrase("拒收理由不成立", "the reason for refusing it does not hold")
_RESULT = Phrase("结果与规则算出的不符", "not the result that the rules give")
_CONFIRMATION = Phrase("与结果不符", "does not fit the result")

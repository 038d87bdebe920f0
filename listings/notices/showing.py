"""What the page of a notice shows, gathered from what is kept: the text, the period day by day, channels, objections."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from listings.notices import models as m
from listings.notices.endings import OVERTAKEN, overtaken
from listings.notices.lifecycle import channel_broken, running_period
from listings.notices.objections.models import Objection
from listings.notices.queries import chain_head, kept_lines, objections_of, shown_edition
from listings.notices.sources import basis_from
from listings.notices.text import Line
from listings.notices.words import EVENTS, OPEN_EVENTS, OUTCOMES, coded, end_words
from marketplace.core.clock import local_date
from marketplace.core.context import Context
from marketplace.core.errors import Words
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.journal import Entry, entries_of
from marketplace.core.period import Period
from marketplace.core.period_rows import explain
from marketplace.core.period_text import Explanation, explanation
from marketplace.core.suspension import suspend


@dataclass(frozen=True)
class Clock:
    """The period as a reader sees it. `day` of `total`; `stopped`: since when it stands still, `rest` what remains."""

    period: Period
    told: Explanation
    end: str
    day: int
    total: int
    over: bool
    stopped: datetime | None = None
    rest: int = 0
    broken: bool = False


@dataclass(frozen=True)
class Event:
    """An entry of the notice's chain, in words."""

    entry: Entry
    words: Words
    note: str


@dataclass(frozen=True)
class Shown:
    """Everything on the page. `lines` are the text as it was fixed, None while nothing is."""

    notice: m.Notice
    edition: m.Edition
    lines: Sequence[Line] | None
    clock: Clock | None
    objections: Sequence[Objection]
    captures: Sequence[m.Capture]
    gaps: Sequence[m.Gap]
    events: Sequence[Event]
    head: tuple[int, str, int]
    related: bool
    altered: bool
    looks: Sequence[tuple[str, int, int]]
    overtaken: Entry | None


def shown(ctx: Context, notice: m.Notice) -> Shown:
    """The page of a notice, for whoever may read it."""
    edition = shown_edition(notice)
    entries = entries_of(ctx.session, notice.id)
    return Shown(
        notice=notice,
        edition=edition,
        lines=kept_lines(edition) if edition.text else None,
        clock=clock_of(ctx, notice) if edition.n == notice.n else None,
        objections=objections_of(ctx, notice),
        captures=[capture for capture in notice.captures if capture.n == edition.n],
        gaps=[gap for gap in notice.gaps if gap.n == edition.n],
        events=list(_events(entries)),
        head=chain_head(ctx, notice.id),
        related=basis_from(edition.basis).related,
        altered=_altered(edition, entries),
        looks=looks_at(ctx, notice.id),
        overtaken=overtaken(ctx, notice),
    )


def looks_at(ctx: Context, notice_id: str) -> list[tuple[str, int, int]]:
    """By independent watcher: how often it looked, and how often it saw something else or nothing."""
    other = func.count().filter(m.Observation.seen != m.SAME)
    query = (
        select(m.Observation.watcher, func.count(), other)
        .where(m.Observation.notice_id == notice_id)
        .group_by(m.Observation.watcher)
        .order_by(m.Observation.watcher)
    )
    return [(watcher, looks, wrong) for watcher, looks, wrong in ctx.session.execute(query)]


def _altered(edition: m.Edition, entries: Sequence[Entry]) -> bool:
    """Does the journal say that another text was started?"""
    started = [e.data for e in entries if e.kind == "notice.started" and e.data["edition"] == edition.n]
    return any(facts["text"] != edition.text for facts in started)


def clock_of(ctx: Context, notice: m.Notice) -> Clock | None:
    """The period of the edition that counts; None before it has begun."""
    period = running_period(notice, ctx.calendar)
    if period is None:
        return None
    edition, void = notice.edition, notice.state == m.VOID
    total = edition.amount + sum(spell.extended for spell in edition.spells)
    stopped = edition.spells[-1].stopped_at
    if stopped is None:
        left = period.amount - _day_reached(period, min(ctx.now, period.end))
    else:
        left = suspend(period, stopped).remaining.amount
    end = (edition.ended_at if void else notice.expired_at) or period.end
    return Clock(
        period=period,
        told=explanation(period, current_language()),
        end=end_words(end),
        day=min(total, max(0, total - left)),
        total=total,
        over=notice.state in {m.EXPIRED, m.CERTIFIED, m.VOID, m.CORRECTING},
        stopped=stopped,
        rest=left,
        broken=channel_broken(notice),
    )


def _day_reached(period: Period, now: datetime) -> int:
    """The number of the day (or working day) that is running."""
    today = local_date(now - datetime.resolution) if now >= period.end else local_date(now)
    numbers = [row.number for row in explain(period) if row.number is not None and row.first <= today]
    return max(numbers, default=0)


def _events(entries: Sequence[Entry]) -> Iterator[Event]:
    for entry in entries:
        name = entry.kind.removeprefix("notice.")
        if name in OPEN_EVENTS:
            yield Event(entry, EVENTS[name], _note(entry))


def _note(entry: Entry) -> str:
    """What an entry says in public, short: which objection, which outcome, until when."""
    data, parts = entry.data, []
    if "objection" in data:
        parts.append(str(data["objection"]))
    outcome = data.get("outcome")
    if isinstance(outcome, str) and outcome in OUTCOMES:
        parts.append(str(OUTCOMES[outcome]))
    end = data.get("end")
    if isinstance(end, str):
        parts.append(_("截止 %(end)s", end=end_words(datetime.fromisoformat(end))))
    if "reason" in data and entry.kind in {"notice.voided", OVERTAKEN}:
        parts.append(coded("void_reasons", str(data["reason"])))
    if "certificate" in data:
        parts.append(str(data["certificate"]))
    return " · ".join(parts)


def timeline_of(shown: Shown) -> list[dict[str, object]]:
    """The steps of a notice for the timeline: each done, running, stopped, or still to come."""
    notice, basis = shown.notice, basis_from(shown.edition.basis)
    begun, void = shown.edition.started_at is not None, notice.state == m.VOID
    nodes: list[dict[str, object]] = []
    if basis.rules is not None:
        nodes.append(_node(_("公布异议处理办法"), "done", basis.rules.published_on.isoformat()))
    if basis.decision is not None:
        nodes.append(
            _node(_("集体决策"), "done", basis.decision.held_on.isoformat(), note=basis.decision.resolution)
        )
    approved = shown.edition.approved_at
    nodes.append(_node(_("示范区核验"), "done" if approved else "current", _day(approved)))
    nodes.append(
        _node(
            _("两个渠道同时公示"),
            _state_of_run(shown, begun=begun),
            _day(shown.edition.started_at),
            _end(shown),
        )
    )
    finished = notice.state in {m.EXPIRED, m.CERTIFIED}
    later = "failed" if void else "done" if finished else "todo"
    nodes.append(_node(_("公示期满"), later, _day(notice.expired_at, end=True)))
    done = notice.state == m.CERTIFIED
    certified = "done" if done else "failed" if void else "current" if finished else "todo"
    issued = notice.certificate.issued_at if notice.certificate is not None else None
    nodes.append(_node(_("出具公示完成证明"), certified, _day(issued)))
    return nodes


def _state_of_run(shown: Shown, *, begun: bool) -> str:
    state = shown.notice.state
    if state == m.VOID:
        return "failed"
    if state in {m.EXPIRED, m.CERTIFIED}:
        return "done"
    if state in {m.OBJECTED, m.SUSPENDED, m.CORRECTING} or (begun and shown.clock and shown.clock.broken):
        return "suspended"
    return "current" if state == m.RUNNING else "todo"


def _end(shown: Shown) -> str:
    clock = shown.clock
    if clock is None or clock.over:
        return ""
    if clock.stopped is not None:
        return _("期限中止，恢复后重新计算截止时间")
    return _("截止 %(end)s", end=clock.end)


def _node(label: str, state: str, date: str, note: str = "") -> dict[str, object]:
    return {"label": label, "state": state, "date": date, "note": note}


def _day(moment: datetime | None, *, end: bool = False) -> str:
    if moment is None:
        return ""
    return end_words(moment) if end else local_date(moment).isoformat()

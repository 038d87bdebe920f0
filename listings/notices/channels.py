"""What was seen on the channels, and what it costs when a channel failed (顺延).

The platform's own page proves itself by the log; for the unit's page or board somebody captures it: at the start, on a
day drawn by lot in between, and at the end. A capture that shows something else, or nothing, stops the count until one
shows the notice again, and the gap is added to the period.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from listings.classification import codes
from listings.notices import models as m
from listings.notices.clockwork import catch_up
from listings.notices.lifecycle import GOING, NOTICE, channel_broken, running_period
from listings.notices.policy import RECORD_OUTAGE, RUN
from listings.notices.reach import notice_for
from listings.notices.running import lengthen, units_between
from listings.notices.services import start
from marketplace.accounts.checks import Checks
from marketplace.core.clock import local_date
from marketplace.core.context import Context
from marketplace.core.errors import Conflict, Forbidden
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.ids import new_id
from marketplace.core.journal import record
from marketplace.core.period import Unit
from marketplace.core.policy import require
from marketplace.core.uploads.keeping import Kept

LONGEST_NAME, LONGEST_NOTE = 60, 500
LOOKED_AT = GOING | {m.EXPIRED}


@dataclass(frozen=True)
class NewCapture:
    """`taken_at`: an instant; `taken_by`: the person's name; `seen`: same, different or absent."""

    taken_at: datetime | None
    taken_by: str
    seen: str = m.SAME


@dataclass(frozen=True)
class Outage:
    """A time in which the platform did not show its notices; `cause` of `gap_causes`; `note` is public."""

    since: datetime | None
    until: datetime | None
    cause: str
    note: str


def start_notice(ctx: Context, notice_id: str, given: NewCapture, file: Kept) -> m.Notice:
    """Start the period: the unit's page or board shows the notice, and `file` is the capture of it."""
    notice = notice_for(ctx, notice_id, RUN)
    checked = _checked(ctx, notice, given)
    if notice.state != m.SCHEDULED:
        raise Conflict(_l("当前状态不允许这一操作，页面内容可能已过时"), code="wrong_state")
    start(ctx, notice, _capture(ctx, notice, checked, file, m.START))
    return notice


def record_capture(ctx: Context, notice_id: str, given: NewCapture, file: Kept) -> m.Capture:
    """Keep what somebody saw in the unit later on, and add the gap when its channel is whole again."""
    notice = notice_for(ctx, notice_id, RUN)
    catch_up(ctx, notice)
    if notice.state not in LOOKED_AT:
        raise Conflict(_l("公示没有在进行"), code="wrong_state")
    checked = _checked(ctx, notice, given)
    was_broken, last_good = channel_broken(notice), _last_good(notice)
    capture = _capture(ctx, notice, checked, file, _point(ctx, notice, checked.taken_at or ctx.now))
    record(
        ctx,
        "notice.observed",
        notice.id,
        {
            "edition": notice.n,
            "channel": capture.channel,
            "point": capture.point,
            "at": capture.taken_at.isoformat(),
            "seen": capture.seen,
            "capture": capture.digest,
        },
    )
    if was_broken and capture.seen == m.SAME:
        cause = "unit_text" if _worst(notice, last_good) == m.DIFFERENT else "unit_page"
        add_gap(ctx, notice, _Gap(m.UNIT, last_good, capture.taken_at, cause, ""))
    NOTICE.arm(ctx, notice)
    return capture


def record_outage(ctx: Context, given: Outage) -> int:
    """Lengthen every notice of the acting authority's zone that ran while the platform failed; how many those were."""
    if ctx.actor.zone_id is None:
        raise Forbidden(RECORD_OUTAGE.name)
    checks = Checks()
    if given.cause not in {"outage", "maintenance"}:
        checks.complain("cause", "unknown_code", _l("选择原因"))
    note = checks.text("note", given.note, LONGEST_NOTE, _l("说明发生了什么"))
    since, until = given.since, given.until
    if since is None or since > ctx.now:
        checks.complain("since", "range", _l("填写过去的时间"))
    if until is None or until > ctx.now or (since is not None and until <= since):
        checks.complain("until", "range", _l("填写恢复的时间，晚于开始时间"))
    checks.settle()
    if since is None or until is None:
        raise ValueError("checked above")
    touched = list(_going_in(ctx, since))
    for notice in touched:
        require(ctx, RECORD_OUTAGE, notice)
        add_gap(ctx, notice, _Gap(m.MARKET, since, until, given.cause, note))
    return len(touched)


@dataclass(frozen=True)
class _Gap:
    channel: str
    since: datetime
    until: datetime
    cause: str
    note: str


def add_gap(ctx: Context, notice: m.Notice, gap: _Gap) -> None:
    """Write the gap down and lengthen the period by the days it touched."""
    if gap.cause not in codes("gap_causes"):
        raise ValueError(f"no cause: {gap.cause}")
    days = units_between(gap.since, gap.until, Unit(notice.edition.unit), ctx.calendar)
    period = lengthen(ctx, notice, days)
    notice.gaps.append(
        m.Gap(
            id=new_id("gap", ctx.now),
            n=notice.n,
            channel=gap.channel,
            since=gap.since,
            until=gap.until,
            days=days,
            cause=gap.cause,
            note=gap.note,
            recorded_by=ctx.actor.user_id,
            recorded_at=ctx.now,
        )
    )
    record(
        ctx,
        "notice.extended",
        notice.id,
        {
            "edition": notice.n,
            "channel": gap.channel,
            "since": gap.since.isoformat(),
            "until": gap.until.isoformat(),
            "days": days,
            "cause": gap.cause,
            "end": period.end.isoformat(),
        },
    )


def _going_in(ctx: Context, since: datetime) -> Iterator[m.Notice]:
    going = select(m.Notice).where(m.Notice.zone_id == ctx.actor.zone_id, m.Notice.state.in_(sorted(GOING)))
    for notice in ctx.session.scalars(going.order_by(m.Notice.id)).unique():
        catch_up(ctx, notice)
        if notice.state in GOING and notice.started_at is not None and notice.started_at >= since:
            continue  # it began after the failure had
        if notice.state in GOING:
            yield notice


def _checked(ctx: Context, notice: m.Notice, given: NewCapture) -> NewCapture:
    checks = Checks()
    taken_by = checks.line("taken_by", given.taken_by, LONGEST_NAME, _l("填写取证人姓名"))
    if given.seen not in m.SEEN:
        checks.complain("seen", "unknown_code", _l("选择看到的情况"))
    if notice.state == m.SCHEDULED and given.seen != m.SAME:
        checks.complain("seen", "not_shown", _l("单位渠道公示后才能开始"))
    earliest = notice.edition.approved_at
    if given.taken_at is None or given.taken_at > ctx.now:
        checks.complain("taken_at", "range", _l("填写取证的时间，不晚于现在"))
    elif earliest is not None and given.taken_at < earliest:
        checks.complain("taken_at", "too_early", _l("取证时间早于示范区核验通过的时间"))
    checks.settle()
    return NewCapture(given.taken_at, taken_by, given.seen)


def _capture(ctx: Context, notice: m.Notice, given: NewCapture, file: Kept, point: str) -> m.Capture:
    capture = m.Capture(
        id=new_id("cap", ctx.now),
        n=notice.n,
        channel=m.UNIT,
        point=point,
        seen=given.seen,
        url=notice.edition.unit_url,
        taken_at=given.taken_at,
        taken_by=given.taken_by,
        digest=file.digest,
        name=file.name[:200],
        media=file.media,
        size=file.size,
        recorded_by=ctx.actor.user_id,
        recorded_at=ctx.now,
    )
    notice.captures.append(capture)
    return capture


def _point(ctx: Context, notice: m.Notice, taken_at: datetime) -> str:
    """Which of the three looks this is: on the drawn day or after it, or on the last day or after it."""
    period, day = running_period(notice, ctx.calendar), local_date(taken_at)
    if period is not None and day >= period.last_date:
        return m.END
    return m.MIDDLE if notice.edition.middle_on is not None and day >= notice.edition.middle_on else m.OTHER


def _last_good(notice: m.Notice) -> datetime:
    good = [c.taken_at for c in notice.captures if c.n == notice.n and c.seen == m.SAME]
    begun = notice.edition.started_at
    return max([*good, *([begun] if begun else [])])


def _worst(notice: m.Notice, since: datetime) -> str:
    bad = {c.seen for c in notice.captures if c.n == notice.n and c.taken_at > since}
    return m.DIFFERENT if m.DIFFERENT in bad else m.ABSENT

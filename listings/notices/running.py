"""A notice's clock: it starts, stops, runs on, is lengthened. Every caller says as of which moment."""

from datetime import datetime, timedelta

from listings.notices.lifecycle import NOTICE, running_period
from listings.notices.models import OBJECTED, SUSPENDED, Notice, SpellRow
from marketplace.core.calendar import Calendar
from marketplace.core.clock import local_date
from marketplace.core.context import Context
from marketplace.core.period import Period, Unit

_DAY = timedelta(days=1)


def begin(ctx: Context, notice: Notice, moment: datetime) -> Period:
    """Let the edition that counts run from `moment`, and promise its end."""
    notice.edition.spells.append(SpellRow(n=1, started_at=moment, extended=0))
    return _promise(ctx, notice)


def stop(notice: Notice, moment: datetime) -> None:
    """The clock stands still from `moment`, unless it does so already or the period is over."""
    spells = notice.edition.spells
    if notice.expired_at is None and spells and spells[-1].stopped_at is None:
        spells[-1].stopped_at = max(
            moment, spells[-1].started_at
        )  # should the machine's clock have been set back


def run_on(ctx: Context, notice: Notice, moment: datetime) -> None:
    """Let a stopped notice run on from `moment`."""
    if notice.state not in {OBJECTED, SUSPENDED}:
        return
    spells = notice.edition.spells
    moment = max(moment, spells[-1].stopped_at or moment)
    spells.append(SpellRow(n=len(spells) + 1, started_at=moment, extended=0))
    period = _promise(ctx, notice)
    NOTICE.follow(
        ctx,
        notice,
        "resume",
        {
            "at": moment.isoformat(),
            "end": period.end.isoformat(),
            "remaining": period.amount,
            "unit": str(period.unit),
            "origin": str(period.origin),
        },
    )


def lengthen(ctx: Context, notice: Notice, days: int) -> Period:
    """Add so many of the term's unit to the spell that runs, or that ran last."""
    notice.edition.spells[-1].extended += days
    period = _promise(ctx, notice)
    NOTICE.arm(ctx, notice)
    return period


def units_between(since: datetime, until: datetime, unit: Unit, calendar: Calendar) -> int:
    """How many days (or working days) a gap touched, and so cost: at least one."""
    first, last = local_date(since), local_date(until)
    days = [first + n * _DAY for n in range((last - first).days + 1)]
    touched = days if unit is Unit.DAY else [day for day in days if calendar.reason(day).is_workday]
    return max(1, len(touched))


def _promise(ctx: Context, notice: Notice) -> Period:
    period = running_period(notice, ctx.calendar)
    if period is None:
        raise ValueError("a notice that has not started has no end")
    notice.edition.spells[-1].promised = period.end
    return period

"""What a person has to do, by deadline, overdue first; gathered from the packages that give the work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from marketplace.core.clock import SHANGHAI, local_date
from marketplace.core.context import Context
from marketplace.core.i18n import gettext as _
from marketplace.core.registry import WorkItem
from marketplace.core.runtime import runtime
from marketplace.web.filters import weekday

_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Task:
    """A row of the list. `level` is over, hot, warn or empty; `left` and `due` are words."""

    title: str
    href: str
    subject: str
    level: str
    left: str
    due: str
    basis: str
    action: str


def tasks(ctx: Context) -> list[Task]:
    """The actor's tasks: those with the nearest deadline first, those without one last."""
    items = [item for provider in runtime().registry.work for item in provider(ctx)]
    dated = sorted((item for item in items if item.due is not None), key=lambda item: item.due or ctx.now)
    return [_task(ctx, item) for item in [*dated, *(item for item in items if item.due is None)]]


def overdue(listed: Sequence[Task]) -> int:
    return sum(task.level == "over" for task in listed)


def _task(ctx: Context, item: WorkItem) -> Task:
    due: datetime | None = item.due
    late = due is not None and due <= ctx.now
    return Task(
        title=item.title,
        href=item.url,
        subject=item.subject,
        level="over" if late else item.tone,
        left="" if due is None else left_words(due, ctx.now),
        due=_("不限期") if due is None else due_words(due),
        basis=item.basis,
        action=_("办理"),
    )


def due_words(due: datetime) -> str:
    """2026-11-27（周五）24:00. A deadline at midnight is the 24:00 of the day before, as the law counts."""
    last = local_date(due - _INSTANT)
    local = due.astimezone(SHANGHAI)
    moment = "24:00" if local_date(due) != last else f"{local:%H:%M}"
    return f"{last.isoformat()}{weekday(last)}{moment}"


def left_words(due: datetime, now: datetime) -> str:
    """In days of the calendar; working days and suspensions are the business of whoever set the deadline."""
    days = (local_date(due - _INSTANT) - local_date(now)).days
    if due <= now:
        return _("已逾期 %(n)s 天", n=-days) if days else _("已到期")
    return _("剩余 %(n)s 天", n=days) if days else _("今天截止")

"""Catches rows up with the clock, so that a deadline happens even when nobody looks at the row."""

from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import select

from marketplace.core.context import SYSTEM, Context
from marketplace.core.runtime import runtime
from marketplace.core.terms import Term
from marketplace.core.uow import reading, unit_of_work

BATCH = 200


class Clockwork(Protocol):
    """What applies the deadlines of a row that have passed: a lifecycle, or whatever moves the row otherwise."""

    @property
    def terms(self) -> tuple[Term, ...]:
        """What it counts by."""

    def catch_up(self, ctx: Context, row: Any) -> None: ...


@dataclass(frozen=True)
class Clocked:
    """A model whose rows have deadlines."""

    model: Any
    lifecycle: Clockwork


def tick() -> int:
    """Apply all deadlines that have passed. Returns the number of rows caught up."""
    return sum(_tick_one(clocked) for clocked in runtime().registry.clocked)


def _tick_one(clocked: Clocked) -> int:
    model = clocked.model
    done = 0
    while True:
        ctx = reading(SYSTEM)
        due = (
            select(model.id).where(model.next_deadline <= ctx.now).order_by(model.next_deadline).limit(BATCH)
        )
        ids = list(ctx.session.scalars(due))
        if not ids:
            return done
        for row_id in ids:
            with unit_of_work(SYSTEM) as work:
                clocked.lifecycle.catch_up(work, work.session.get_one(model, row_id))
            done += 1

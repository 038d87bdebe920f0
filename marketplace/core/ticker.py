"""Catches rows up with the clock, so that a deadline happens even when nobody looks at the row."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from marketplace.core.context import SYSTEM
from marketplace.core.lifecycle import Lifecycle
from marketplace.core.runtime import runtime
from marketplace.core.uow import reading, unit_of_work

BATCH = 200


@dataclass(frozen=True)
class Clocked:
    """A model whose rows have a lifecycle with deadlines."""

    model: Any
    lifecycle: Lifecycle


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

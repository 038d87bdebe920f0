"""The relay hands the journal to its consumers: at least once, in order, retried, parked when it keeps failing."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, String, Text, func, select
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.core.context import SYSTEM
from marketplace.core.db import Base, db
from marketplace.core.journal import Entry
from marketplace.core.registry import Consumer
from marketplace.core.runtime import runtime
from marketplace.core.uow import reading, unit_of_work

log = logging.getLogger(__name__)

ATTEMPTS = 5


class Cursor(Base):
    """How far a consumer has read: the next position it wants."""

    __tablename__ = "relay_cursor"

    consumer: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger, default=0)
    failures: Mapped[int] = mapped_column(default=0)
    retry_at: Mapped[datetime | None]


class Parked(Base):
    """An entry that a consumer could not take; the operator sees it and may hand it over again."""

    __tablename__ = "relay_parked"

    consumer: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    error: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


def drain(*, slow: bool | None = None) -> int:
    """Run every consumer until it has caught up or must wait. Returns the number of entries handed over.

    `slow` chooses those that do long work, or the others, so that neither waits for the other.
    """
    chosen = [each for each in runtime().registry.consumers if slow is None or each.slow is slow]
    return sum(_drain_one(consumer) for consumer in chosen)


def lag() -> dict[str, int]:
    """For each consumer, how many entries it has not read yet."""
    session = db.session()
    size = session.scalar(select(func.count(Entry.position))) or 0
    done = {cursor.consumer: cursor.position for cursor in session.scalars(select(Cursor))}
    return {consumer.name: size - done.get(consumer.name, 0) for consumer in runtime().registry.consumers}


def _drain_one(consumer: Consumer) -> int:
    handed = 0
    while (piece := _next_piece(consumer)) is not None:
        if _hand_over(consumer, piece):
            handed += len(piece.entries)
    db.session().rollback()
    return handed


@dataclass(frozen=True)
class _Piece:
    """The next entries that a consumer wants, the position behind all it need not see again, and how often it failed."""

    entries: Sequence[Entry]
    end: int
    failures: int


def _next_piece(consumer: Consumer) -> _Piece | None:
    """None when the consumer has caught up or must wait.

    What it does not want is passed over in the question: a look at many entries costs one write of the cursor.
    """
    ctx = reading(SYSTEM)
    cursor = ctx.session.get(Cursor, consumer.name)
    start, failures = (cursor.position, cursor.failures) if cursor else (0, 0)
    last = ctx.session.scalar(select(func.max(Entry.position)))
    if last is None or last < start or (cursor and cursor.retry_at and cursor.retry_at > ctx.now):
        return None
    limit = 1 if failures else consumer.batch  # after a failure, find the one entry that causes it
    wanted = select(Entry).where(Entry.position.between(start, last), consumer.wants())
    entries = ctx.session.scalars(wanted.order_by(Entry.position).limit(limit)).all()
    return _Piece(entries, (entries[-1].position if len(entries) == limit else last) + 1, failures)


def _hand_over(consumer: Consumer, piece: _Piece) -> bool:
    if piece.entries:
        position = piece.entries[0].position
        try:
            if consumer.transactional:
                with unit_of_work(SYSTEM) as ctx:
                    consumer.handle(ctx, piece.entries)
                    _advance(consumer.name, piece.end)
                return True
            consumer.handle(reading(SYSTEM), piece.entries)
        except Exception as error:
            log.exception("consumer %s failed at position %s", consumer.name, position)
            db.session().rollback()
            alone = len(piece.entries) == 1
            _note_failure(consumer.name, position, piece.failures + 1, repr(error), alone=alone)
            return False
    with unit_of_work(SYSTEM):
        _advance(consumer.name, piece.end)
    return True


def _advance(name: str, position: int) -> None:
    cursor = _cursor(name)
    cursor.position, cursor.failures, cursor.retry_at = position, 0, None


def _note_failure(name: str, position: int, failures: int, error: str, *, alone: bool) -> None:
    """Retry with growing pauses; park an entry that fails alone again and again, and go on behind it."""
    with unit_of_work(SYSTEM) as ctx:
        cursor = _cursor(name)
        if alone and failures > ATTEMPTS:
            ctx.session.add(Parked(consumer=name, position=position, error=error, at=ctx.now))
            _advance(name, position + 1)
            return
        cursor.failures = failures
        cursor.retry_at = ctx.now + timedelta(seconds=min(2**failures, 60)) if alone else None


def _cursor(name: str) -> Cursor:
    session = db.session()
    cursor = session.get(Cursor, name)
    if cursor is None:
        cursor = Cursor(consumer=name, position=0, failures=0)
        session.add(cursor)
    return cursor

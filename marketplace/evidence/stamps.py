"""Time stamps (RFC 3161) over checkpoints: what an authority outside said that it had seen, and when."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from marketplace.core.db import Base
from marketplace.evidence.quorum import has_quorum
from marketplace.evidence.store import Checkpoint


class Stamp(Base):
    """An authority's answer about the text of a checkpoint. `said_at` is its time, `at` ours."""

    __tablename__ = "log_stamp"

    size: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("log_checkpoint.size"), primary_key=True, autoincrement=False
    )
    answer: Mapped[bytes] = mapped_column(LargeBinary)
    authority: Mapped[str] = mapped_column(String(300))
    said_at: Mapped[datetime]
    at: Mapped[datetime]


def latest_stamp(session: Session) -> Stamp | None:
    """The newest time stamp, or None before the first."""
    return session.scalars(select(Stamp).order_by(Stamp.size.desc()).limit(1)).first()


def stamps_for(session: Session, policy: str, indices: Sequence[int]) -> dict[int, bytes]:
    """Return, by size, the stamps that say when leaves (ascending) existed: for each the first one above it.

    Only those over checkpoints with the signatures that `policy` asks for are taken.
    """
    met = has_quorum(policy)
    rows = select(Stamp.size, Stamp.answer, Checkpoint.note).join(Checkpoint, Checkpoint.size == Stamp.size)
    waiting, found = list(indices), {}
    for size, answer, note in session.execute(rows.where(Stamp.size > indices[0]).order_by(Stamp.size)):
        if not waiting:
            break
        if waiting[0] < size and met(note):
            found[size] = answer
            waiting = [index for index in waiting if index >= size]
    return found

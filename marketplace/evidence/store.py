"""The Merkle log in the database. Its nodes are derived from the journal's commitments and can be computed anew."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import BigInteger, LargeBinary, Text, func, insert, select, tuple_
from sqlalchemy.orm import Mapped, Session, mapped_column

from marketplace.core.db import Base
from marketplace.evidence.merkle import Address, Tree

READ_AT_ONCE = 1000  # addresses in one query: two parameters each, far below the limits of both databases


class LogNode(Base):
    """The hash of a perfect subtree: of leaves [index << level, (index + 1) << level)."""

    __tablename__ = "log_node"
    __table_args__ = ({"sqlite_with_rowid": False},)

    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    index: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class Checkpoint(Base):
    """A signed tree head. `note` gains a line for each witness that cosigns it."""

    __tablename__ = "log_checkpoint"

    size: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    note: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class SessionNodes:
    """The node store of the database, on the caller's session and in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def size(self) -> int:
        last = self._session.scalar(select(func.max(LogNode.index)).where(LogNode.level == 0))
        return 0 if last is None else last + 1

    def get_many(self, addresses: Collection[Address]) -> Mapping[Address, bytes]:
        found: dict[Address, bytes] = {}
        wanted = sorted(addresses)
        for start in range(0, len(wanted), READ_AT_ONCE):
            part = wanted[start : start + READ_AT_ONCE]
            address = tuple_(LogNode.level, LogNode.index)
            rows = self._session.execute(
                select(LogNode.level, LogNode.index, LogNode.hash).where(address.in_(part))
            )
            found.update({(level, index): node for level, index, node in rows})
        return found

    def put_many(self, nodes: Mapping[Address, bytes]) -> None:
        rows = [{"level": level, "index": index, "hash": node} for (level, index), node in nodes.items()]
        if rows:
            self._session.execute(insert(LogNode), rows)


def tree_of(session: Session) -> Tree:
    """The log's tree on this session."""
    return Tree(SessionNodes(session))


def latest_checkpoint(session: Session) -> Checkpoint | None:
    """The newest checkpoint, or None before the first."""
    return session.scalars(select(Checkpoint).order_by(Checkpoint.size.desc()).limit(1)).first()

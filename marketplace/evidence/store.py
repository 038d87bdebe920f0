"""The Merkle log in the database. Its nodes are derived from the journal's commitments and can be computed anew."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from sqlalchemy import BigInteger, CompoundSelect, LargeBinary, Text, func, insert, select, union_all
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
            rows = self._session.execute(_at(wanted[start : start + READ_AT_ONCE]))
            found.update({(level, index): node for level, index, node in rows})
        return found

    def put_many(self, nodes: Mapping[Address, bytes]) -> None:
        rows = [{"level": level, "index": index, "hash": node} for (level, index), node in nodes.items()]
        if rows:
            self._session.execute(insert(LogNode), rows)


def _at(addresses: Sequence[Address]) -> CompoundSelect[int, int, bytes]:
    """The nodes at these addresses, sorted; a part for each level, because SQLite finds pairs in no index."""
    nodes = select(LogNode.level, LogNode.index, LogNode.hash)
    parts = [
        nodes.where(LogNode.level == level, LogNode.index.in_([index for _, index in group]))
        for level, group in groupby(addresses, key=itemgetter(0))
    ]
    return union_all(*parts)


def tree_of(session: Session) -> Tree:
    """The log's tree on this session."""
    return Tree(SessionNodes(session))


def latest_checkpoint(session: Session) -> Checkpoint | None:
    """The newest checkpoint, or None before the first."""
    return session.scalars(select(Checkpoint).order_by(Checkpoint.size.desc()).limit(1)).first()

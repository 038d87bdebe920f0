"""Rate limits that hold across workers and machines: counters in the database, sliding over two windows."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import BigInteger, String, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from marketplace.core.db import IMMEDIATE, Base, db
from marketplace.core.errors import TooMany


class Hits(Base):
    """How often a key was used in one window. The key is a digest: addresses and accounts are not kept."""

    __tablename__ = "throttle_hits"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    window: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    count: Mapped[int]
    expires: Mapped[int] = mapped_column(BigInteger, index=True)


def throttle(now: datetime, purpose: str, key: str, limit: int, seconds: int) -> None:
    """Count one use of `key` for `purpose`; raise TooMany beyond `limit` uses in any `seconds`.

    The count is committed at once and survives the request's failure. The window before counts by the share of it
    that still lies within `seconds`.
    """
    moment = int(now.timestamp())
    window, passed = divmod(moment, seconds)
    name = _name(purpose, key, seconds)
    used, before = _count(name, window, expires=(window + 2) * seconds, now=moment)
    if used + before * (seconds - passed) / seconds > limit:
        raise TooMany(retry_after=seconds - passed)


def forgive(now: datetime, purpose: str, key: str, seconds: int) -> None:
    """Uncount one use: it turned out not to be what the limit is for. Committed at once."""
    name, window = _name(purpose, key, seconds), int(now.timestamp()) // seconds
    session = _writing()
    counted = Hits.key == name, Hits.window == window, Hits.count > 0
    session.execute(update(Hits).where(*counted).values(count=Hits.count - 1))
    session.commit()


def _name(purpose: str, key: str, seconds: int) -> str:
    return sha256(f"{purpose}\n{key}\n{seconds}".encode()).hexdigest()


def _writing() -> Session:
    """The session with the write lock, and nothing read before it."""
    session = db.session()
    session.rollback()
    session.connection(execution_options={IMMEDIATE: True})
    return session


def _count(name: str, window: int, *, expires: int, now: int) -> tuple[int, int]:
    session = _writing()
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = (
        insert(Hits)
        .values(key=name, window=window, count=1, expires=expires)
        .on_conflict_do_update(index_elements=["key", "window"], set_={"count": Hits.count + 1})
        .returning(Hits.count)
    )
    used = session.scalar(statement) or 1
    before = session.scalar(select(Hits.count).where(Hits.key == name, Hits.window == window - 1)) or 0
    if used == 1:
        session.execute(delete(Hits).where(Hits.expires < now))
    session.commit()
    return used, before

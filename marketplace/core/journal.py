"""The journal: one append-only table that is audit log, outbox and evidence at once.

`record` writes an entry in the transaction that made the fact true, under the head lock that `unit_of_work` holds, so
position order is commit order, without gaps. Each entry is the n-th of its subject, names the previous commitment of
that subject, and carries a salted commitment to itself. The public Merkle log (RFC 6962) is made of commitments only,
so it shows neither names nor counts, and erasing a payload leaves every proof valid. Payloads hold references,
states, public amounts and digests; personal data stays in tables.
"""

import base64
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from json.encoder import encode_basestring as _quoted
from typing import Any

import rfc8785
from sqlalchemy import (
    BigInteger,
    Connection,
    Index,
    LargeBinary,
    String,
    func,
    insert,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from marketplace.core.context import Context
from marketplace.core.db import Base, JSONObject

WRITING = "writing"  # key in Session.info of the connection with which a unit of work holds the head lock


class JournalHead(Base):
    """One row. Locking it serialises writers; what it is the head of is read from the entries."""

    __tablename__ = "journal_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class Entry(Base):
    """A fact. `position` counts from 0 and is the leaf index in the Merkle log."""

    __tablename__ = "journal_entry"
    __table_args__ = (Index("ix_journal_entry_subject_n", "subject", "n", unique=True),)

    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(60), index=True)
    subject: Mapped[str] = mapped_column(String(40))
    n: Mapped[int]
    prev: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(40))
    data: Mapped[JSONObject]
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    commitment: Mapped[str] = mapped_column(String(64))

    @property
    def event(self) -> JSONObject:
        """What is committed to, exactly as a verifier hashes it."""
        return _event({name: getattr(self, name) for name in _COMMITTED})


_COMMITTED = ("kind", "subject", "n", "prev", "at", "actor", "data")


def _event(values: Mapping[str, Any]) -> JSONObject:
    return {
        "type": values["kind"],
        "subject": values["subject"],
        "n": values["n"],
        "prev": values["prev"],
        "t": _time(values["at"]),
        "by": values["actor"],
        "data": values["data"],
    }


def commitment(salt: bytes, event: JSONObject) -> str:
    """SHA-256 over the canonical JSON (RFC 8785) of salt and event, in hex."""
    opened: JSONObject = {"salt": _shown(salt), "event": event}
    return hashlib.sha256(rfc8785.dumps(opened)).hexdigest()


def _time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _shown(salt: bytes) -> str:
    return base64.b64encode(salt).decode()


def lock_head(session: Session) -> None:
    """Take the writers' lock. PostgreSQL locks the head row; SQLite has begun IMMEDIATE and holds it already."""
    connection = session.connection()
    if connection.scalar(_LOCK) is None:
        raise LookupError("the journal has no head: run `marketplace db upgrade`")
    session.info[WRITING] = connection


def record(ctx: Context, kind: str, subject: str, data: JSONObject | None = None) -> None:
    """Append a fact about `subject` (a public id) to the journal, in the caller's transaction.

    `kind` is `noun.verb` in the past tense. Raises RuntimeError outside a unit of work.
    """
    connection = _writing(ctx)
    connection.exec_driver_sql(_APPEND_NEXT[connection.dialect.name], _given(ctx, kind, subject, data or {}))


def record_first(ctx: Context, kind: str, facts: Sequence[tuple[str, JSONObject]]) -> None:
    """Append the first fact about each of several new subjects, in two statements however many they are."""
    connection = _writing(ctx)
    start = _after(connection.scalar(select(func.max(_ENTRY.position))))
    entries = [
        _entry(ctx, start + place, kind, subject, 1, "", data) for place, (subject, data) in enumerate(facts)
    ]
    if entries:
        connection.execute(_APPEND, entries)


def _append_next(parameter: str, at: str, sha256: str) -> str:
    """One way to the database and back: it looks up where the entry stands, commits to it and writes it.

    Every command waits for this, so it goes to the driver as it is. `parameter` is how the driver marks one, `at` makes
    a time of the text `t`, `sha256` gives a digest in hex.
    """
    names = ("kind", "subject", "t", "actor", "data", "salt", "before", "behind")
    given = {name: parameter.format(name) for name in names}
    last = "FROM journal_entry WHERE subject = {subject} ORDER BY n DESC LIMIT 1"
    opened = """CAST({before} AS TEXT) || CAST(n AS TEXT) || ',"prev":"' || prev || CAST({behind} AS TEXT)"""
    return f"""
        INSERT INTO journal_entry (position, n, prev, kind, subject, at, actor, data, salt, commitment)
        SELECT position, n, prev, {{kind}}, {{subject}}, {at}, {{actor}}, {{data}}, {{salt}}, {sha256.format(opened)}
        FROM (SELECT coalesce((SELECT max(position) FROM journal_entry), -1) + 1 AS position,
            coalesce((SELECT n {last}), 0) + 1 AS n, coalesce((SELECT commitment {last}), '') AS prev) AS ends
        """.format(**given)  # noqa: S608 - made of constants


_APPEND_NEXT = {
    "sqlite": _append_next(":{}", "replace(substr({t}, 1, 26), 'T', ' ')", "sha256_hex({})"),
    "postgresql": _append_next(
        "%({})s", "CAST({t} AS TIMESTAMPTZ)", "encode(sha256(convert_to({}, 'UTF8')), 'hex')"
    ),
}
_ENTRY = Entry.__table__.c
_APPEND = insert(Entry.__table__)  # type: ignore[arg-type]
_LOCK = select(JournalHead.__table__.c.id).with_for_update()


def _after(position: int | None) -> int:
    """The position behind the last one; positions have no gaps and begin at 0."""
    return 0 if position is None else position + 1


def _writing(ctx: Context) -> Connection:
    connection: Connection | None = ctx.session.info.get(WRITING)
    if connection is None:
        raise RuntimeError("journal entries are written inside a unit of work only")
    return connection


def _given(ctx: Context, kind: str, subject: str, data: JSONObject) -> dict[str, str | bytes]:
    """The values of the new entry, and what its commitment hashes `before` and `behind` what the database looks up."""
    actor, t, salt = ctx.actor.name, _time(ctx.now), secrets.token_bytes(16)
    text = rfc8785.dumps(data).decode()
    before = f'{{"event":{{"by":{_quoted(actor)},"data":{text},"n":'
    behind = f'","subject":{_quoted(subject)},"t":"{t}","type":{_quoted(kind)}}},"salt":"{_shown(salt)}"}}'
    return {
        "kind": kind,
        "subject": subject,
        "t": t,
        "actor": actor,
        "data": text,
        "salt": salt,
        "before": before,
        "behind": behind,
    }


def _entry(
    ctx: Context, position: int, kind: str, subject: str, n: int, prev: str, data: JSONObject
) -> dict[str, Any]:
    """The values of an entry's columns, where it is known already what they are."""
    committed = {
        "kind": kind,
        "subject": subject,
        "n": n,
        "prev": prev,
        "at": ctx.now,
        "actor": ctx.actor.name,
        "data": data,
    }
    salt = secrets.token_bytes(16)
    opened = commitment(salt, _event(committed))
    return {**committed, "position": position, "salt": salt, "commitment": opened}


def entries_of(session: Session, subject: str) -> list[Entry]:
    """A subject's history, oldest first."""
    return list(session.scalars(select(Entry).where(Entry.subject == subject).order_by(Entry.n)))

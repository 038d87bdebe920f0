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
from datetime import UTC, datetime

import rfc8785
from sqlalchemy import BigInteger, Connection, ForeignKey, Index, LargeBinary, String, Table, event, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from marketplace.core.context import Context
from marketplace.core.db import Base, JSONObject

WRITING = "writing"  # key in Session.info while a unit of work holds the head lock


class JournalHead(Base):
    """One row: how many entries there are. Locking it serialises writers."""

    __tablename__ = "journal_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    size: Mapped[int] = mapped_column(BigInteger)


class JournalSubject(Base):
    """The end of a subject's chain."""

    __tablename__ = "journal_subject"

    subject: Mapped[str] = mapped_column(String(40), primary_key=True)
    n: Mapped[int]
    commitment: Mapped[str] = mapped_column(String(64))


class Entry(Base):
    """A fact. `position` counts from 0 and is the leaf index in the Merkle log."""

    __tablename__ = "journal_entry"
    __table_args__ = (Index("ix_journal_entry_subject_n", "subject", "n", unique=True),)

    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(60), index=True)
    subject: Mapped[str] = mapped_column(String(40), ForeignKey("journal_subject.subject"))
    n: Mapped[int]
    prev: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(String(40))
    data: Mapped[JSONObject]
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    commitment: Mapped[str] = mapped_column(String(64))

    @property
    def event(self) -> JSONObject:
        """What is committed to, exactly as a verifier hashes it."""
        return {
            "type": self.kind,
            "subject": self.subject,
            "n": self.n,
            "prev": self.prev,
            "t": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "by": self.actor,
            "data": self.data,
        }


def commitment(salt: bytes, event: JSONObject) -> str:
    """SHA-256 over the canonical JSON (RFC 8785) of salt and event, in hex."""
    opened: JSONObject = {"salt": base64.b64encode(salt).decode(), "event": event}
    return hashlib.sha256(rfc8785.dumps(opened)).hexdigest()


def lock_head(session: Session) -> None:
    """Take the writers' lock. PostgreSQL locks the head row; SQLite has begun IMMEDIATE and holds it already."""
    head = session.get(JournalHead, 1, with_for_update=True, populate_existing=True)
    if head is None:
        raise LookupError("the journal has no head: run `marketplace db upgrade`")
    session.info[WRITING] = True


def record(ctx: Context, kind: str, subject: str, data: JSONObject | None = None) -> Entry:
    """Append a fact about `subject` (a public id) to the journal, in the caller's transaction.

    `kind` is `noun.verb` in the past tense. Raises RuntimeError outside a unit of work.
    """
    session = ctx.session
    head = session.get(JournalHead, 1)
    if head is None or not session.info.get(WRITING):
        raise RuntimeError("journal entries are written inside a unit of work only")
    chain = session.get(JournalSubject, subject)
    if chain is None:
        chain = JournalSubject(subject=subject, n=0, commitment="")
        session.add(chain)
        session.flush()
    entry = Entry(
        position=head.size,
        kind=kind,
        subject=subject,
        n=chain.n + 1,
        prev=chain.commitment,
        at=ctx.now,
        actor=ctx.actor.name,
        data=data or {},
        salt=secrets.token_bytes(16),
    )
    entry.commitment = commitment(entry.salt, entry.event)
    chain.n, chain.commitment = entry.n, entry.commitment
    head.size += 1
    session.add(entry)
    return entry


def entries_of(session: Session, subject: str) -> list[Entry]:
    """A subject's history, oldest first."""
    return list(session.scalars(select(Entry).where(Entry.subject == subject).order_by(Entry.n)))


FIRST_HEAD = "INSERT INTO journal_head (id, size) VALUES (1, 0)"
_ABORT = """CREATE TRIGGER journal_entry_{name} BEFORE {act} ON journal_entry
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"""
#: Nobody edits history: not a bug, not a script, not a hand at the database.
APPEND_ONLY = {
    "sqlite": (
        _ABORT.format(name="no_update", act="UPDATE"),
        _ABORT.format(name="no_delete", act="DELETE"),
    ),
    "postgresql": (
        """CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$""",
        """CREATE TRIGGER journal_entry_append_only BEFORE UPDATE OR DELETE ON journal_entry
        FOR EACH ROW EXECUTE FUNCTION journal_is_append_only()""",
    ),
}


@event.listens_for(Entry.__table__, "after_create")
def _guard_entries(_table: Table, connection: Connection, **_options: object) -> None:
    for statement in APPEND_ONLY[connection.dialect.name]:
        connection.exec_driver_sql(statement)


@event.listens_for(JournalHead.__table__, "after_create")
def _first_head(_table: Table, connection: Connection, **_options: object) -> None:
    connection.exec_driver_sql(FIRST_HEAD)

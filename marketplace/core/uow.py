"""One transaction makes a fact true, journals it, and nothing else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.core.context import Actor, Context
from marketplace.core.db import IMMEDIATE, Base, JSONObject, db
from marketplace.core.journal import WRITING, lock_head
from marketplace.core.runtime import runtime


def reading(actor: Actor) -> Context:
    """A context for questions, on the request's session."""
    running = runtime()
    return Context(actor, running.clock.now(), db.session(), running.calendar)


@contextmanager
def unit_of_work(actor: Actor) -> Iterator[Context]:
    """A context for commands: writers are serial, the time is read under the lock, all or nothing is committed.

    Objects loaded before are expired, so what a command decides on is read again under the lock.
    """
    running = runtime()
    session = db.session()
    session.rollback()
    session.connection(execution_options={IMMEDIATE: True})
    try:
        lock_head(session)
        yield Context(actor, running.clock.now(), session, running.calendar)
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop(WRITING, None)


class DoneRequest(Base):
    """A request that was carried out, by the key its client made, so that a repeat gets the first answer."""

    __tablename__ = "done_request"

    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    actor: Mapped[str] = mapped_column(String(40), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(index=True)
    result: Mapped[JSONObject] = mapped_column(JSON)


def once(ctx: Context, key: str | None, purpose: str, command: Callable[[], str]) -> str:
    """Run `command` (which returns a public id) unless this key was already carried out; then return its result.

    Writers are serial, so two copies of one request cannot both find the key unused.
    """
    if not key:
        return command()
    done = ctx.session.get(DoneRequest, (key, ctx.actor.name))
    if done is None:
        done = DoneRequest(
            key=key, actor=ctx.actor.name, purpose=purpose, at=ctx.now, result={"id": command()}
        )
        ctx.session.add(done)
    return str(done.result["id"])

"""Questions about objections, for those who handle and those who supervise."""

from sqlalchemy import Select, select

from listings.notices.objections.models import FINAL, Objection
from listings.notices.policy import READ_STATEMENT, SEE_OBJECTION
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import NotFound
from marketplace.core.policy import require


def seen(ctx: Context, *, waiting: bool = True) -> Select[Objection]:
    """The objections the actor may see: those that wait, the nearest deadline first, or those that are over."""
    query = select(Objection).where(SEE_OBJECTION.clause(ctx.actor, Objection))
    if waiting:
        return query.where(Objection.state.not_in(sorted(FINAL))).order_by(
            Objection.next_deadline.is_(None), Objection.next_deadline, Objection.id
        )
    return query.where(Objection.state.in_(sorted(FINAL))).order_by(
        Objection.closed_at.desc(), Objection.id.desc()
    )


def reads_statement(ctx: Context, objection: Objection) -> bool:
    """May the actor know who objects and what they wrote?"""
    return objection.erased_at is None and READ_STATEMENT.allows(ctx.actor, objection)


def evidence_of(ctx: Context, objection: Objection, digest: str) -> JSONObject:
    """A file of the objector's, for those who may read the statement. Raises NotFound, Forbidden."""
    require(ctx, READ_STATEMENT, objection, see=SEE_OBJECTION)
    for file in objection.evidence:
        if file["digest"] == digest:
            return file
    raise NotFound

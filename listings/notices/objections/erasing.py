"""Nobody knows who objected for ever: when the years are over, all that could tell is erased for good.

What is left is the proceeding: number, ground, dates, outcome, public summary. The journal has only ever known digests
with a salt; the salt goes too, so every proof stays valid and nothing can be found out from it.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import JSON, ColumnElement, String, Text, cast, or_, select

from listings.notices.objections.models import FINAL, Objection
from listings.notices.terms import RETENTION
from marketplace.core.clock import local_date, start_of_day
from marketplace.core.context import Context
from marketplace.core.db import Base
from marketplace.core.journal import record

_PERSONAL = ("name", "organisation", "email", "phone", "facts", "remedy", "appeal", "salt")
_FOR_THE_OBJECTOR = ("reasons", "appeal_reasons", "extension_note")


def erasable(ctx: Context, years: int) -> Sequence[str]:
    """The ids of objections that were closed so many years ago, the oldest first. Raises TermLoosened below the floor."""
    RETENTION.tightened(years)
    query = select(Objection.id).where(
        Objection.state.in_(sorted(FINAL)),
        Objection.closed_at < _years_before(ctx.now, years),
        Objection.erased_at.is_(None),
    )
    return ctx.session.scalars(query.order_by(Objection.closed_at, Objection.id)).all()


def erase_objector(ctx: Context, objection_id: str) -> list[str]:
    """Erase who objected, what they wrote and what was written to them.

    The digests of files that nothing names any more are for the caller to remove, once this is committed.
    """
    objection = ctx.session.get_one(Objection, objection_id)
    if objection.state not in FINAL or objection.erased_at is not None:
        return []
    statement = objection.statement
    named = [str(file["digest"]) for file in objection.evidence]
    for column in _PERSONAL:
        setattr(statement, column, "")
    for column in _FOR_THE_OBJECTOR:
        setattr(objection, column, "")
    statement.files = []
    for supplement in objection.supplements:
        supplement.files = []
    objection.erased_at = ctx.now
    record(ctx, "objection.erased", objection.id, {"objection": objection.number})
    ctx.session.flush()
    return [digest for digest in dict.fromkeys(named) if not _named_elsewhere(ctx, digest)]


def _named_elsewhere(ctx: Context, digest: str) -> bool:
    """Does any row name the file? The same content may be somebody else's evidence, or a page that was captured."""
    for table in Base.metadata.sorted_tables:
        naming = _naming(list(table.columns), digest)
        if naming and ctx.session.execute(select(table).where(or_(*naming)).limit(1)).first() is not None:
            return True
    return False


def _naming(columns: Sequence[ColumnElement[object]], digest: str) -> list[ColumnElement[bool]]:
    texts = [column for column in columns if isinstance(column.type, String | JSON)]
    return [cast(column, Text).contains(digest, autoescape=True) for column in texts]


def _years_before(moment: datetime, years: int) -> datetime:
    """The beginning of the corresponding day."""
    today = local_date(moment)
    if (today.month, today.day) == (2, 29):
        today = today.replace(day=28)
    return start_of_day(today.replace(year=today.year - years))

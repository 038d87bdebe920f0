"""Recognising what is there already: by the holder's own number, else by the title."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from listings.achievements.models import DISCARDED, SUBMITTED, Achievement, Revision
from listings.imports.models import ImportRow
from listings.imports.rows import Judged
from marketplace.core.context import Context


@dataclass(frozen=True)
class Known:
    """An achievement of the holder. `row` is the row of this very file that it came from, if it did."""

    id: str
    number: str
    title: str
    title_key: str
    external_id: str | None
    state: str
    clearance: str
    in_review: bool
    row: int | None = None


@dataclass(frozen=True)
class Matches:
    """What is known of a batch of rows."""

    by_number: dict[str, Known]
    by_title: dict[str, Known]

    def of(self, row: Judged) -> Known | None:
        """The record that this row means; its own number says more than a title."""
        found = self.by_number.get(row.external_id) if row.external_id else None
        return found or self.by_title.get(row.title_key)


def known_like(ctx: Context, holder_id: str, rows: Sequence[Judged], job_id: str = "") -> Matches:
    """The holder's records that the rows may mean, in one question, or two when there are any."""
    numbers = {row.external_id for row in rows if row.external_id}
    titles = {row.title_key for row in rows if row.title_key}
    working = aliased(Revision)
    query = (
        select(
            Achievement.id, Achievement.number, Achievement.title, Achievement.title_key, Achievement.external_id,
            Achievement.state, Achievement.clearance, working.state,
        )
        .outerjoin(working, (working.achievement_id == Achievement.id) & (working.n == Achievement.working_n))
        .where(
            Achievement.holder_id == holder_id,
            Achievement.state != DISCARDED,
            or_(Achievement.external_id.in_(numbers), Achievement.title_key.in_(titles)),
        )
        .order_by(Achievement.number.desc())
    )  # fmt: skip
    rows_found = ctx.session.execute(query).all()
    came_from = _rows_of(ctx, job_id, [found[0] for found in rows_found])
    known = [
        Known(
            id_,
            number,
            title,
            key,
            external,
            state,
            clearance,
            working_state == SUBMITTED,
            came_from.get(id_),
        )
        for id_, number, title, key, external, state, clearance, working_state in rows_found
    ]
    return Matches(  # the oldest of several alike is the one that counts
        {one.external_id: one for one in known if one.external_id},
        {one.title_key: one for one in known if one.title_key},
    )


def _rows_of(ctx: Context, job_id: str, ids: Sequence[str]) -> dict[str, int]:
    if not job_id or not ids:
        return {}
    query = select(ImportRow.achievement_id, ImportRow.row).where(
        ImportRow.job_id == job_id, ImportRow.achievement_id.in_(ids)
    )
    return {str(achievement): row for achievement, row in ctx.session.execute(query)}


class Seen:
    """The rows of a file that came before, by fingerprints of number and title: some megabytes for 100,000 rows."""

    def __init__(self) -> None:
        self._rows: dict[int, int] = {}

    def earlier(self, row: Judged, known: Known | None) -> int | None:
        """The number of the earlier row that means the same."""
        return next((self._rows[print_] for print_ in _prints(row, known) if print_ in self._rows), None)

    def add(self, row: Judged, known: Known | None) -> None:
        for print_ in _prints(row, known):
            self._rows.setdefault(print_, row.row)


def _prints(row: Judged, known: Known | None) -> list[int]:
    marks = (("number", row.external_id), ("title", row.title_key), ("record", known.id if known else None))
    return [hash(mark) for mark in marks if mark[1]]

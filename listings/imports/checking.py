"""The dry run: every row is understood and compared with what is there, and nothing goes in."""

from collections.abc import Iterator

from sqlalchemy import delete

from listings.imports.duplicates import Seen, known_like
from listings.imports.keeping import count_on, counted, fail, keep_rows
from listings.imports.lifecycle import IMPORT_JOB
from listings.imports.models import (
    CHECKING,
    COMPLETE,
    IN_REVIEW,
    REFUSED,
    UPDATED,
    ImportJob,
    ImportRow,
)
from listings.imports.opening import open_kept
from listings.imports.pieces import pieces
from listings.imports.plan import Plan
from listings.imports.queries import importer, plan_of
from listings.imports.services import start
from listings.imports.sorting import Settled, settle
from marketplace.core.context import SYSTEM
from marketplace.core.errors import DomainError
from marketplace.core.tabular.reading import Table
from marketplace.core.uow import reading, unit_of_work

#: Outcomes that need no words before the import is run: such rows are counted, not kept.
_PLAIN = frozenset({COMPLETE, IN_REVIEW, UPDATED})


def dry_run(plan: Plan, table: Table) -> Iterator[list[Settled]]:
    """What would become of the rows, a piece at a time. Only reads."""
    seen = Seen()
    for piece in pieces(plan, table.rows):
        ctx = reading(SYSTEM)
        matches = known_like(ctx, plan.holder.id, piece)
        ctx.session.rollback()  # reading the next piece must not keep a transaction open
        yield settle(plan, piece, matches, seen)


def check(job_id: str) -> None:
    """Carry out a requested check from the beginning, whatever an earlier attempt left. Does nothing for other jobs."""
    begun = _begin(job_id)
    if begun is None:
        return
    plan, digest, kind = begun
    try:
        with open_kept(digest, kind) as table:
            whole = _check(job_id, dry_run(plan, table))
    except DomainError as error:
        fail(job_id, error.message)
        return
    if whole:
        _finish(job_id)


def _begin(job_id: str) -> tuple[Plan, str, str] | None:
    """The plan, and the digest and kind of the file."""
    with unit_of_work(SYSTEM) as ctx:
        job = ctx.session.get(ImportJob, job_id)
        if job is None or job.state != CHECKING:
            return None
        ctx.session.execute(delete(ImportRow).where(ImportRow.job_id == job_id))
        job.position, job.rows, job.counts = 0, None, {}
        return plan_of(job), job.digest, job.kind


def _check(job_id: str, found: Iterator[list[Settled]]) -> bool:
    position = 0
    for piece in found:
        if not _note(job_id, piece, position):
            return False
        position += len(piece)
    return True


def _note(job_id: str, piece: list[Settled], position: int) -> bool:
    """Write down a piece; False when the check was called off, or another process is at it too."""
    with unit_of_work(SYSTEM) as ctx:
        job = ctx.session.get(ImportJob, job_id)
        if job is None or job.state != CHECKING or job.position != position:
            return False
        keep_rows(ctx, job_id, [row for row in piece if row.outcome not in _PLAIN or row.notes])
        count_on(ctx, job, piece)
    return True


def _finish(job_id: str) -> None:
    with unit_of_work(SYSTEM) as ctx:
        job = ctx.session.get_one(ImportJob, job_id)
        if job.state != CHECKING:
            return
        job.rows, job.updated_at = job.position, ctx.now
        IMPORT_JOB.move(ctx, job, "checked", {"rows": job.rows, "counts": dict(job.counts)})
        straight_on = job.go_on and not (job.all_or_nothing and counted(job, REFUSED))
        person = importer(ctx, job.created_by, job.org_id)
    if straight_on and person is not None:
        with unit_of_work(person) as ctx:
            start(ctx, job_id)

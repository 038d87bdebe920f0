"""Writing down how far a job is, and what became of its rows."""

import hashlib
from collections import Counter

from sqlalchemy import insert

from listings.imports.lifecycle import BUSY, IMPORT_JOB
from listings.imports.models import ImportJob, ImportRow
from listings.imports.notes import in_both, kept
from listings.imports.queries import rows_of
from listings.imports.sorting import Settled
from marketplace.core.context import SYSTEM, Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Words
from marketplace.core.uow import unit_of_work

_AT_ONCE = 500


def keep_rows(ctx: Context, job_id: str, rows: list[Settled]) -> None:
    """Write down what became of these rows."""
    if not rows:
        return
    notes = kept([row.notes for row in rows])
    ctx.session.execute(
        insert(ImportRow),
        [
            {
                "job_id": job_id,
                "row": row.judged.row,
                "outcome": row.outcome,
                "title": row.judged.title[:200],
                "achievement_id": row.achievement_id or None,
                "notes": said,
            }
            for row, said in zip(rows, notes, strict=True)
        ],
    )


def count_on(ctx: Context, job: ImportJob, rows: list[Settled]) -> None:
    """Move the job's position and its counts on by these rows."""
    counts: JSONObject = dict(job.counts)
    for outcome, number in Counter(row.outcome for row in rows).items():
        counts[outcome] = counted(job, outcome) + number
    job.counts = counts
    job.position += len(rows)
    job.updated_at = ctx.now


def counted(job: ImportJob, *outcomes: str) -> int:
    """How many rows ended in one of these outcomes so far."""
    return sum(number for outcome in outcomes if isinstance(number := job.counts.get(outcome, 0), int))


def fail(job_id: str, message: Words) -> None:
    """The file cannot be brought in any further; what went in stays."""
    with unit_of_work(SYSTEM) as ctx:
        job = ctx.session.get_one(ImportJob, job_id)
        if job.state not in BUSY:
            return
        job.reason = in_both(message)
        job.updated_at = job.finished_at = ctx.now
        IMPORT_JOB.move(ctx, job, "fail", {"settled": job.position})


def report_digest(ctx: Context, job: ImportJob) -> str:
    """SHA-256 over `row outcome achievement` of every row in order, in hex: what the journal commits to."""
    digest = hashlib.sha256()
    query = rows_of(job).with_only_columns(ImportRow.row, ImportRow.outcome, ImportRow.achievement_id)
    for row, outcome, achievement_id in ctx.session.execute(query.execution_options(yield_per=_AT_ONCE)):
        digest.update(f"{row} {outcome} {achievement_id or '-'}\n".encode())
    return digest.hexdigest()

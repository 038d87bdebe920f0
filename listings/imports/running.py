"""Bringing a file in, two hundred rows a transaction. Stopped at any moment, it goes on where the last one ended."""

from collections.abc import Callable

from listings.imports.drafts import make_drafts, submit_drafts, update_draft
from listings.imports.duplicates import Seen, known_like
from listings.imports.keeping import count_on, fail, keep_rows, report_digest
from listings.imports.lifecycle import IMPORT_JOB
from listings.imports.models import IN_REVIEW, RUNNING, UPDATED, ImportJob
from listings.imports.opening import open_kept
from listings.imports.pieces import pieces, skipped
from listings.imports.plan import Plan
from listings.imports.queries import importer, plan_of
from listings.imports.rows import Judged
from listings.imports.sorting import NEW, Settled, settle
from marketplace.core.context import SYSTEM, Actor, Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import DomainError
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.tabular.reading import Table
from marketplace.core.uow import reading, unit_of_work

GONE = _l("发起导入的人已不能代表该单位，导入停止。已导入的内容保留")
Watcher = Callable[[int], None]


def _unwatched(_rows: int) -> None:
    """Nobody looks on; the page asks the database."""


def run(job_id: str, watch: Watcher = _unwatched) -> None:
    """Bring in what is left of a running job; `watch` gets the number of rows after each piece.

    The position moves with the rows, in one transaction: a process that dies leaves whole pieces only, and two that
    work on one job cannot bring in a row twice. Does nothing for a job that is not running.
    """
    ctx = reading(SYSTEM)
    job = ctx.session.get(ImportJob, job_id)
    if job is None or job.state != RUNNING:
        return
    person = importer(ctx, job.created_by, job.org_id)
    if person is None:
        fail(job_id, GONE)
        return
    plan, position, digest, kind = plan_of(job), job.position, job.digest, job.kind
    ctx.session.rollback()  # opening may take a while, and no transaction waits for it
    try:
        with open_kept(digest, kind) as table:
            whole = _run(job_id, person, plan, table, position, watch)
    except DomainError as error:
        fail(job_id, error.message)
        return
    if whole:
        _finish(job_id)


def _run(job_id: str, person: Actor, plan: Plan, table: Table, position: int, watch: Watcher) -> bool:
    for piece in pieces(plan, skipped(table.rows, position)):
        if not _bring_in(job_id, person, plan, piece, position):
            return False
        position += len(piece)
        watch(len(piece))
    return True


def _bring_in(job_id: str, person: Actor, plan: Plan, piece: list[Judged], position: int) -> bool:
    """One piece, all or nothing. False when the job was called off, or another process is ahead."""
    with unit_of_work(person) as ctx:
        job = ctx.session.get(ImportJob, job_id)
        if job is None or job.state != RUNNING or job.position != position:
            return False
        rows = settle(plan, piece, known_like(ctx, plan.holder.id, piece, job_id), Seen())
        rows = _written(ctx, plan, job_id, rows)
        keep_rows(ctx, job_id, rows)
        count_on(ctx, job, rows)
    return True


def _written(ctx: Context, plan: Plan, job_id: str, rows: list[Settled]) -> list[Settled]:
    """The rows after they went where they belong, in the order of the file."""
    new = [row for row in rows if row.outcome in NEW]
    made = iter(make_drafts(ctx, plan, job_id, new))
    done = [
        row.ended_in(next(made))
        if row.outcome in NEW
        else update_draft(ctx, plan, row)
        if row.outcome == UPDATED
        else row
        for row in rows
    ]
    submit_drafts(ctx, plan, [row for row in done if row.outcome == IN_REVIEW])
    return done


def _finish(job_id: str) -> None:
    with unit_of_work(SYSTEM) as ctx:
        job = ctx.session.get_one(ImportJob, job_id)
        if job.state != RUNNING:
            return
        job.rows, job.updated_at, job.finished_at = job.position, ctx.now, ctx.now
        job.report_digest = report_digest(ctx, job)
        data: JSONObject = {
            "file": job.digest,
            "rows": job.rows,
            "counts": dict(job.counts),
            "report": job.report_digest,
        }
        IMPORT_JOB.move(ctx, job, "finish", data)

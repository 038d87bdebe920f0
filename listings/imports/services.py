"""Commands of an import: take a file, settle what its columns mean, check it, bring it in, call it off."""

import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import IO

from sqlalchemy import delete

from listings.imports.columns import BY_NAME, TITLE
from listings.imports.keeping import counted
from listings.imports.lifecycle import IMPORT_JOB
from listings.imports.mapping import match_columns, remembered, remembered_defaults
from listings.imports.models import CHECKED, COMMAND, REFUSED, RUNNING, WORKER, ImportJob, ImportRow
from listings.imports.opening import Glance, glance, kind_named
from listings.imports.policy import IMPORT, MANAGE
from listings.imports.queries import job_for, parsed_defaults
from listings.imports.statement import Statement
from marketplace.core.context import Actor, Context
from marketplace.core.errors import Conflict, FieldError, Invalid
from marketplace.core.files import FileRef
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.ids import new_id
from marketplace.core.journal import record
from marketplace.core.policy import require
from marketplace.core.runtime import runtime
from marketplace.core.tabular.reading import TableKind
from marketplace.core.uow import once, reading, unit_of_work

LONGEST_NAME = 255
#: A running job that has not moved for this long has lost whoever carried it out.
STALLED = timedelta(minutes=2)


@dataclass(frozen=True)
class Arrangement:
    """How a file is to be brought in. `mapping`: header → column name or empty; `defaults`: column name → text.

    `update`: rows that are there already are brought up to date. `submit`: finished drafts go to review at once.
    """

    mapping: Mapping[str, str]
    defaults: Mapping[str, str] = field(default_factory=dict)
    update: bool = False
    submit: bool = False
    all_or_nothing: bool = False


@dataclass(frozen=True)
class _Arrived:
    name: str
    kind: TableKind
    ref: FileRef
    seen: Glance


def _nothing_more(_ctx: Context, _job: ImportJob) -> None:
    """The file waits for somebody to look at its columns."""


def receive(
    actor: Actor,
    name: str,
    stream: IO[bytes],
    statement: Statement | None,
    *,
    key: str | None = None,
    then: Callable[[Context, ImportJob], None] = _nothing_more,
) -> str:
    """Take a file for the acting organisation; the id of its job, with the columns matched as well as may be.

    Nothing is kept of a file whose unit does not state that it was reviewed for secrecy; only an operator's command
    comes without a statement, and then its drafts wait for their self-assessment. The slow part, looking into the
    file, happens before the write lock is taken. `then` goes on with the job in the same transaction, so that what
    it refuses was never taken. Raises Invalid, UploadRefused or TableError.
    """
    require(reading(actor), IMPORT, None)
    if statement is not None and (errors := statement.complaints()):
        raise Invalid(errors)
    arrived = _arrived(name, stream)
    document = statement.review_document.strip() if statement else ""
    with unit_of_work(actor) as ctx:
        return once(ctx, key, "import.create", lambda: _begin(ctx, arrived, document, then))


def arrange(ctx: Context, job_id: str, given: Arrangement) -> ImportJob:
    """Settle the meaning of the columns. Raises Invalid, with `column.<n>` or `default.<name>` as fields."""
    job = job_for(ctx, job_id, MANAGE)
    _complain(job, given)
    job.mapping = {header: given.mapping.get(header, "") for header in job.header}
    job.defaults = {name: text.strip() for name, text in given.defaults.items() if text.strip()}
    job.update, job.submit, job.all_or_nothing = given.update, given.submit, given.all_or_nothing
    job.position, job.counts, job.updated_at = 0, {}, ctx.now
    ctx.session.execute(delete(ImportRow).where(ImportRow.job_id == job.id))
    IMPORT_JOB.move(ctx, job, "match", {"columns": [*sorted({*given.mapping.values()} - {""})]})
    return job


def request_check(ctx: Context, job_id: str, *, go_on: bool = False) -> ImportJob:
    """Ask the worker for a dry run; with `go_on` it brings the rows in as soon as they are checked."""
    job = job_for(ctx, job_id, MANAGE)
    job.go_on, job.position, job.rows, job.updated_at = go_on, 0, None, ctx.now
    IMPORT_JOB.move(ctx, job, "check", {"file": job.digest})
    return job


def start(ctx: Context, job_id: str) -> ImportJob:
    """Bring the checked rows in. Raises Conflict when there are errors and the unit wants all rows or none."""
    job = job_for(ctx, job_id, MANAGE)
    if job.state != CHECKED:
        raise Conflict(_l("请先试算"), code="wrong_state")
    if job.all_or_nothing and counted(job, REFUSED):
        raise Conflict(_l("有不能导入的行，按“全部或都不导入”的选择没有导入任何内容"), code="not_all")
    # What the check noted makes room for what really becomes of the rows.
    ctx.session.execute(delete(ImportRow).where(ImportRow.job_id == job.id))
    return _run(ctx, job, WORKER)


def start_here(ctx: Context, job_id: str, rows: int) -> ImportJob:
    """Bring in a matched file of so many rows that the calling command has checked and carries out itself."""
    job = job_for(ctx, job_id, MANAGE)
    job.rows = rows
    return _run(ctx, job, COMMAND)


def _run(ctx: Context, job: ImportJob, runner: str) -> ImportJob:
    job.position, job.counts, job.updated_at, job.runner = 0, {}, ctx.now, runner
    IMPORT_JOB.move(ctx, job, "run", {"file": job.digest, "rows": job.rows, "runner": runner})
    return job


def go_on(ctx: Context, job_id: str, *, runner: str = WORKER) -> ImportJob:
    """Take up a running job whose process died. Raises Conflict while it still moves."""
    job = job_for(ctx, job_id, MANAGE)
    if not stalled(ctx, job) and not (runner == COMMAND and job.runner == COMMAND):
        raise Conflict(_l("导入仍在进行"), code="running")
    job.updated_at, job.runner = ctx.now, runner
    IMPORT_JOB.move(ctx, job, "go_on", {"file": job.digest, "from": job.position, "runner": runner})
    return job


def stalled(ctx: Context, job: ImportJob) -> bool:
    """Is it running, but nobody seems to be at it?"""
    return job.state == RUNNING and ctx.now - job.updated_at >= STALLED


def cancel(ctx: Context, job_id: str) -> ImportJob:
    """Call the import off. Rows that are in stay in."""
    job = job_for(ctx, job_id, MANAGE)
    job.updated_at = job.finished_at = ctx.now
    IMPORT_JOB.move(ctx, job, "cancel", {"settled": job.position})
    return job


def _arrived(name: str, stream: IO[bytes]) -> _Arrived:
    name = Path(name.replace("\\", "/")).name[-LONGEST_NAME:]
    kind = kind_named(name)
    most = runtime().settings.import_max_bytes
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"table.{kind.value}"
        with path.open("wb") as target:
            shutil.copyfileobj(stream, target)
        if path.stat().st_size > most:
            words = _l("文件超过 %(limit)s MB，请拆分后上传", limit=most // 1_000_000)
            raise Invalid([FieldError("file", "too_large", words)])
        seen = glance(path, kind)
        with path.open("rb") as source:
            return _Arrived(name, kind, runtime().files.put(source), seen)


def _begin(ctx: Context, arrived: _Arrived, document: str, then: Callable[[Context, ImportJob], None]) -> str:
    job = _create(ctx, arrived, document)
    then(ctx, job)
    return job.id


def _create(ctx: Context, arrived: _Arrived, document: str) -> ImportJob:
    require(ctx, IMPORT, None)
    matches = match_columns(
        arrived.seen.header, arrived.seen.sample, remembered(ctx, str(ctx.actor.org_id), arrived.seen.header)
    )
    job = ImportJob(
        id=new_id("imp", ctx.now),
        org_id=ctx.actor.org_id,
        name=arrived.name,
        kind=arrived.kind.value,
        digest=arrived.ref.digest,
        size=arrived.ref.size,
        header=arrived.seen.header,
        sample=arrived.seen.sample[:SHOWN_ROWS],
        mapping={match.header: match.column.name if match.column else "" for match in matches},
        defaults=dict(remembered_defaults(ctx, str(ctx.actor.org_id))),
        review_document=document,
        counts={},
        reason={},
        created_by=ctx.actor.user_id,
        created_at=ctx.now,
        updated_at=ctx.now,
    )
    IMPORT_JOB.begin(ctx, job)
    ctx.session.add(job)
    ctx.session.flush()
    record(ctx, "import.uploaded", job.id, {"file": job.digest, "holder": job.org_id, "statement": document})
    return job


#: Rows of the sample that are kept to be shown beside the headers.
SHOWN_ROWS = 5


def _complain(job: ImportJob, given: Arrangement) -> None:
    errors: list[FieldError] = []
    taken: dict[str, str] = {}
    for place, header in enumerate(job.header):
        name = given.mapping.get(header, "")
        if not name:
            continue
        column = BY_NAME.get(name)
        if column is None:
            errors.append(FieldError(f"column.{place}", "unknown_column", _l("选择列的含义")))
            continue
        mark = "price_fen" if column.field == "price_fen" else column.name
        if mark in taken:
            words = _l("“%(other)s”已对应到这一项，每项只能对应一列", other=taken[mark])
            errors.append(FieldError(f"column.{place}", "taken", words))
        taken.setdefault(mark, header)
    if TITLE not in taken:
        errors.append(FieldError("columns", "no_title", _l("至少把一列对应到“成果名称”")))
    try:
        parsed_defaults(dict(given.defaults))
    except Invalid as invalid:
        errors += [FieldError(f"default.{e.field}", e.code, e.message) for e in invalid.errors]
    if given.submit and not job.review_document:
        errors.append(FieldError("submit", "no_statement", _l("没有保密审查文号的文件不能直接提交审核")))
    if errors:
        raise Invalid(errors)

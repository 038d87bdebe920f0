"""JSON operations of imports: send a file, ask for the dry run or the whole way, read what became of each row."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import request
from pydantic import TypeAdapter, ValidationError

from listings.imports.keeping import counted
from listings.imports.models import OUTCOMES, ImportJob, ImportRow
from listings.imports.policy import IMPORT, MANAGE, SEE
from listings.imports.queries import job_for, own_jobs, rows_of
from listings.imports.services import Arrangement, arrange, cancel, receive, request_check, start
from listings.imports.statement import Statement
from listings.imports.words import reason_of
from marketplace.core.context import Context
from marketplace.core.errors import FieldError, Invalid
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.uow import unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.forms import request_key
from marketplace.web.operations import Operations
from marketplace.web.paging import Page, paged

api = Operations("imports")


@dataclass(frozen=True)
class ImportOut:
    """A file on its way in. `position` of `rows` rows are settled; `rows` is null until the file was read once.

    `counts`: outcome (complete, incomplete, submitted, updated, unchanged, duplicate, failed, example) → rows.
    While `state` is checked they say what an import would do.
    """

    id: str
    state: str
    name: str
    file: str
    header: tuple[str, ...]
    mapping: Mapping[str, str]
    rows: int | None
    position: int
    counts: Mapping[str, int]
    reason: str
    created_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True)
class NoteOut:
    """`weight` error or warning; `column` a header of the file, empty for the whole row."""

    weight: str
    code: str
    column: str
    value: str
    message: str
    achievement_id: str | None


@dataclass(frozen=True)
class RowOut:
    """What became of a row, numbered as in the file."""

    row: int
    outcome: str
    title: str
    achievement_id: str | None
    notes: tuple[NoteOut, ...]


@dataclass(frozen=True)
class ReportQuery:
    """`outcome` narrows the report, for example to failed."""

    outcome: str = ""


@dataclass(frozen=True)
class _Options:
    """Form fields beside `file`. `mapping` and `defaults` are JSON objects; a header without an entry keeps its own."""

    review_document: str
    confirmed: bool = False
    dry_run: bool = True
    mapping: Mapping[str, str] | None = None
    defaults: Mapping[str, str] | None = None
    update: bool = False
    submit: bool = False
    all_or_nothing: bool = False


_OPTIONS = TypeAdapter(_Options)
_OBJECTS = frozenset({"mapping", "defaults"})


@api.add("GET", "/imports", IMPORT, "The organisation's imports", returns=ImportOut, many=True)
def list_imports() -> Page[ImportOut]:
    ctx = current()
    page = paged(ctx.session, own_jobs(ctx))
    return Page([_out(job) for job in page.rows], page.number, page.per_page, page.total)


@api.add("POST", "/imports", IMPORT, "Send a file (multipart: file, review_document, confirmed; dry_run, mapping, defaults, update, submit)", returns=ImportOut, status=201)  # fmt: skip
def create_import() -> ImportOut:
    """Check the file and, unless `dry_run`, bring in what can be as soon as it is checked."""
    options, given = _options(), request.files.get("file")
    if given is None or not given.filename:
        raise Invalid([FieldError("file", "required", _("选择要上传的文件"))])
    statement = Statement(options.review_document, options.confirmed)
    job_id = receive(
        current_actor(),
        given.filename,
        given.stream,
        statement,
        key=request_key(),
        then=lambda ctx, job: _set_out(ctx, job, options),
    )
    return _out(job_for(current(), job_id, MANAGE))


@api.add("GET", "/imports/<import_id>", SEE, "How far an import is", returns=ImportOut)
def get_import(import_id: str) -> ImportOut:
    return _out(job_for(current(), import_id))


@api.add(
    "GET", "/imports/<import_id>/report", SEE, "What became of the rows", query=ReportQuery, returns=RowOut, many=True
)  # fmt: skip
def report_import(import_id: str, query: ReportQuery) -> Page[RowOut]:
    ctx = current()
    job = job_for(ctx, import_id)
    page = paged(ctx.session, rows_of(job, query.outcome if query.outcome in OUTCOMES else ""))
    return Page([_row(row) for row in page.rows], page.number, page.per_page, page.total)


@api.add("POST", "/imports/<import_id>/run", MANAGE, "Bring the checked rows in", returns=ImportOut)
def run_import(import_id: str) -> ImportOut:
    with unit_of_work(current_actor()) as ctx:
        return _out(start(ctx, import_id))


@api.add("POST", "/imports/<import_id>/cancel", MANAGE, "Call an import off", returns=ImportOut)
def cancel_import(import_id: str) -> ImportOut:
    with unit_of_work(current_actor()) as ctx:
        return _out(cancel(ctx, import_id))


def _set_out(ctx: Context, job: ImportJob, options: _Options) -> None:
    arrangement = Arrangement(
        mapping={**{header: str(name) for header, name in job.mapping.items()}, **(options.mapping or {})},
        defaults=options.defaults or {},
        update=options.update,
        submit=options.submit,
        all_or_nothing=options.all_or_nothing,
    )
    arrange(ctx, job.id, arrangement)
    request_check(ctx, job.id, go_on=not options.dry_run)


def _options() -> _Options:
    """Raises Invalid for a field of the wrong shape."""
    given: dict[str, Any] = {}
    for name, text in request.form.items():
        try:
            given[name] = json.loads(text) if name in _OBJECTS else text
        except ValueError:
            raise Invalid([FieldError(name, "json", _("不是有效的 JSON 对象"))]) from None
    given.setdefault("review_document", "")
    try:
        return _OPTIONS.validate_python(given)
    except ValidationError as error:
        raise Invalid(
            FieldError(".".join(str(part) for part in e["loc"]), e["type"], _("类型或格式不正确"))
            for e in error.errors()
        ) from error


def _out(job: ImportJob) -> ImportOut:
    return ImportOut(
        id=job.id,
        state=job.state,
        name=job.name,
        file=job.digest,
        header=tuple(job.header),
        mapping={header: str(name) for header, name in job.mapping.items()},
        rows=job.rows,
        position=job.position,
        counts={outcome: counted(job, outcome) for outcome in OUTCOMES if counted(job, outcome)},
        reason=reason_of(job),
        created_at=job.created_at,
        finished_at=job.finished_at,
    )


def _row(row: ImportRow) -> RowOut:
    language = "en" if current_language() == "en" else "zh"
    notes = tuple(
        NoteOut(
            weight=str(note["weight"]),
            code=str(note["code"]),
            column=str(note["column"]),
            value=str(note["value"]),
            message=str(note[language]),
            achievement_id=str(note["achievement"]) or None,
        )
        for note in row.notes
    )
    return RowOut(row.row, row.outcome, row.title, row.achievement_id, notes)

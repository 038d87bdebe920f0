"""Pages of imports: the unit's files, the columns of one, what it would do, what it did, and what to correct."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from listings.imports.forms import UploadForm, arrangement_of, columns_form, complain
from listings.imports.keeping import counted
from listings.imports.lifecycle import BUSY, OPEN
from listings.imports.models import (
    CHECKED,
    DUPLICATE,
    INCOMPLETE,
    MAPPED,
    OUTCOMES,
    REFUSED,
    UPLOADED,
    ImportJob,
)
from listings.imports.opening import ACCEPTED, open_kept
from listings.imports.policy import IMPORT, MANAGE, SEE
from listings.imports.queries import job_for, own_jobs, row_counts, rows_of
from listings.imports.report import failed_rows, failures_of
from listings.imports.services import arrange, cancel, go_on, receive, request_check, stalled, start
from listings.imports.template import template_csv, template_xlsx
from listings.imports.words import OUTCOMES as OUTCOME_WORDS
from listings.imports.words import STATES, reason_of
from listings.imports.workbooks import workbook_answer
from marketplace.core.context import Context
from marketplace.core.errors import Conflict, DomainError, FieldError, Invalid, NotFound
from marketplace.core.i18n import gettext as _
from marketplace.core.runtime import runtime
from marketplace.core.tabular.csv_export import write_csv
from marketplace.core.tabular.xlsx_export import write_xlsx
from marketplace.core.uow import unit_of_work
from marketplace.core.uploads.downloads import download_headers
from marketplace.core.uploads.kinds import MEDIA_TYPES, Kind
from marketplace.web.context import current, current_actor
from marketplace.web.forms import request_key
from marketplace.web.guard import requires
from marketplace.web.paging import paged
from marketplace.web.streaming import streamed

#: Outcomes in the order in which they want to be looked at.
_PRESSING = tuple(dict.fromkeys((REFUSED, DUPLICATE, INCOMPLETE, *OUTCOMES)))

imports = Blueprint("imports", __name__, url_prefix="/work/imports")


@imports.get("")
@requires(IMPORT)
def listed() -> ResponseReturnValue:
    """The unit's files, and the form for another one."""
    return _list_page(UploadForm())


@imports.post("")
@requires(IMPORT)
def upload() -> ResponseReturnValue:
    form = UploadForm()
    try:
        job_id = _receive(form)
    except Invalid as invalid:
        form.complain(invalid)
    except DomainError as error:
        if error.status != 422:
            raise
        detail = getattr(error, "detail", "")
        words = f"{error.message}（{detail}）" if detail else error.message
        form.complain(Invalid([FieldError("file", error.code, words)]))
    else:
        return redirect(url_for("imports.columns", job_id=job_id), 303)
    return _list_page(form), 422


def _receive(form: UploadForm) -> str:
    given, statement = request.files.get("file"), form.to_statement()
    if given is None or not given.filename:
        missing = FieldError("file", "required", _("选择要上传的文件"))
        raise Invalid([missing, *statement.complaints()])
    return receive(current_actor(), given.filename, given.stream, statement, key=request_key())


def _list_page(form: UploadForm) -> str:
    ctx = current()
    return render_template(
        "listings/imports/list.html",
        form=form,
        page=paged(ctx.session, own_jobs(ctx)),
        states=STATES,
        accepted=ACCEPTED,
        most=runtime().settings.import_max_bytes,
    )


@imports.get("/template.<any(csv,xlsx):ending>")
@requires(IMPORT)
def template(ending: str) -> ResponseReturnValue:
    """The table to fill in."""
    name = _("成果导入模板")
    if ending == "csv":
        return Response(template_csv(), headers=download_headers(f"{name}.csv", MEDIA_TYPES[Kind.CSV]))
    if ending == "xlsx":
        return workbook_answer(f"{name}.xlsx", template_xlsx)
    raise NotFound


@imports.get("/<job_id>/columns")
@requires(MANAGE)
def columns(job_id: str) -> ResponseReturnValue:
    job = job_for(current(), job_id, MANAGE)
    if job.state not in {UPLOADED, MAPPED, CHECKED}:
        return redirect(url_for("imports.job", job_id=job_id), 303)
    return _columns_page(job, columns_form(job, job.holder.name))


@imports.post("/<job_id>/columns")
@requires(MANAGE)
def match(job_id: str) -> ResponseReturnValue:
    """Settle the columns and ask for the dry run, which is the worker's."""
    job = job_for(current(), job_id, MANAGE)
    form = columns_form(job, job.holder.name)
    try:
        with unit_of_work(current_actor()) as ctx:
            arrange(ctx, job_id, arrangement_of(form, job))
            request_check(ctx, job_id)
    except Invalid as invalid:
        complain(form, invalid)
        return _columns_page(job_for(current(), job_id, MANAGE), form), 422
    return redirect(url_for("imports.job", job_id=job_id), 303)


def _columns_page(job: ImportJob, form: Any) -> str:
    return render_template("listings/imports/columns.html", job=job, form=form)


@imports.get("/<job_id>")
@requires(SEE)
def job(job_id: str) -> ResponseReturnValue:
    """Where the import is: its progress, what it would do or what it did, and every row with something to say."""
    ctx = current()
    found = job_for(ctx, job_id)
    if found.state in {UPLOADED, MAPPED} and MANAGE.allows(ctx.actor, found):
        return redirect(url_for("imports.columns", job_id=job_id), 303)
    return _job_page(ctx, found)


def _job_page(ctx: Context, found: ImportJob) -> str:
    counts = row_counts(ctx, found.id)
    outcome = request.args.get("outcome", "")
    if outcome not in OUTCOMES:
        outcome = next((name for name in _PRESSING if counts[name]), "")
    tabs = [
        (url_for("imports.job", job_id=found.id, outcome=name), word, name == outcome, counts[name])
        for name, (word, _tone) in OUTCOME_WORDS.items()
        if counts[name]
    ]
    return render_template(
        "listings/imports/job.html",
        job=found,
        busy=found.state in BUSY,
        may_cancel=found.state in OPEN,
        stalled=stalled(ctx, found),
        state=STATES[found.state],
        reason=reason_of(found),
        numbers=[
            (word, counted(found, name), "")
            for name, (word, _tone) in OUTCOME_WORDS.items()
            if counted(found, name)
        ],
        ready=counted(found, *(set(OUTCOMES) - {REFUSED, DUPLICATE})),
        refused=counted(found, REFUSED),
        tabs=tabs,
        outcome=outcome,
        page=paged(ctx.session, rows_of(found, outcome)) if outcome else None,
    )


@imports.post("/<job_id>/run")
@requires(MANAGE)
def run(job_id: str) -> ResponseReturnValue:
    """Bring the checked rows in. The page comes back at once; the worker does the work."""
    try:
        with unit_of_work(current_actor()) as ctx:
            start(ctx, job_id)
    except Conflict as conflict:
        if conflict.code != "not_all":
            raise
        flash(str(conflict.message), "error")
    return redirect(url_for("imports.job", job_id=job_id), 303)


@imports.post("/<job_id>/continue")
@requires(MANAGE)
def take_up(job_id: str) -> ResponseReturnValue:
    with unit_of_work(current_actor()) as ctx:
        go_on(ctx, job_id)
    return redirect(url_for("imports.job", job_id=job_id), 303)


@imports.post("/<job_id>/cancel")
@requires(MANAGE)
def call_off(job_id: str) -> ResponseReturnValue:
    with unit_of_work(current_actor()) as ctx:
        cancel(ctx, job_id)
    flash(_("已取消。已导入的内容保留"), "success")
    return redirect(url_for("imports.job", job_id=job_id), 303)


@imports.get("/<job_id>/failed.<any(csv,xlsx):ending>")
@requires(SEE)
def failed(job_id: str, ending: str) -> ResponseReturnValue:
    """The rows that did not go in, to correct and send again."""
    ctx = current()
    found = job_for(ctx, job_id)
    name = _("%(name)s-待修改", name=Path(found.name).stem)
    if ending == "csv":
        pieces = streamed(ctx, _failed_csv(ctx, found))
        return Response(pieces, headers=download_headers(f"{name}.csv", MEDIA_TYPES[Kind.CSV]))
    if ending == "xlsx":
        return workbook_answer(f"{name}.xlsx", lambda path: _failed_xlsx(ctx, found, path))
    raise NotFound


def _failed_csv(ctx: Context, found: ImportJob) -> Iterator[bytes]:
    with open_kept(found.digest, found.kind) as table:
        yield from write_csv(failed_rows(table, failures_of(ctx, found)))


def _failed_xlsx(ctx: Context, found: ImportJob, path: Path) -> None:
    with open_kept(found.digest, found.kind) as table:
        rows = failed_rows(table, failures_of(ctx, found))
        write_xlsx(path, next(rows), rows, title="achievements")

"""The command `import achievements`.

Exit 0: done, rows that could not go in are listed. Exit 1: nothing went in, and why. Exit 2: usage.
"""

import hashlib
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import select

from listings.imports.checking import dry_run
from listings.imports.columns import BY_NAME
from listings.imports.holders import HolderError, holder_named, officer_of
from listings.imports.keeping import counted
from listings.imports.mapping import match_columns, remembered
from listings.imports.models import COMMAND, DONE, OUTCOMES, REFUSED, RUNNING, ImportJob
from listings.imports.notes import kept
from listings.imports.opening import glance, kind_named, open_file
from listings.imports.plan import Holder, Plan
from listings.imports.queries import parsed_defaults
from listings.imports.report import Failures, failed_rows, failures_of
from listings.imports.running import run
from listings.imports.services import Arrangement, arrange, go_on, receive, start_here
from listings.imports.statement import Statement
from listings.imports.words import OUTCOMES as OUTCOME_WORDS
from listings.imports.words import complaint_line, reason_of
from marketplace.core.context import SYSTEM, Actor
from marketplace.core.errors import DomainError, Invalid
from marketplace.core.i18n import Language, speaking
from marketplace.core.tabular.csv_export import write_csv
from marketplace.core.tabular.reading import TableError
from marketplace.core.tabular.xlsx_export import write_xlsx
from marketplace.core.uow import reading, unit_of_work

import_group = AppGroup("import", help="Bring data in from files.")


class Pair(click.ParamType[tuple[str, str]]):
    """`NAME=VALUE`."""

    name = "name=value"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        name, sign, text = (
            value.rpartition("=") if param and param.name == "columns" else value.partition("=")
        )
        if not sign or not name:
            self.fail(f"{value!r} is not NAME=VALUE", param, ctx)
        return name.strip(), text.strip()


@dataclass(frozen=True)
class Order:
    """What the command was asked to do."""

    path: Path
    actor: Actor
    holder: Holder
    arrangement: Arrangement
    review_document: str
    report: Path | None
    dry: bool


def _report_path(_ctx: click.Context, _param: click.Parameter, value: Path | None) -> Path | None:
    if value is not None and value.suffix.lower() not in {".csv", ".xlsx"}:
        raise click.BadParameter("must end in .csv or .xlsx")
    return value


@import_group.command("achievements")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--holder", required=True, help="Id, unified social credit code or name of the holding organisation."
)
@click.option("--dry-run", is_flag=True, help="Check every row and change nothing.")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    callback=_report_path,
    help="Write the rows that cannot go in, with what is wrong, as .csv or .xlsx to correct and import again.",
)
@click.option("--all-or-nothing", is_flag=True, help="Bring in nothing if one row cannot go in.")
@click.option("--update", is_flag=True, help="Bring achievements that are there already up to date.")
@click.option(
    "--review-document",
    default="",
    help="Number of the unit's secrecy review of this file. Without it drafts wait for their self-assessment.",
)
@click.option("--submit", is_flag=True, help="Hand complete drafts in for review. Needs --review-document.")
@click.option(
    "--column",
    "columns",
    type=Pair(),
    multiple=True,
    help="HEADER=NAME: what a column means; no NAME leaves it out.",
)
@click.option(
    "--default", "defaults", type=Pair(), multiple=True, help="NAME=VALUE where the file says nothing."
)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language.")
def achievements(
    file: Path,
    holder: str,
    report: Path | None,
    review_document: str,
    columns: tuple[tuple[str, str], ...],
    defaults: tuple[tuple[str, str], ...],
    lang: Language,
    **options: bool,
) -> None:
    """Bring achievements in from FILE (csv, xlsx or jsonl) as drafts of an organisation.

    Acts as the organisation's longest-serving officer. Started again after a crash, it goes on where it stopped.
    """
    if options["submit"] and not review_document:
        raise click.UsageError("--submit needs --review-document")
    unknown = [name for _, name in columns if name and name not in BY_NAME]
    unknown += [name for name, _ in defaults if name not in BY_NAME]
    if unknown:
        raise click.UsageError(f"no column is called {unknown[0]!r}; there are {', '.join(BY_NAME)}")
    with speaking(lang):
        try:
            actor, unit = _holder(holder)
            arrangement = Arrangement(
                _matched(file, actor, dict(columns)),
                dict(defaults),
                options["update"],
                options["submit"],
                options["all_or_nothing"],
            )
            _carry_out(Order(file, actor, unit, arrangement, review_document, report, options["dry_run"]))
        except (HolderError, DomainError) as error:
            raise click.ClickException(_words(error)) from error


def _words(error: Exception) -> str:
    if isinstance(error, Invalid):
        return "; ".join(f"{e.field}: {e.message}" for e in error.errors)
    if isinstance(error, TableError) and error.detail:
        return f"{error.message} ({error.detail})"
    return str(getattr(error, "message", error))


def _holder(text: str) -> tuple[Actor, Holder]:
    ctx = reading(SYSTEM)
    found = holder_named(ctx, text)
    return officer_of(ctx, found), Holder(found.id, found.zone_id)


def _matched(file: Path, actor: Actor, columns: Mapping[str, str]) -> dict[str, str]:
    """Header → column name: as it can be told, or as the options say."""
    seen = glance(file, kind_named(file.name))
    strange = [header for header in columns if header not in seen.header]
    if strange:
        raise click.UsageError(f"the file has no column {strange[0]!r}; it has {', '.join(seen.header)}")
    known = remembered(reading(actor), str(actor.org_id), seen.header)
    matches = match_columns(seen.header, seen.sample, known)
    return {match.header: match.column.name if match.column else "" for match in matches} | dict(columns)


def _carry_out(order: Order) -> None:
    unfinished = None if order.dry else _unfinished(order)
    if unfinished is not None:
        click.echo(f"{unfinished}: continued", err=True)
        with unit_of_work(order.actor) as ctx:
            total = go_on(ctx, unfinished, runner=COMMAND).rows or 0
        _run(order, unfinished, total)
        return
    counts, failures = _checked(order)
    if order.dry or (order.arrangement.all_or_nothing and failures):
        _tell(order, dict(counts), failures)
        if not order.dry:
            raise click.ClickException(f"{len(failures)} rows cannot go in, so nothing was imported")
        return
    _run(order, _begun(order, counts.total()), counts.total())


def _checked(order: Order) -> tuple[Counter[str], list[tuple[int, str]]]:
    """Rows by outcome, and what is wrong with those that cannot go in."""
    counts: Counter[str] = Counter()
    failures: list[tuple[int, str]] = []
    with open_file(order.path, kind_named(order.path.name)) as table:
        given = order.arrangement
        plan = Plan(
            order.holder,
            table.header,
            tuple(BY_NAME.get(given.mapping.get(header, "")) for header in table.header),
            parsed_defaults(dict(given.defaults)),
            order.review_document,
            given.update,
            given.submit,
        )
        for piece in dry_run(plan, table):
            counts.update(row.outcome for row in piece)
            failed = [row for row in piece if row.outcome == REFUSED]
            notes = kept([row.notes for row in failed])
            failures += [
                (row.judged.row, complaint_line(row.judged.row, said))
                for row, said in zip(failed, notes, strict=True)
            ]
    return counts, failures


def _begun(order: Order, rows: int) -> str:
    statement = Statement(order.review_document, confirmed=True) if order.review_document else None
    with order.path.open("rb") as stream:
        job_id = receive(order.actor, order.path.name, stream, statement)
    with unit_of_work(order.actor) as ctx:
        arrange(ctx, job_id, order.arrangement)
        start_here(ctx, job_id, rows)
    return job_id


def _unfinished(order: Order) -> str | None:
    """A job of this command on the same file that a crash left behind."""
    with order.path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    query = select(ImportJob.id).where(
        ImportJob.org_id == order.holder.id,
        ImportJob.digest == digest,
        ImportJob.state == RUNNING,
        ImportJob.runner == COMMAND,
    )
    return reading(order.actor).session.scalar(query)


def _run(order: Order, job_id: str, rows: int) -> None:
    with click.progressbar(length=rows, label=order.path.name, file=sys.stderr) as bar:
        bar.update(_job(job_id).position)
        run(job_id, bar.update)
    job = _job(job_id)
    if job.state != DONE:
        raise click.ClickException(reason_of(job) or f"the import is {job.state}")
    counts = {outcome: counted(job, outcome) for outcome in OUTCOMES}
    _tell(order, counts, failures_of(reading(order.actor), job))
    if rows and not sum(counts.values()) - counts[REFUSED]:
        raise click.ClickException("no row could be imported")


def _job(job_id: str) -> ImportJob:
    session = reading(SYSTEM).session
    session.rollback()
    return session.get_one(ImportJob, job_id)


def _tell(order: Order, counts: Mapping[str, int], failures: Failures) -> None:
    """Every row that cannot go in, then the numbers; and the table of such rows, if it was asked for."""
    told = []
    for row, words in failures:
        click.echo(words)
        told.append((row, words))
    figures = [f"{OUTCOME_WORDS[name][0]} {counts[name]}" for name in OUTCOMES if counts.get(name)]
    click.echo(" · ".join(figures))
    if order.report is not None:
        _write_report(order, order.report, told)


def _write_report(order: Order, path: Path, failures: Failures) -> None:
    with open_file(order.path, kind_named(order.path.name)) as table:
        rows = failed_rows(table, failures)
        if path.suffix.lower() == ".xlsx":
            write_xlsx(path, next(rows), rows)
        else:
            with path.open("wb") as target:
                target.writelines(write_csv(rows))

"""Questions about imports: the job, the plan made of it, its rows, the unit's files."""

from sqlalchemy import Select, func, select

from listings.imports.cells import CellError
from listings.imports.columns import BY_NAME, COMPLETER_UNIT
from listings.imports.models import OUTCOMES, ImportJob, ImportRow
from listings.imports.plan import Holder, Plan
from listings.imports.policy import SEE
from marketplace.accounts.identity import actor_of
from marketplace.accounts.models import Membership
from marketplace.core.context import Actor, Context
from marketplace.core.errors import FieldError, Invalid, NotFound
from marketplace.core.policy import Permission, require


def job_for(ctx: Context, job_id: str, permission: Permission = SEE) -> ImportJob:
    """The job, if the actor may do `permission` to it. Raises NotFound or Forbidden."""
    job = ctx.session.get(ImportJob, job_id)
    if job is None:
        raise NotFound
    require(ctx, permission, job, see=SEE)
    return job


def own_jobs(ctx: Context) -> Select[ImportJob]:
    """The acting organisation's files, newest first."""
    return (
        select(ImportJob)
        .where(SEE.clause(ctx.actor, ImportJob))
        .order_by(ImportJob.created_at.desc(), ImportJob.id.desc())
    )


def rows_of(job: ImportJob, outcome: str = "") -> Select[ImportRow]:
    """What became of the rows, in the order of the file; those with nothing to say are left out."""
    query = select(ImportRow).where(ImportRow.job_id == job.id).order_by(ImportRow.row)
    return query.where(ImportRow.outcome == outcome) if outcome else query


def row_counts(ctx: Context, job_id: str) -> dict[str, int]:
    """Outcome → number of rows kept for it."""
    query = (
        select(ImportRow.outcome, func.count()).where(ImportRow.job_id == job_id).group_by(ImportRow.outcome)
    )
    found = {outcome: number for outcome, number in ctx.session.execute(query)}  # noqa: C416 - rows are tuples
    return {outcome: found.get(outcome, 0) for outcome in OUTCOMES}


def plan_of(job: ImportJob) -> Plan:
    """The plan as it was settled when the columns were matched."""
    return Plan(
        holder=Holder(job.org_id, job.holder.zone_id),
        header=tuple(job.header),
        columns=tuple(BY_NAME.get(str(job.mapping.get(header, ""))) for header in job.header),
        defaults=parsed_defaults({name: str(text) for name, text in job.defaults.items()}),
        review_document=job.review_document,
        update=job.update,
        submit=job.submit,
    )


def parsed_defaults(texts: dict[str, str]) -> dict[str, object]:
    """Column name → text as content field → value. Raises Invalid, naming the column, for what is not understood."""
    values: dict[str, object] = {}
    errors = []
    for name, text in texts.items():
        column = BY_NAME.get(name)
        if column is None or not column.field or not text.strip():
            continue
        try:
            value = column.read(text)
        except CellError as error:
            errors.append(FieldError(name, error.code, error.message))
            continue
        if name == COMPLETER_UNIT and texts.get("completers", "").strip():
            continue
        values[column.field] = value
    if errors:
        raise Invalid(errors)
    return values


def importer(ctx: Context, user_id: str, org_id: str) -> Actor | None:
    """The person as they may act for the organisation now; None when they have left it."""
    query = select(Membership).where(Membership.user_id == user_id, Membership.org_id == org_id)
    membership = ctx.session.scalar(query)
    if membership is None or not membership.user.active:
        return None
    return actor_of(membership.user, membership)

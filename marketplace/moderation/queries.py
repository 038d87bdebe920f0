"""Questions of the queue: which cases wait, how old they are, what each is about, who has spoken."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import selectinload

from marketplace.core.context import Context
from marketplace.core.errors import Words
from marketplace.core.lookup import get
from marketplace.core.policy import Permission, require
from marketplace.moderation.age import Age, age
from marketplace.moderation.lifecycle import REPORT_TERM, REVIEW_TERM
from marketplace.moderation.models import CLOSED, DECIDED, OPEN, OVERDUE, WAITING, AbuseReport, Case
from marketplace.moderation.policy import ANSWER_REPORT, DECIDE, SEE_QUEUE, SEE_REPORTS
from marketplace.moderation.subjects import Change, subject_kinds, subject_of
from marketplace.moderation.voices import hindrance, missing_roles, role_to_speak_in

WAITING_NOW = "waiting"  # open or overdue
#: What a list can be narrowed to, in the order of its tabs.
CASE_TABS = (WAITING_NOW, OVERDUE, DECIDED, CLOSED)
REPORT_TABS = (WAITING_NOW, OVERDUE, DECIDED)
MOST_WORK = 50


@dataclass(frozen=True)
class CaseRow:
    """A case in a list."""

    case: Case
    age: Age
    missing: Sequence[str]


@dataclass(frozen=True)
class CasePage:
    """Everything an officer looks at before deciding. `hindrance` says why the actor may not speak, if so."""

    case: Case
    age: Age
    missing: Sequence[str]
    changes: Sequence[Change]
    warnings: Sequence[str]
    earlier: Sequence[Case]
    hindrance: Words | None
    undecided: bool

    @property
    def changed(self) -> list[Change]:
        return [change for change in self.changes if change.changed]

    @property
    def first(self) -> bool:
        """Nothing of it was public before."""
        return not any(change.before for change in self.changes)


def queue(ctx: Context, state: str = WAITING_NOW, kind: str = "") -> Select[Case]:
    """The cases of the actor's zone in that state, the nearest deadline first; decided ones the latest first."""
    cases = (
        select(Case)
        .where(SEE_QUEUE.clause(ctx.actor, Case), _in_state(ctx, Case, state))
        .options(selectinload(Case.voices))
    )
    if kind:
        known = any(offered.kind == kind for offered in subject_kinds())
        cases = cases.where(Case.kind == kind if known else false())
    if state in {WAITING_NOW, OVERDUE}:
        return cases.order_by(Case.submitted_at, Case.id)
    return cases.order_by(Case.decided_at.desc(), Case.id.desc())


def counts(ctx: Context, model: type[Case] | type[AbuseReport], see: Permission) -> dict[str, int]:
    """How many wait, and how many of those are overdue, in the actor's zone."""
    overdue = _in_state(ctx, model, OVERDUE)
    waiting = _in_state(ctx, model, WAITING_NOW)
    statement = select(func.count(model.id).filter(waiting), func.count(model.id).filter(overdue)).where(
        see.clause(ctx.actor, model)
    )
    row = ctx.session.execute(statement).one()
    return {WAITING_NOW: row[0], OVERDUE: row[1]}


def case_row(ctx: Context, case: Case) -> CaseRow:
    return CaseRow(case, case_age(ctx, case), missing_roles(case))


def case_age(ctx: Context, case: Case) -> Age:
    return age(case.submitted_at, case.decided_at, ctx.now, REVIEW_TERM, ctx.calendar)


def report_age(ctx: Context, report: AbuseReport) -> Age:
    return age(report.reported_at, report.decided_at, ctx.now, REPORT_TERM, ctx.calendar)


def case_page(ctx: Context, case_id: str) -> CasePage:
    """One case with its subject. Raises NotFound outside the actor's zone."""
    case = get(ctx.session, Case, case_id)
    require(ctx, SEE_QUEUE, case, see=SEE_QUEUE)
    subject = subject_of(case.kind)
    undecided = case.state in WAITING
    return CasePage(
        case=case,
        age=case_age(ctx, case),
        missing=missing_roles(case),
        changes=subject.changes(ctx, case),
        warnings=subject.warnings(ctx, case) if undecided else (),
        earlier=_earlier(ctx, case),
        hindrance=hindrance(ctx, case) if undecided and DECIDE.allows(ctx.actor, case) else None,
        undecided=undecided,
    )


def reports(ctx: Context, state: str = WAITING_NOW) -> Select[AbuseReport]:
    """The reports of the actor's zone in that state, the nearest deadline first; answered ones the latest first."""
    found = select(AbuseReport).where(
        SEE_REPORTS.clause(ctx.actor, AbuseReport), _in_state(ctx, AbuseReport, state)
    )
    if state == DECIDED:
        return found.order_by(AbuseReport.decided_at.desc(), AbuseReport.id.desc())
    return found.order_by(AbuseReport.reported_at, AbuseReport.id)


def cases_to_decide(ctx: Context) -> list[Case]:
    """The cases that wait for this very officer, the nearest deadline first."""
    if not DECIDE.possible(ctx.actor):
        return []
    mine = queue(ctx).where(DECIDE.clause(ctx.actor, Case)).limit(MOST_WORK)
    found = ctx.session.scalars(mine).unique().all()
    return [case for case in found if _waits_for(ctx, case)]


def reports_to_answer(ctx: Context) -> list[AbuseReport]:
    if not ANSWER_REPORT.possible(ctx.actor):
        return []
    mine = reports(ctx).where(ANSWER_REPORT.clause(ctx.actor, AbuseReport)).limit(MOST_WORK)
    return list(ctx.session.scalars(mine).unique())


def _waits_for(ctx: Context, case: Case) -> bool:
    spoken = any(voice.user_id == ctx.actor.user_id for voice in case.voices)
    return not spoken and case.submitted_by != ctx.actor.user_id and bool(role_to_speak_in(ctx.actor, case))


def _in_state(ctx: Context, model: type[Case] | type[AbuseReport], state: str) -> ColumnElement[bool]:
    """By the clock, not by the worker: a row past its deadline is overdue before anybody has caught it up."""
    if state == WAITING_NOW:
        return model.state.in_(sorted(WAITING))
    if state == OVERDUE:
        late = and_(model.state == OPEN, model.next_deadline <= ctx.now)
        return or_(model.state == OVERDUE, late)
    return model.state == (state)


def _earlier(ctx: Context, case: Case) -> Sequence[Case]:
    """What was decided about the same subject before, the latest first."""
    decided = select(Case).where(
        Case.kind == case.kind, Case.subject == case.subject, Case.state == DECIDED, Case.id != case.id
    )
    return ctx.session.scalars(decided.order_by(Case.decided_at.desc()).limit(20)).unique().all()

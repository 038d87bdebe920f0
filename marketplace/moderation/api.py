"""JSON operations of moderation: the same commands, permissions and errors as the pages."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from flask import url_for

from marketplace.accounts.addresses import remote_address
from marketplace.core.context import Context
from marketplace.core.i18n import current_language
from marketplace.core.uow import once, unit_of_work
from marketplace.moderation.cases import decide
from marketplace.moderation.grounds import Decision
from marketplace.moderation.log import LogLine, log_lines, logged
from marketplace.moderation.models import AbuseReport, Case, Voice
from marketplace.moderation.policy import DECIDE, READ_LOG, REPORT, SEE_QUEUE
from marketplace.moderation.queries import CaseRow, case_page, case_row, queue, report_age
from marketplace.moderation.reports import NewReport, count_report, receipt_of, report_abuse
from marketplace.moderation.subjects import Change
from marketplace.web.context import current, current_actor
from marketplace.web.forms import request_key
from marketplace.web.operations import Operations
from marketplace.web.paging import Page, paged

api = Operations("moderation")


@dataclass(frozen=True)
class CaseItem:
    """A case in a list. `due_at`: the first instant at which it is overdue; `working_days`: its age.

    `missing`: the roles that still have to agree.
    """

    id: str
    kind: str
    subject: str
    asks: str
    title: str
    zone_id: str
    org_id: str
    state: str
    outcome: str
    submitted_at: datetime
    due_at: datetime
    decided_at: datetime | None
    working_days: int
    overdue: bool
    needs: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class ReasonOut:
    code: str
    field: str


@dataclass(frozen=True)
class VoiceOut:
    """One officer's word. Officers are named by id, to the staff of their zone only."""

    user_id: str
    role: str
    outcome: str
    reasons: tuple[ReasonOut, ...]
    note: str
    at: datetime


@dataclass(frozen=True)
class CaseOut:
    """A case with what it is about."""

    case: CaseItem
    reasons: tuple[ReasonOut, ...]
    note: str
    changes: tuple[Change, ...]
    warnings: tuple[str, ...]
    voices: tuple[VoiceOut, ...]


@dataclass(frozen=True)
class QueueQuery:
    """`state`: waiting (open or overdue), overdue, decided or closed. `kind` of subject, empty for all."""

    state: Literal["waiting", "overdue", "decided", "closed"] = "waiting"
    kind: str = ""


@dataclass(frozen=True)
class ReportReceipt:
    """`url` is where the reporter follows the report; nobody else is told of it."""

    id: str
    number: str
    state: str
    reported_at: datetime
    due_at: datetime
    url: str


@api.add("GET", "/moderation/cases", SEE_QUEUE, "List cases", query=QueueQuery, returns=CaseItem, many=True)
def list_cases(query: QueueQuery) -> Page[CaseItem]:
    ctx = current()
    page = paged(ctx.session, queue(ctx, query.state, query.kind))
    items = [_item(case_row(ctx, case)) for case in page.rows]
    return Page(items, page.number, page.per_page, page.total)


@api.add("GET", "/moderation/cases/<case_id>", SEE_QUEUE, "One case", returns=CaseOut)
def get_case(case_id: str) -> CaseOut:
    return _case_out(current(), case_id)


@api.add(
    "POST",
    "/moderation/cases/<case_id>/decision",
    DECIDE,
    "Speak on a case",
    body=Decision,
    returns=CaseOut,
)
def decide_case(case_id: str, body: Decision) -> CaseOut:
    with unit_of_work(current_actor()) as ctx:
        once(ctx, request_key(), "case.decide", lambda: decide(ctx, case_id, body).id)
    return _case_out(current(), case_id)


@api.add("GET", "/moderation/log", READ_LOG, "The public moderation log", returns=LogLine, many=True)
def list_log() -> Page[LogLine]:
    ctx = current()
    page = paged(ctx.session, logged())
    return Page(log_lines(ctx, page.rows, current_language()), page.number, page.per_page, page.total)


@api.add("POST", "/reports", REPORT, "Report abuse", body=NewReport, returns=ReportReceipt, status=201)
def send_report(body: NewReport) -> ReportReceipt:
    count_report(current(), remote_address())
    with unit_of_work(current_actor()) as ctx:
        report_id = once(ctx, request_key(), "report.send", lambda: report_abuse(ctx, body).id)
    ctx = current()
    return _receipt(ctx, receipt_of(ctx, report_id))


def _item(row: CaseRow) -> CaseItem:
    case: Case = row.case
    return CaseItem(
        id=case.id,
        kind=case.kind,
        subject=case.subject,
        asks=case.asks,
        title=case.title,
        zone_id=case.zone_id,
        org_id=case.org_id,
        state=case.state,
        outcome=case.outcome,
        submitted_at=case.submitted_at,
        due_at=row.age.period.end,
        decided_at=case.decided_at,
        working_days=row.age.days,
        overdue=row.age.overdue,
        needs=tuple(case.needs),
        missing=tuple(row.missing),
    )


def _case_out(ctx: Context, case_id: str) -> CaseOut:
    page = case_page(ctx, case_id)
    return CaseOut(
        case=_item(CaseRow(page.case, page.age, page.missing)),
        reasons=_reasons(page.case),
        note=page.case.note,
        changes=tuple(page.changes),
        warnings=tuple(page.warnings),
        voices=tuple(_voice(voice) for voice in page.case.voices),
    )


def _voice(voice: Voice) -> VoiceOut:
    return VoiceOut(voice.user_id, voice.role, voice.outcome, _reasons(voice), voice.note, voice.at)


def _reasons(row: Case | Voice) -> tuple[ReasonOut, ...]:
    return tuple(ReasonOut(str(reason["code"]), str(reason["field"])) for reason in row.reasons)


def _receipt(ctx: Context, report: AbuseReport) -> ReportReceipt:
    due = report_age(ctx, report).period.end
    url = url_for("reporting.receipt", report_id=report.id)
    return ReportReceipt(report.id, report.number, report.state, report.reported_at, due, url)

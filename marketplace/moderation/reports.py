"""Reports of abuse: anybody may say that a publication breaks the rules, and the zone must answer in time."""

from dataclasses import dataclass, replace

from marketplace.accounts.checks import Checks
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Forbidden
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.ids import new_id, next_number
from marketplace.core.journal import record
from marketplace.core.lookup import get
from marketplace.core.policy import require
from marketplace.core.throttle import throttle
from marketplace.moderation.lifecycle import REPORT
from marketplace.moderation.models import DISMISSED, UPHELD, AbuseReport
from marketplace.moderation.policy import ANSWER_REPORT, SEE_REPORTS
from marketplace.moderation.subjects import public_subject, reason_codes, subject_of
from marketplace.moderation.voices import MODERATOR, is_insider

SHORTEST_STATEMENT, LONGEST_STATEMENT = 10, 2_000
LONGEST_CONTACT, LONGEST_ANSWER = 200, 2_000
MOST_PER_HOUR, HOUR = 5, 3_600
RECEIPT_LETTERS = "JB"


@dataclass(frozen=True)
class NewReport:
    """`kind` and `subject` name the publication, `reason` one of its owner's abuse reasons.

    `statement`: 10 to 2,000 characters. `contact` may be empty; only those who answer see it.
    """

    kind: str
    subject: str
    reason: str
    statement: str
    contact: str = ""


@dataclass(frozen=True)
class Answer:
    """`outcome`: upheld or dismissed. `answer`: what the reporter reads."""

    outcome: str
    answer: str


def count_report(ctx: Context, address: str) -> None:
    """Before a report is taken: 5 an hour from one network address. Raises TooMany."""
    throttle(ctx.now, "abuse report", address, MOST_PER_HOUR, HOUR)


def report_abuse(ctx: Context, given: NewReport) -> AbuseReport:
    """Take a report in. Raises NotFound when nothing of that id is public, Invalid for an incomplete report."""
    public = public_subject(ctx, given.kind, given.subject)
    given = _checked_report(given)
    report = AbuseReport(
        id=new_id("rep", ctx.now),
        number=next_number(ctx, RECEIPT_LETTERS),
        kind=given.kind,
        subject=given.subject,
        subject_title=public.title[:200],
        zone_id=public.zone_id,
        org_id=public.org_id,
        reason=given.reason,
        statement=given.statement,
        contact=given.contact,
        reported_by=ctx.actor.user_id,
        reported_at=ctx.now,
    )
    REPORT.begin(ctx, report)
    ctx.session.add(report)
    ctx.session.flush()
    data: JSONObject = {"kind": given.kind, "subject": given.subject, "reason": given.reason}
    record(ctx, "report.received", report.id, data)
    return report


def answer_report(ctx: Context, report_id: str, given: Answer) -> AbuseReport:
    """Answer a report. Raises Forbidden for its reporter and for members of the organisation it is about."""
    report = report_for(ctx, report_id)
    require(ctx, ANSWER_REPORT, report)
    _check_answerer(ctx, report)
    given = _checked_answer(given)
    data: JSONObject = {
        "kind": report.kind,
        "subject": report.subject,
        "outcome": given.outcome,
        "reasons": [report.reason],
        "roles": [MODERATOR],
        "zone": report.zone_id,
    }
    REPORT.move(ctx, report, "answer", data)
    report.outcome, report.answer = given.outcome, given.answer
    report.decided_by, report.decided_at = ctx.actor.user_id, ctx.now
    return report


def report_for(ctx: Context, report_id: str) -> AbuseReport:
    """The report, for the staff of its zone. Raises NotFound for everybody else."""
    report = get(ctx.session, AbuseReport, report_id)
    require(ctx, SEE_REPORTS, report, see=SEE_REPORTS)
    return report


def receipt_of(ctx: Context, report_id: str) -> AbuseReport:
    """The report as its reporter may follow it: whoever knows its id, which is told to them alone."""
    return get(ctx.session, AbuseReport, report_id)


def _checked_report(given: NewReport) -> NewReport:
    checks = Checks()
    if given.reason not in reason_codes(subject_of(given.kind).abuse_reasons):
        checks.complain("reason", "unknown_code", _l("选择举报原因"))
    statement = checks.text("statement", given.statement, LONGEST_STATEMENT)
    if len(statement) < SHORTEST_STATEMENT:
        words = _l("用 %(low)s 到 %(high)s 个字说明情况", low=SHORTEST_STATEMENT, high=LONGEST_STATEMENT)
        checks.complain("statement", "length", words)
    contact = checks.line("contact", given.contact, LONGEST_CONTACT)
    checks.settle()
    return replace(given, statement=statement, contact=contact)


def _check_answerer(ctx: Context, report: AbuseReport) -> None:
    if report.reported_by is not None and report.reported_by == ctx.actor.user_id:
        raise Forbidden(ANSWER_REPORT.name, _l("举报人不能处理自己的举报"))
    if is_insider(ctx, report.org_id):
        raise Forbidden(ANSWER_REPORT.name, _l("你是该单位的成员，须由与该单位无关的工作人员处理"))


def _checked_answer(given: Answer) -> Answer:
    checks = Checks()
    if given.outcome not in {UPHELD, DISMISSED}:
        checks.complain("outcome", "required", _l("选择处理结果"))
    answer = checks.text("answer", given.answer, LONGEST_ANSWER, _l("填写给举报人的答复"))
    checks.settle()
    return replace(given, answer=answer)

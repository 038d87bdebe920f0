"""The clocks of moderation: a case or report not decided in time is overdue, and everybody can see it."""

from typing import Any

from marketplace.core.lifecycle import Deadline, Lifecycle, Transition
from marketplace.core.terms import Bound, LegalBasis, SourceStatus, Term, Unit
from marketplace.moderation.models import CLOSED, DECIDED, OPEN, OVERDUE, WAITING
from marketplace.moderation.policy import ANSWER_REPORT, DECIDE

REVIEW_TERM = Term(
    name="moderation.review",
    amount=3,
    unit=Unit.WORKDAY,
    bound=Bound.CEILING,
    basis=LegalBasis(
        law="交易机构受理审核惯例",
        article="",
        text="受理机构自收到申请次日起三个工作日内完成审核",
        effective_from=None,
        status=SourceStatus.SECONDARY,
        law_en="Practice of exchanges on accepting and reviewing",
        text_en="a submission is reviewed within three working days after the day it was received",
    ),
)
REPORT_TERM = Term(
    name="moderation.report",
    amount=3,
    unit=Unit.WORKDAY,
    bound=Bound.CEILING,
    basis=LegalBasis(
        law="平台规则",
        article="",
        text="收到举报后三个工作日内作出处理",
        effective_from=None,
        status=SourceStatus.DESIGN,
        law_en="Rules of this platform",
        text_en="a report is answered within three working days after it was received",
    ),
)


def _submitted(row: Any) -> Any:
    return row.submitted_at


def _reported(row: Any) -> Any:
    return row.reported_at


CASE = Lifecycle(
    noun="case",
    states=(OPEN, OVERDUE, DECIDED, CLOSED),
    initial=OPEN,
    final=frozenset({DECIDED, CLOSED}),
    transitions=(Transition("decide", WAITING, DECIDED, DECIDE),),
    deadlines=(Deadline("lapse", frozenset({OPEN}), OVERDUE, REVIEW_TERM, _submitted),),
    events={"decide": "decided", "lapse": "overdue"},
)
REPORT = Lifecycle(
    noun="report",
    states=(OPEN, OVERDUE, DECIDED),
    initial=OPEN,
    final=frozenset({DECIDED}),
    transitions=(Transition("answer", WAITING, DECIDED, ANSWER_REPORT),),
    deadlines=(Deadline("lapse", frozenset({OPEN}), OVERDUE, REPORT_TERM, _reported),),
    events={"answer": "answered", "lapse": "overdue"},
)

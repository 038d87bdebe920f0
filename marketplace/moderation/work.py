"""What waits for an officer, for the workbench; and the places in the officer's menu."""

from collections.abc import Sequence

from flask import url_for

from marketplace.core.context import Context
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.registry import WorkItem
from marketplace.moderation.lifecycle import REPORT_TERM, REVIEW_TERM
from marketplace.moderation.models import TAKE_DOWN, Case
from marketplace.moderation.policy import SEE_QUEUE
from marketplace.moderation.queries import case_age, cases_to_decide, report_age, reports_to_answer
from marketplace.moderation.subjects import subject_of


def work_items(ctx: Context) -> Sequence[WorkItem]:
    """Cases and reports that this officer may settle, the nearest deadline first."""
    items = [*_cases(ctx), *_reports(ctx)]
    return sorted(items, key=lambda item: (item.due, item.url))


def menu_links(ctx: Context) -> Sequence[tuple[str, str]]:
    """The moderation pages, for those who may enter them."""
    if not SEE_QUEUE.possible(ctx.actor):
        return []
    return [(url_for("moderation.listed"), _("审核")), (url_for("reports.listed"), _("举报"))]


def case_title(case: Case) -> str:
    """What is to be done, verb first: 审核：科技成果; 复核下架：科技成果."""
    label = str(subject_of(case.kind).label)
    return _("复核下架：%(what)s", what=label) if case.asks == TAKE_DOWN else _("审核：%(what)s", what=label)


def _cases(ctx: Context) -> list[WorkItem]:
    basis = REVIEW_TERM.basis.cited(current_language())
    items = []
    for case in cases_to_decide(ctx):
        found = case_age(ctx, case)
        url = url_for("moderation.case", case_id=case.id)
        items.append(WorkItem(case_title(case), case.title, url, found.period.end, basis, found.tone))
    return items


def _reports(ctx: Context) -> list[WorkItem]:
    basis = REPORT_TERM.basis.cited(current_language())
    items = []
    for report in reports_to_answer(ctx):
        found = report_age(ctx, report)
        url = url_for("reports.report", report_id=report.id)
        title = _("答复举报 %(number)s", number=report.number)
        items.append(WorkItem(title, report.subject_title, url, found.period.end, basis, found.tone))
    return items

"""What waits for completers and for the unit's officers; and the disclosures in the menu."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import url_for

from listings.disclosures.confirming import awaited, ready
from listings.disclosures.labels import name_to_show
from listings.disclosures.models import RETURNED, Disclosure
from listings.disclosures.policy import CREATE, DECIDE
from listings.disclosures.queries import in_hand, overdue, to_review
from listings.disclosures.steps import step_due
from listings.disclosures.terms import REPLY
from marketplace.core.clock import start_of_day
from marketplace.core.context import Context
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.registry import WorkItem


def work_items(ctx: Context) -> Sequence[WorkItem]:
    """Late answers first, then steps of the unit with their deadline, then one's own disclosures."""
    if not CREATE.possible(ctx.actor):
        return []
    due = to_review(ctx)
    return [*_late(ctx, due), *_steps(ctx, due), *_own(ctx)]


def menu_links(ctx: Context) -> Sequence[tuple[str, str]]:
    """The list of disclosures, for members of units that take them."""
    if not CREATE.possible(ctx.actor):
        return []
    return [(url_for("disclosures.own_list"), _("成果披露"))]


def _late(ctx: Context, due: Sequence[Disclosure]) -> Iterator[WorkItem]:
    """For the unit's head: what others are late with."""
    if not DECIDE.possible(ctx.actor):
        return
    basis = REPLY.basis.cited(current_language())
    for row in overdue(ctx):
        if row in due:
            continue
        yield WorkItem(_("督促答复超期的披露"), name_to_show(row), _page(row), row.overdue_at, basis, "over")


def _steps(ctx: Context, due: Sequence[Disclosure]) -> Iterator[WorkItem]:
    basis = REPLY.basis.cited(current_language())
    for row in due:
        step = step_due(ctx, row)
        if step is None:
            continue
        until: Any = (
            start_of_day(row.review_on) if row.review_on is not None else row.overdue_at or row.next_deadline
        )
        title = _("办理披露：%(step)s", step=str(step.name))
        url = url_for("disclosure_review.form", disclosure_id=row.id)
        yield WorkItem(
            title, name_to_show(row), url, until, basis if row.review_on is None else "", _tone(row)
        )


def _own(ctx: Context) -> Iterator[WorkItem]:
    for row in in_hand(ctx):
        if awaited(row, ctx.actor):
            url = url_for("disclosure_acts.confirmation", disclosure_id=row.id)
            yield WorkItem(_("确认披露的内容和贡献比例"), name_to_show(row), url, tone="warn")
        elif row.state == RETURNED and row.asked_at is None:
            url = url_for("disclosure_drafts.tasks", disclosure_id=row.id)
            yield WorkItem(_("补正并重新提交披露"), name_to_show(row), url, tone="warn")
        elif ready(row):
            url = url_for("disclosure_submission.check", disclosure_id=row.id)
            yield WorkItem(_("核对并提交披露"), name_to_show(row), url)


def _tone(row: Disclosure) -> str:
    return "over" if row.overdue_at is not None and row.replied_at is None else ""


def _page(row: Disclosure) -> str:
    return url_for("disclosures.page", disclosure_id=row.id)

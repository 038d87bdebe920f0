"""What waits for the holder's people: texts that were returned, drafts that could be handed in; and their menu."""

from collections.abc import Iterator, Sequence

from flask import url_for
from sqlalchemy import and_, select

from listings.achievements.content import from_json
from listings.achievements.models import DISCARDED, DRAFT, RETURNED, Achievement, Revision
from listings.achievements.policy import CREATE, EDIT, SUBMIT
from listings.achievements.rules import submission_complaints
from listings.achievements.secrecy import DRAFTABLE
from marketplace.core.context import Context
from marketplace.core.i18n import gettext as _
from marketplace.core.registry import WorkItem

MOST = 50  # drafts looked at; the list of one's own achievements shows all


def work_items(ctx: Context) -> Sequence[WorkItem]:
    """Returned texts first. There are no deadlines: nobody has to publish anything."""
    if not EDIT.possible(ctx.actor):
        return []
    return [*_returned(ctx), *_ready(ctx)]


def menu_links(ctx: Context) -> Sequence[tuple[str, str]]:
    """The own list, for those who may have one."""
    if not CREATE.possible(ctx.actor):
        return []
    return [(url_for("achievement_list.own_list"), _("我的成果"))]


def _returned(ctx: Context) -> Iterator[WorkItem]:
    for achievement, _revision in _working(ctx, RETURNED):
        url = url_for("drafts.tasks", achievement_id=achievement.id)
        yield WorkItem(_("修改并重新提交"), achievement.title or achievement.number, url, tone="warn")


def _ready(ctx: Context) -> Iterator[WorkItem]:
    """Complete drafts, for those who may hand them in."""
    if not SUBMIT.possible(ctx.actor):
        return
    for achievement, revision in _working(ctx, DRAFT):
        if achievement.clearance not in DRAFTABLE or revision.typed:
            continue
        content = from_json(revision.content)
        if not any(submission_complaints(content)):
            url = url_for("submissions.check", achievement_id=achievement.id)
            yield WorkItem(_("核对并提交审核"), content.title, url)


def _working(ctx: Context, state: str) -> Sequence[tuple[Achievement, Revision]]:
    """The acting organisation's achievements whose working text is in that state, the last changed first."""
    query = (
        select(Achievement, Revision)
        .join(Revision, and_(Revision.achievement_id == Achievement.id, Revision.n == Achievement.working_n))
        .where(EDIT.clause(ctx.actor, Achievement), Achievement.state != DISCARDED, Revision.state == state)
        .order_by(Achievement.updated_at.desc(), Achievement.id.desc())
        .limit(MOST)
    )
    return [(row[0], row[1]) for row in ctx.session.execute(query).unique()]

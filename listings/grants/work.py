"""What waits for completers and officers: signatures, reviews, decisions, notices to begin, agreements, registrations."""

from collections.abc import Iterator, Sequence

from flask import url_for
from sqlalchemy import select

from listings.grants import models as g
from listings.grants.carrying_out import registered_rights
from listings.grants.models import RightsGrant
from listings.grants.policy import CREATE, REVIEW, SET_MINIMUM
from listings.grants.queries import in_hand, waiting_for_officers
from listings.grants.team import awaited
from listings.involved import concerned
from listings.notices.models import CERTIFIED, VOID, Notice
from listings.notices.models import DISCARDED as NOTICE_DISCARDED
from listings.notices.terms import GRANT
from marketplace.core.context import Context
from marketplace.core.i18n import gettext as _
from marketplace.core.registry import WorkItem

MOST = 50


def work_items(ctx: Context) -> Sequence[WorkItem]:
    """One's own signatures first, then the unit's steps. The unit has no clock here: it decides when it decides."""
    if not CREATE.possible(ctx.actor):
        return []
    return [*_own(ctx), *(_steps(ctx) if REVIEW.possible(ctx.actor) else ())]


def menu_links(ctx: Context) -> Sequence[tuple[str, str]]:
    """The own list, for those who may have one; for the zone's authority what it asks for at least."""
    links = []
    if CREATE.possible(ctx.actor):
        links.append((url_for("grant_list.own_list"), _("赋权")))
    if SET_MINIMUM.possible(ctx.actor):
        links.append((url_for("grant_zone.minimum"), _("赋权最低份额")))
    return links


def _own(ctx: Context) -> Iterator[WorkItem]:
    for grant in ctx.session.scalars(in_hand(ctx).limit(MOST)).unique():
        if awaited(grant, ctx.actor):
            yield _item(_("核对并签署赋权的团队约定"), grant, "grant_team.signing", "warn")
        elif grant.state == g.TEAM_AGREED:
            yield _item(_("提交赋权"), grant, "grants.page")
        elif grant.note:
            yield _item(_("修改并重新签署赋权"), grant, "grants.page", "warn")


def _steps(ctx: Context) -> Iterator[WorkItem]:
    waiting = waiting_for_officers(
        ctx, g.SUBMITTED, g.UNIT_REVIEW, g.DECIDED, g.AGREEMENT_SIGNED, g.TITLE_CHANGE_FILED
    )
    grants = ctx.session.scalars(waiting.limit(MOST)).unique().all()
    noticed = _noticed(ctx, [grant.id for grant in grants if grant.state == g.DECIDED])
    for grant in grants:
        if grant.state == g.SUBMITTED and not concerned(grant, ctx.actor.user_id):
            yield _item(_("审查赋权申请"), grant, "grant_submission.reviewing")
        elif grant.state == g.UNIT_REVIEW and not concerned(grant, ctx.actor.user_id):
            yield _item(_("登记赋权的集体决策"), grant, "grants.page")
        elif grant.state == g.DECIDED and grant.id not in noticed:
            yield _item(_("起草赋权公示"), grant, "grants.page")
        elif grant.state == g.DECIDED and noticed[grant.id] == CERTIFIED:
            yield _item(_("登记赋权协议"), grant, "grant_carrying_out.agreement")
        elif grant.state == g.AGREEMENT_SIGNED and registered_rights(grant):
            yield _item(_("登记权属变更的申请"), grant, "grant_carrying_out.filing")
        elif grant.state in {g.AGREEMENT_SIGNED, g.TITLE_CHANGE_FILED}:
            yield _item(_("登记赋权生效"), grant, "grant_carrying_out.effect")


def _noticed(ctx: Context, ids: Sequence[str]) -> dict[str, str]:
    """The states of the notices about these grants, asked for at once."""
    query = select(Notice.subject, Notice.state).where(
        Notice.kind == GRANT, Notice.subject.in_(ids), Notice.state.not_in([VOID, NOTICE_DISCARDED])
    )
    return dict(ctx.session.execute(query).all()) if ids else {}


def _item(title: str, grant: RightsGrant, endpoint: str, tone: str = "") -> WorkItem:
    subject = f"{grant.achievement.title} · {grant.number}"
    return WorkItem(title, subject, url_for(endpoint, grant_id=grant.id), tone=tone)

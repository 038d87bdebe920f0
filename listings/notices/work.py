"""What waits for people around notices: to word, to start, to capture, to handle an objection, to certify."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from listings.notices import models as m
from listings.notices.certificates import conditions
from listings.notices.lifecycle import channel_broken, running_period
from listings.notices.objections import models as o
from listings.notices.objections.handling import has_part
from listings.notices.objections.periods import due_of
from listings.notices.policy import (
    CERTIFY,
    CREATE,
    HANDLE,
    RECORD_OUTAGE,
    REVIEW,
    RUN,
    SEE_OBJECTION,
    SET_TERMS,
    TAKE,
)
from marketplace.core.clock import end_of_day, local_date
from marketplace.core.context import Context
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.registry import WorkItem

MOST = 50
_DAY = timedelta(days=1)
#: What deciding about the next step reads, fetched for all rows of a list at once.
_EDITIONS = selectinload(m.Notice.editions)
_WHOLE = (
    _EDITIONS.selectinload(m.Edition.spells),
    _EDITIONS.selectinload(m.Edition.zone_term).selectinload(m.ZoneTerm.zone),
    selectinload(m.Notice.captures),
    selectinload(m.Notice.certificate),
)
_PARTS = joinedload(o.Objection.notice).selectinload(m.Notice.editions)


def work_items(ctx: Context) -> Sequence[WorkItem]:
    return [*_of_unit(ctx), *_of_objections(ctx), *_of_zone(ctx)]


def menu_links(ctx: Context) -> Sequence[tuple[str, str]]:
    """The pages of notices in a person's own menu."""
    links = []
    if CREATE.possible(ctx.actor):
        links.append((url_for("notice_drafts.own_list"), _("本单位的公示")))
    if SEE_OBJECTION.possible(ctx.actor):
        links.append((url_for("objections.listed"), _("异议处理")))
    if RECORD_OUTAGE.possible(ctx.actor):
        links.append((url_for("notice_zone.outage"), _("平台故障顺延")))
    if SET_TERMS.possible(ctx.actor):
        links.append((url_for("notice_zone.terms"), _("公示期规定")))
    return links


def _of_unit(ctx: Context) -> Iterator[WorkItem]:
    if not RUN.possible(ctx.actor):
        return
    waiting = {m.RETURNED, m.CORRECTING, m.SCHEDULED, m.RUNNING, m.EXPIRED}
    query = select(m.Notice).where(RUN.clause(ctx.actor, m.Notice), m.Notice.state.in_(sorted(waiting)))
    query = query.order_by(m.Notice.updated_at.desc()).limit(MOST)
    for notice in ctx.session.scalars(query.options(*_WHOLE)).unique():
        yield from _next_of(ctx, notice)


def _next_of(ctx: Context, notice: m.Notice) -> Iterator[WorkItem]:
    page = url_for("notices.page", notice_id=notice.id)
    if notice.state in {m.RETURNED, m.CORRECTING}:
        url = url_for("notice_drafts.edit", notice_id=notice.id)
        yield WorkItem(_("修改公示并重新提交"), notice.title, url, tone="warn")
    elif notice.state == m.SCHEDULED:
        url = url_for("notice_channels.start", notice_id=notice.id)
        yield WorkItem(_("在本单位公示并开始计时"), notice.title, url)
    elif notice.state == m.RUNNING:
        yield from _looks_due(ctx, notice)
    elif not _has(notice, m.END):
        url = url_for("notice_channels.capture", notice_id=notice.id)
        yield WorkItem(_("记录结束时的取证"), notice.title, url, tone="warn")
    elif notice.certificate is None:
        yield WorkItem(_("查看出具证明的条件"), notice.title, page)


def _looks_due(ctx: Context, notice: m.Notice) -> Iterator[WorkItem]:
    """The day drawn by lot is told when it has come, not before."""
    url, today = url_for("notice_channels.capture", notice_id=notice.id), local_date(ctx.now)
    if channel_broken(notice):
        yield WorkItem(_("恢复单位渠道并记录取证"), notice.title, url, tone="hot")
    drawn = notice.edition.middle_on
    if drawn is not None and today >= drawn and not _has(notice, m.MIDDLE):
        yield WorkItem(_("今天抽查：记录单位渠道的取证"), notice.title, url, end_of_day(drawn), tone="hot")
    period = running_period(notice, ctx.calendar)
    if period is not None and today >= period.last_date and not _has(notice, m.END):
        yield WorkItem(_("记录结束时的取证"), notice.title, url, period.end + _DAY)


def _has(notice: m.Notice, point: str) -> bool:
    return any(c.n == notice.n and c.point == point and c.seen == m.SAME for c in notice.captures)


def _of_objections(ctx: Context) -> Iterator[WorkItem]:
    if not SEE_OBJECTION.possible(ctx.actor):
        return
    query = select(o.Objection).where(
        SEE_OBJECTION.clause(ctx.actor, o.Objection), o.Objection.state.not_in(sorted(o.FINAL))
    )
    query = query.order_by(o.Objection.next_deadline).limit(MOST)
    for objection in ctx.session.scalars(query.options(_PARTS)).unique():
        title = _act_due(ctx, objection)
        if title:
            due = due_of(ctx, objection)
            url = url_for("objections.page", objection_id=objection.id)
            yield WorkItem(
                title,
                objection.notice.title,
                url,
                due.period.end if due else None,
                due.term.basis.cited(current_language()) if due else "",
                "warn",
            )


def _act_due(ctx: Context, objection: o.Objection) -> str:
    """What this actor has to do about it, in words; empty for nothing."""
    number = objection.number
    if objection.state == o.APPEALED:
        return _("复核异议 %(number)s", number=number) if REVIEW.allows(ctx.actor, objection) else ""
    if objection.handler_id is None:
        free = TAKE.allows(ctx.actor, objection) and not has_part(ctx, objection)
        return _("承办异议 %(number)s", number=number) if free else ""
    if not HANDLE.allows(ctx.actor, objection):
        return ""
    if objection.state == o.FILED and objection.confirmed_at is not None:
        return _("决定是否受理异议 %(number)s", number=number)
    if objection.state in {o.INVESTIGATING, o.OVERDUE}:
        return _("对异议 %(number)s 作出决定", number=number)
    return ""


def _of_zone(ctx: Context) -> Iterator[WorkItem]:
    if not CERTIFY.possible(ctx.actor):
        return
    query = select(m.Notice).where(CERTIFY.clause(ctx.actor, m.Notice), m.Notice.state == m.EXPIRED)
    query = query.order_by(m.Notice.expired_at).limit(MOST)
    for notice in ctx.session.scalars(query.options(*_WHOLE)).unique():
        if all(condition.holds for condition in conditions(ctx, notice)):
            url = url_for("notices.page", notice_id=notice.id)
            yield WorkItem(_("出具公示完成证明"), notice.title, url)

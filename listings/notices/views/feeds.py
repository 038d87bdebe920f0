"""Feeds: Atom for those who follow notices, iCalendar for those who must not miss a deadline."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from listings.notices import models as m
from listings.notices import words
from listings.notices.lifecycle import running_period
from listings.notices.policy import READ
from listings.notices.queries import Asked, public_notices
from marketplace.accounts.addresses import path_to, public_address
from marketplace.core.runtime import runtime
from marketplace.web.calendar_feed import Appointment, calendar_file
from marketplace.web.context import current
from marketplace.web.guard import requires

feeds = Blueprint("notice_feeds", __name__)

MOST = 50


@feeds.get("/notices.atom")
@requires(READ)
def atom() -> ResponseReturnValue:
    """The newest notices as an Atom feed (RFC 4287)."""
    ctx = current()
    found = ctx.session.scalars(public_notices(_asked()).limit(MOST)).unique().all()
    updated = max((notice.updated_at for notice in found), default=ctx.now)
    text = render_template(
        "listings/notices/feed.xml",
        notices=[(notice, public_address(path_to("notices.page", notice_id=notice.id))) for notice in found],
        updated=updated,
        words=words,
        site_name=runtime().settings.site_name,
        address=public_address("/notices"),
        self_address=public_address("/notices.atom"),
    )
    return Response(text, mimetype="application/atom+xml")


@feeds.get("/notices.ics")
@requires(READ)
def calendar() -> ResponseReturnValue:
    """The ends of the notices that run, as a calendar (RFC 5545)."""
    ctx = current()
    query = public_notices(_asked()).where(m.Notice.state == m.RUNNING).limit(MOST * 4)
    found = []
    for notice in ctx.session.scalars(query).unique():
        period = running_period(notice, ctx.calendar)
        if period is not None:
            address = public_address(path_to("notices.page", notice_id=notice.id))
            title = f"公示截止：{notice.title}（{notice.number}）"
            found.append(Appointment(f"{notice.id}-{notice.n}", period.end, title, address))
    return Response(calendar_file("notices", found, ctx.now), mimetype="text/calendar")


def _asked() -> Asked:
    return Asked(
        kind=request.args.get("kind", ""),
        holder=request.args.get("holder", ""),
        zone=request.args.get("zone", ""),
    )

"""Feeds: Atom for those who follow notices, iCalendar for those who must not miss a deadline."""

from datetime import UTC, datetime

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from listings.notices import models as m
from listings.notices import words
from listings.notices.lifecycle import running_period
from listings.notices.policy import READ
from listings.notices.queries import Asked, public_notices
from marketplace.accounts.addresses import path_to, public_address
from marketplace.core.runtime import runtime
from marketplace.web.context import current
from marketplace.web.guard import requires

feeds = Blueprint("notice_feeds", __name__)

MOST = 50
FOLD = 73  # octets of a line of iCalendar (RFC 5545 §3.1), the fold apart


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
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//technology-marketplace//notices//ZH",
        "CALSCALE:GREGORIAN",
    ]
    for notice in ctx.session.scalars(query).unique():
        period = running_period(notice, ctx.calendar)
        if period is not None:
            lines += _event(notice, period.end, ctx.now)
    lines.append("END:VCALENDAR")
    return Response("".join(f"{_folded(line)}\r\n" for line in lines), mimetype="text/calendar")


def _asked() -> Asked:
    return Asked(
        kind=request.args.get("kind", ""),
        holder=request.args.get("holder", ""),
        zone=request.args.get("zone", ""),
    )


def _event(notice: m.Notice, end: datetime, now: datetime) -> list[str]:
    address = public_address(path_to("notices.page", notice_id=notice.id))
    return [
        "BEGIN:VEVENT",
        f"UID:{notice.id}-{notice.n}@{address.split('/')[2]}",
        f"DTSTAMP:{_instant(now)}",
        f"DTSTART:{_instant(end)}",
        f"SUMMARY:{_escaped(f'公示截止：{notice.title}（{notice.number}）')}",
        f"URL:{address}",
        "END:VEVENT",
    ]


def _instant(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Long lines are broken between characters, never inside one."""
    parts, size = [""], 0
    for letter in line:
        width = len(letter.encode())
        if size + width > FOLD:
            parts.append("")
            size = 1  # the space that begins a folded line
        parts[-1] += letter
        size += width
    return "\r\n ".join(parts)

"""What everybody sees: the notices, and each one's page."""

from datetime import datetime
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from listings.notices import models as m
from listings.notices import words
from listings.notices.certificates import conditions
from listings.notices.drafting import EDITABLE
from listings.notices.lifecycle import AMENDABLE, GOING
from listings.notices.policy import CERTIFY, EDIT, READ, RUN
from listings.notices.profiles import profiles
from listings.notices.queries import SHOWN, Asked, fresh, public_notices
from listings.notices.showing import Shown, shown, timeline_of
from marketplace.accounts.addresses import path_to, public_address
from marketplace.core.context import Context
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.paper_codes import shown_code
from marketplace.web.context import current
from marketplace.web.guard import requires
from marketplace.web.paging import paged
from marketplace.web.qr import qr_code

public = Blueprint("notices", __name__)
public.add_app_template_filter(words.end_words, "end_words")
public.add_app_template_filter(datetime.fromisoformat, "when")


@public.get("/notices")
@requires(READ)
def listed() -> ResponseReturnValue:
    """Public notices, the newest first."""
    asked = Asked(
        state=request.args.get("state", ""),
        kind=request.args.get("kind", ""),
        holder=request.args.get("holder", ""),
        zone=request.args.get("zone", ""),
    )
    page = paged(current().session, public_notices(asked))
    return render_template(
        "listings/notices/list.html",
        page=page,
        asked=asked,
        kinds=[(kind, profile.label(current_language())) for kind, profile in profiles().items()],
        states=[(code, _STATE_WORDS[code]) for code in SHOWN],
        words=words,
    )


_STATE_WORDS = {
    "running": words.STATES[m.RUNNING][0],
    "over": words.STATES[m.EXPIRED][0],
    "certified": words.STATES[m.CERTIFIED][0],
    "void": words.STATES[m.VOID][0],
    "correcting": words.STATES[m.CORRECTING][0],
}


@public.get("/notices/<notice_id>")
@requires(READ)
def page(notice_id: str) -> ResponseReturnValue:
    """The notice: its text exactly as it was fixed, the period and how it is counted, objections, how to verify."""
    ctx = current()
    notice = fresh(ctx, notice_id)
    seen = shown(ctx, notice)
    certificate = notice.certificate
    address = public_address(path_to("notices.page", notice_id=notice.id))
    return render_template(
        "listings/notices/page.html",
        seen=seen,
        notice=notice,
        nodes=timeline_of(seen),
        words=words,
        may=_may(ctx, notice),
        wanting=_wanting(ctx, notice),
        certificate=certificate,
        code=shown_code(certificate.code) if certificate else "",
        address=address,
        qr=qr_code(address, _("本公示页的二维码")),
        left=_left(ctx, seen),
    )


def _may(ctx: Context, notice: m.Notice) -> dict[str, Any]:
    run = RUN.allows(ctx.actor, notice)
    return {
        "edit": EDIT.allows(ctx.actor, notice) and notice.state in EDITABLE,
        "recall": EDIT.allows(ctx.actor, notice) and notice.state == m.SUBMITTED,
        "start": run and notice.state == m.SCHEDULED,
        "capture": run and notice.state in GOING | {m.EXPIRED},
        "amend": run and notice.state in AMENDABLE,
        "withdraw": run and notice.state in AMENDABLE | {m.CORRECTING},
        "object": notice.state in GOING,
        "certify": CERTIFY.allows(ctx.actor, notice) and notice.state == m.EXPIRED,
        "insider": run or CERTIFY.allows(ctx.actor, notice),
    }


def _wanting(ctx: Context, notice: m.Notice) -> list[Any]:
    """What the certificate still needs, for those who work on it."""
    insider = RUN.allows(ctx.actor, notice) or CERTIFY.allows(ctx.actor, notice)
    return conditions(ctx, notice) if insider and notice.state in GOING | {m.EXPIRED} else []


def _left(ctx: Context, seen: Shown) -> str:
    clock = seen.clock
    if clock is None or clock.over:
        return ""
    if clock.stopped is not None:
        return _("已中止")
    if clock.broken:
        return _("单位渠道中断，暂停计算")
    days = (clock.period.end - ctx.now).days
    return _("%(n)s 天", n=days) if days > 0 else _("今天截止")

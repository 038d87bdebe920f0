"""The settlement desk: what is to be recorded, checked, refunded and decided."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from auctions.deposits.labels import state_label
from auctions.deposits.policy import DESK, RECORD
from auctions.deposits.queries import TABS, on_the_desk, tab_counts
from marketplace.core.i18n import gettext as _
from marketplace.core.i18n import lazy_pgettext as _lp
from marketplace.web.context import current
from marketplace.web.guard import requires
from marketplace.web.paging import paged

desk = Blueprint("settlement", __name__)

WORDS = {
    "to_record": _lp("结算分类", "待登记到账"),
    "to_check": _lp("结算分类", "待复核"),
    "held": _lp("结算分类", "已确认"),
    "refunds": _lp("结算分类", "待退还"),
    "forfeits": _lp("结算分类", "拟没收"),
    "ended": _lp("结算分类", "已结束"),
}


@desk.get("/work/settlement")
@requires(DESK)
def listed() -> ResponseReturnValue:
    """In tabs by what has to be done, the nearest date first."""
    ctx = current()
    tab = request.args.get("state", "")
    tab = tab if tab in TABS else "to_record"
    counts = tab_counts(ctx)
    page = paged(ctx.session, on_the_desk(ctx, tab))
    tabs = [(url_for(".listed", state=name), str(WORDS[name]), tab == name, counts[name]) for name in TABS]
    return render_template(
        "auctions/deposits/desk.html",
        page=page,
        rows=[(deposit, state_label(deposit.state)) for deposit in page.rows],
        tabs=tabs,
        why=_("意向方取得资格、交易确定受让方或结束时，要办理的保证金会出现在这里。"),
        may_import=RECORD.possible(ctx.actor),
        now=ctx.now,
    )

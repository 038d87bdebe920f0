"""What the end of a trade puts on workbenches: the host confirms, the seller shows the result."""

from collections.abc import Iterator, Sequence

from flask import url_for
from sqlalchemy import select

from auctions.confirmations.models import Confirmation
from auctions.trades.kinds import procedures
from auctions.trades.models import Trade
from auctions.trades.policy import HOST
from listings.notices.models import DISCARDED, VOID, Notice
from listings.notices.policy import CREATE as CREATE_NOTICE
from listings.notices.terms import NOTICE_TERMS, RESULT
from marketplace.core.context import Context
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.registry import WorkItem

MOST = 50


def work_items(ctx: Context) -> Sequence[WorkItem]:
    return [*_to_confirm(ctx), *_to_notice(ctx)]


def _to_confirm(ctx: Context) -> Iterator[WorkItem]:
    if not HOST.possible(ctx.actor):
        return
    states = {
        state
        for procedure in procedures().values()
        for move in procedure.moves
        if move.target in procedure.succeeded
        for state in move.source
    }
    query = select(Trade).where(HOST.clause(ctx.actor, Trade), Trade.state.in_(sorted(states)))
    for trade in ctx.session.scalars(query.order_by(Trade.id).limit(MOST)).unique():
        url = url_for("confirmations.look", trade_id=trade.id)
        yield WorkItem(_("确认成交"), _subject(trade), url, tone="warn")


def _to_notice(ctx: Context) -> Iterator[WorkItem]:
    """Confirmed deals of the acting unit whose result is not on notice yet."""
    if not CREATE_NOTICE.possible(ctx.actor):
        return
    noticed = select(Notice.subject).where(Notice.kind == RESULT, Notice.state.not_in([VOID, DISCARDED]))
    query = select(Confirmation).where(
        Confirmation.holder_id == ctx.actor.org_id, Confirmation.id.not_in(noticed)
    )
    basis = NOTICE_TERMS[RESULT].basis.cited(current_language())
    for found in ctx.session.scalars(query.order_by(Confirmation.id.desc()).limit(MOST)).unique():
        url = url_for("notice_drafts.new", about=f"{RESULT}:{found.id}")
        yield WorkItem(_("起草交易结果公示"), _subject(found.trade), url, basis=basis)


def _subject(trade: Trade) -> str:
    return f"{trade.title} · {trade.number}"

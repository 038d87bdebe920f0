"""What offers put on workbenches: to whoever may offer and has not, until when."""

from collections.abc import Sequence

from flask import url_for
from sqlalchemy import select

from auctions.intents.models import ELIGIBLE, Intent
from auctions.offers.policy import MAKE
from auctions.offers.queries import may_offer, running
from auctions.trades.kinds import procedures
from auctions.trades.models import Trade
from marketplace.core.context import Context
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.registry import WorkItem

MOST = 50


def work_items(ctx: Context) -> Sequence[WorkItem]:
    """The trades in which the acting organisation is awaited."""
    if not MAKE.possible(ctx.actor):
        return []
    offering = frozenset().union(*(procedure.offering for procedure in procedures().values()))
    query = (
        select(Intent)
        .join(Trade, Trade.id == Intent.trade_id)
        .where(
            MAKE.clause(ctx.actor, Intent),
            Intent.state == ELIGIBLE,
            Trade.state.in_(sorted(offering)),
            Trade.suspended_at.is_(None),
        )
        .order_by(Trade.next_deadline)
        .limit(MOST)
    )
    return [_item(ctx, intent) for intent in ctx.session.scalars(query).unique() if _awaited(ctx, intent)]


def _awaited(ctx: Context, intent: Intent) -> bool:
    return may_offer(ctx, intent.trade, intent)


def _item(ctx: Context, intent: Intent) -> WorkItem:
    trade = intent.trade
    period = running(ctx, trade)
    basis = period.basis[0].cited(current_language()) if period is not None and period.basis else ""
    subject = f"{trade.title} · {trade.number}"
    url = url_for("offers.form", trade_id=trade.id)
    return WorkItem(_("提交报价"), subject, url, trade.next_deadline, basis, "warn")

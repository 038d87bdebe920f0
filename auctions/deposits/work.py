"""What waits for parties and officers of the desk: payments, records, checks, refunds, decisions."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from flask import url_for
from sqlalchemy import select

from auctions.deposits import models as d
from auctions.deposits.models import Deposit
from auctions.deposits.policy import CHECK, DECLARE, DESK, RECORD, SETTLE
from auctions.terms import law
from marketplace.core.context import Context
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.policy import Permission
from marketplace.core.registry import WorkItem
from marketplace.core.terms import Term

MOST = 50


def work_items(ctx: Context) -> Sequence[WorkItem]:
    """The actor's own steps."""
    return [*_party(ctx), *_clerk(ctx), *_checker(ctx), *_deciding(ctx)]


def menu_links(ctx: Context) -> Sequence[tuple[str, str]]:
    return [(url_for("settlement.listed"), _("结算台"))] if DESK.possible(ctx.actor) else []


def _party(ctx: Context) -> Iterator[WorkItem]:
    for deposit in _waiting(ctx, DECLARE, d.REQUIRED, d.REJECTED):
        yield _item(deposit, _("交纳保证金并申报"), deposit.due_at, law.DEPOSIT_PAYMENT)


def _clerk(ctx: Context) -> Iterator[WorkItem]:
    for deposit in _waiting(ctx, RECORD, d.DECLARED):
        yield _item(deposit, _("核对并登记保证金到账"), deposit.due_at, law.DEPOSIT_PAYMENT)
    for deposit in _waiting(ctx, RECORD, d.REFUND_DUE):
        yield _item(deposit, _("退还保证金"), deposit.refund_by, law.DEPOSIT_REFUND)


def _checker(ctx: Context) -> Iterator[WorkItem]:
    for deposit in _waiting(ctx, CHECK, d.RECORDED):
        yield _item(deposit, _("复核保证金到账"), None, law.DEPOSIT_PAYMENT)
    for deposit in _waiting(ctx, CHECK, d.REFUND_RECORDED):
        yield _item(deposit, _("复核保证金退款"), deposit.refund_by, law.DEPOSIT_REFUND)


def _deciding(ctx: Context) -> Iterator[WorkItem]:
    for deposit in _waiting(ctx, SETTLE, d.FORFEIT_PROPOSED):
        if deposit.forfeiture.get("proposed_by") != ctx.actor.user_id:
            yield _item(deposit, _("决定保证金是否没收"), None, law.DEPOSIT_REFUND)


def _waiting(ctx: Context, right: Permission, *states: str) -> Sequence[Deposit]:
    if not right.possible(ctx.actor):
        return ()
    query = select(Deposit).where(right.clause(ctx.actor, Deposit), Deposit.state.in_(states))
    return list(ctx.session.scalars(query.order_by(Deposit.due_at, Deposit.id).limit(MOST)).unique())


def _item(deposit: Deposit, title: str, due: datetime | None, term: Term) -> WorkItem:
    trade = deposit.intent.trade
    subject = f"{trade.title} · {trade.number}-{deposit.intent.code}"
    basis = term.basis.cited(current_language()) if due else ""
    return WorkItem(title, subject, url_for("deposits.page", deposit_id=deposit.id), due, basis, "warn")

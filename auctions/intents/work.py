"""What waits for parties, sellers and hosts of trades, by when, and by which rule."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from flask import url_for
from sqlalchemy import select

from auctions.intents import models as m
from auctions.intents.models import Intent
from auctions.intents.policy import EDIT, REGISTER, REPLY, REVIEW
from auctions.intents.queries import opinion_due, own_in_state, to_review
from auctions.terms import law
from marketplace.core.context import Context
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.registry import WorkItem
from marketplace.core.terms import Term

MOST = 50


def work_items(ctx: Context) -> Sequence[WorkItem]:
    """The actor's own steps."""
    return [*_party(ctx), *_seller(ctx), *_host(ctx)]


def menu_links(ctx: Context) -> Sequence[tuple[str, str]]:
    """The own list for those who may register, the queue for the host."""
    links = []
    if REGISTER.possible(ctx.actor):
        links.append((url_for("intents.own"), _("受让意向")))
    if REVIEW.possible(ctx.actor):
        links.append((url_for("intent_host.queue"), _("资格审查")))
    return links


def _party(ctx: Context) -> Iterator[WorkItem]:
    if EDIT.possible(ctx.actor):
        for intent in ctx.session.scalars(own_in_state(ctx, m.SUPPLEMENT).limit(MOST)).unique():
            yield _item(intent, _("补充意向登记的材料"), opinion_due(ctx, intent), law.OPINION)


def _seller(ctx: Context) -> Iterator[WorkItem]:
    if not REPLY.possible(ctx.actor):
        return
    query = select(Intent).where(REPLY.clause(ctx.actor, Intent), Intent.state == m.OPINED)
    for intent in ctx.session.scalars(query.order_by(Intent.next_deadline).limit(MOST)).unique():
        yield _item(intent, _("答复资格审查意见，逾期视为同意"), intent.next_deadline, law.SELLER_REPLY)


def _host(ctx: Context) -> Iterator[WorkItem]:
    if not REVIEW.possible(ctx.actor):
        return
    for intent in ctx.session.scalars(to_review(ctx).limit(MOST)).unique():
        title = _("审查意向方资格") if intent.state == m.REGISTERED else _("决定出让方的异议")
        yield _item(intent, title, opinion_due(ctx, intent), law.OPINION)


def _item(intent: Intent, title: str, due: datetime | None, term: Term) -> WorkItem:
    subject = f"{intent.trade.title} · {intent.trade.number}-{intent.code}"
    basis = term.basis.cited(current_language())
    url = url_for("intents.page", intent_id=intent.id)
    return WorkItem(title, subject, url, due, basis if due else "", "warn")

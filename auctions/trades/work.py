"""What waits for the seller and for the host: each with the day by which, and the rule it comes from."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from flask import url_for
from sqlalchemy import select

from auctions.gates.models import GATES
from auctions.gates.standing import standing_records
from auctions.priority.models import PriorityHolder
from auctions.questions.queries import open_questions
from auctions.terms import law
from auctions.trades.models import Trade
from auctions.trades.policy import CREATE, HOST, SUBMIT
from marketplace.core.context import Context
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.registry import WorkItem
from marketplace.core.terms import Term

MOST = 50
#: How long an unsold trade is offered to be listed anew.
REMEMBERED = timedelta(days=90)
#: So long before a suspension ends by itself it becomes a task.
SOON = timedelta(days=7)


def work_items(ctx: Context) -> Sequence[WorkItem]:
    return [*_of_seller(ctx), *_of_host(ctx)]


def menu_links(ctx: Context) -> Sequence[tuple[str, str]]:
    """The pages of trades in a person's own menu."""
    links = []
    if CREATE.possible(ctx.actor):
        links.append((url_for("trade_list.own_list"), _("本单位的交易")))
    if HOST.possible(ctx.actor):
        links.append((url_for("trade_desk.listed"), _("交易办理")))
    return links


def _of_seller(ctx: Context) -> Iterator[WorkItem]:
    if not SUBMIT.possible(ctx.actor):
        return
    mine = select(Trade).where(SUBMIT.clause(ctx.actor, Trade))
    live = mine.where(Trade.ended_at.is_(None)).order_by(Trade.saved_at.desc()).limit(MOST)
    trades = ctx.session.scalars(live).unique().all()
    ids = [trade.id for trade in trades]
    asked, untold = open_questions(ctx, ids), _untold(ctx, ids)
    for trade in trades:
        page = url_for("trades.page", trade_id=trade.id)
        if trade.state == "returned":
            url = url_for("trade_edit.form", trade_id=trade.id)
            yield WorkItem(_("修改交易并重新提交"), _subject(trade), url, tone="warn")
        if trade.id in untold and trade.announced_at is None:
            basis = _cited(law.PRIORITY_NOTICE)
            yield WorkItem(_("通知优先购买权人"), _subject(trade), f"{page}#holders", None, basis, "warn")
        if trade.id in asked and trade.announced_at is not None:
            url = url_for("trade_questions.answering", trade_id=trade.id, question_id=asked[trade.id].id)
            yield WorkItem(_("答复关于交易的提问"), _subject(trade), url, trade.next_deadline)
    yield from _unsold(ctx)


def _unsold(ctx: Context) -> Iterator[WorkItem]:
    """What found no buyer lately and has not been listed anew."""
    again = select(Trade.before_id).where(Trade.before_id.is_not(None), Trade.state != "discarded")
    query = select(Trade).where(
        SUBMIT.clause(ctx.actor, Trade),
        Trade.state == "unsold",
        Trade.ended_at > ctx.now - REMEMBERED,
        Trade.id.not_in(again),
    )
    for trade in ctx.session.scalars(query.order_by(Trade.ended_at.desc()).limit(MOST)).unique():
        url = url_for("trade_list.new", before=trade.id)
        yield WorkItem(_("决定是否重新挂牌"), _subject(trade), url)


def _of_host(ctx: Context) -> Iterator[WorkItem]:
    if not HOST.possible(ctx.actor):
        return
    hosted = select(Trade).where(HOST.clause(ctx.actor, Trade), Trade.ended_at.is_(None))
    waiting = hosted.where(Trade.state == "submitted").order_by(Trade.submitted_at).limit(MOST)
    for trade in ctx.session.scalars(waiting).unique():
        yield from _submitted(ctx, trade)
    stopped = hosted.where(Trade.suspended_at.is_not(None)).order_by(Trade.suspended_at).limit(MOST)
    for trade in ctx.session.scalars(stopped).unique():
        end = law.SUSPENSION.run(trade.suspended_at or ctx.now, ctx.calendar).end
        if end - ctx.now <= SOON:
            url = url_for("trades.page", trade_id=trade.id)
            yield WorkItem(
                _("中止将要期满：恢复或终止交易"), _subject(trade), url, end, _cited(law.SUSPENSION), "warn"
            )


def _submitted(ctx: Context, trade: Trade) -> Iterator[WorkItem]:
    """Gates first, then what is left to be decided."""
    due = law.APPLICATION_REVIEW.run(trade.submitted_at or ctx.now, ctx.calendar).end
    basis = _cited(law.APPLICATION_REVIEW)
    url = url_for("trades.page", trade_id=trade.id)
    passed = len(standing_records(ctx, trade))
    wanted = passed < len(GATES) and trade.submitted_by != ctx.actor.user_id
    title = _("作出交易的准入核查") if wanted else _("审核并公告交易")
    yield WorkItem(title, _subject(trade), f"{url}#gates" if wanted else url, due, basis)


def _untold(ctx: Context, trade_ids: Sequence[str]) -> set[str]:
    """Which of these trades have a holder of the right of first refusal who was not told."""
    query = select(PriorityHolder.trade_id).where(
        PriorityHolder.trade_id.in_(trade_ids), PriorityHolder.notified_at.is_(None)
    )
    return set(ctx.session.scalars(query))


def _cited(term: Term) -> str:
    return term.basis.cited(current_language())


def _subject(trade: Trade) -> str:
    return f"{trade.title} · {trade.number}"

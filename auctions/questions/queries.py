"""Questions about a trade, as a reader may see them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from auctions.questions.models import Question
from auctions.trades.kinds import procedure_of
from auctions.trades.models import Trade
from auctions.trades.policy import ANSWER, ASK
from marketplace.core.context import Context

#: While intents are being looked at, those who registered may still ask.
REVIEWING = "reviewing"


@dataclass(frozen=True)
class Asked:
    """A question as its reader sees it: `mine` when the acting organisation asked it."""

    question: Question
    mine: bool


def askable(trade: Trade) -> bool:
    """May questions be asked in the trade's state?"""
    return trade.state in procedure_of(trade.kind).registering | {REVIEWING}


def may_ask(ctx: Context, trade: Trade) -> bool:
    return ASK.allows(ctx.actor, trade) and trade.holder_id != ctx.actor.org_id and askable(trade)


def questions_of(ctx: Context, trade: Trade) -> list[Asked]:
    """Answered ones for everybody; open ones for the seller and for whoever asked. The oldest first."""
    query = select(Question).where(Question.trade_id == trade.id)
    if not ANSWER.allows(ctx.actor, trade):
        query = query.where(
            or_(Question.answered_at.is_not(None), Question.org_id == (ctx.actor.org_id or ""))
        )
    found = ctx.session.scalars(query.order_by(Question.asked_at, Question.id))
    return [Asked(question, question.org_id == ctx.actor.org_id) for question in found]


def open_questions(ctx: Context, trade_ids: Sequence[str]) -> dict[str, Question]:
    """Of each of these trades the question that has waited longest for its answer."""
    query = select(Question).where(Question.trade_id.in_(trade_ids), Question.answered_at.is_(None))
    found: dict[str, Question] = {}
    for question in ctx.session.scalars(query.order_by(Question.asked_at, Question.id)):
        found.setdefault(question.trade_id, question)
    return found

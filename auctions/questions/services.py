"""Asking about a trade, and answering: both are public once answered, whoever asked never is."""

from sqlalchemy import func, select

from auctions.questions.models import Question
from auctions.questions.queries import askable
from auctions.trades.engine import catch_up
from auctions.trades.models import Trade
from auctions.trades.policy import ANSWER, ASK
from auctions.trades.reach import trade_for
from listings.achievements.texts import storable, tidy
from listings.documents import digest_of
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict, FieldError, Invalid, NotFound, Words
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.ids import new_id
from marketplace.core.journal import record
from marketplace.core.lookup import get

LONGEST_QUESTION = 1_000
LONGEST_ANSWER = 2_000
#: Of one organisation about one trade, at a time.
MOST_UNANSWERED = 5


def ask(ctx: Context, trade_id: str, text: str) -> Question:
    """Put a question to the seller. Raises Invalid, and Conflict for the seller, or when questions are over or too many."""
    trade = trade_for(ctx, trade_id, ASK)
    catch_up(ctx, trade)
    if trade.holder_id == ctx.actor.org_id:
        raise Conflict(_l("出让方不能就自己的交易提问"), code="own_trade")
    if not askable(trade):
        raise Conflict(_l("提问已经截止"), code="wrong_state")
    said = _checked("text", text, LONGEST_QUESTION, _l("写明问题"))
    if _unanswered(ctx, trade) >= MOST_UNANSWERED:
        words = _l("最多同时有 %(most)s 个问题等待答复", most=MOST_UNANSWERED)
        raise Conflict(words, code="too_many")
    made = Question(
        id=new_id("qst", ctx.now),
        trade_id=trade.id,
        org_id=ctx.actor.org_id or "",
        asked_by=ctx.actor.person,
        asked_at=ctx.now,
        text=said,
        answer="",
    )
    ctx.session.add(made)
    ctx.session.flush()
    told: JSONObject = {"question": made.id, "text": digest_of({"text": said})}
    record(ctx, "trade.question_asked", trade.id, told)
    return made


def answer(ctx: Context, trade_id: str, question_id: str, text: str) -> Question:
    """The seller answers, for everybody and for good. Raises Invalid, NotFound, Conflict when answered already or over."""
    trade = trade_for(ctx, trade_id, ANSWER)
    catch_up(ctx, trade)
    question = get(ctx.session, Question, question_id)
    if question.trade_id != trade.id:
        raise NotFound
    if question.answered_at is not None or trade.ended_at is not None:
        raise Conflict(_l("当前状态不允许这一操作，页面内容可能已过时"), code="wrong_state")
    said = _checked("answer", text, LONGEST_ANSWER, _l("写明答复"))
    question.answer = said
    question.answered_by, question.answered_at = ctx.actor.person, ctx.now
    told: JSONObject = {"question": question.id, "answer": digest_of({"text": said})}
    record(ctx, "trade.question_answered", trade.id, told)
    return question


def _unanswered(ctx: Context, trade: Trade) -> int:
    query = select(func.count()).where(
        Question.trade_id == trade.id, Question.org_id == ctx.actor.org_id, Question.answered_at.is_(None)
    )
    return ctx.session.scalar(query) or 0


def _checked(name: str, text: str, limit: int, missing: Words) -> str:
    errors = []
    if not tidy(text):
        errors.append(FieldError(name, "required", missing))
    elif len(text) > limit or not storable(tidy(text)):
        errors.append(FieldError(name, "too_long", _l("不超过 %(limit)s 个字", limit=limit)))
    if errors:
        raise Invalid(errors)
    return tidy(text)

"""Asking about a trade, and the seller's answers."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from auctions.questions.models import Question
from auctions.questions.queries import may_ask
from auctions.questions.services import answer, ask
from auctions.trades.forms.acts import QuestionAnswerForm, QuestionForm
from auctions.trades.policy import ANSWER, ASK
from auctions.trades.reach import trade_for
from marketplace.core.errors import Invalid, NotFound
from marketplace.core.i18n import gettext as _
from marketplace.core.lookup import get
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.forms import form_page, request_key
from marketplace.web.guard import requires

questions = Blueprint("trade_questions", __name__)


@questions.route("/trades/<trade_id>/questions/new", methods=["GET", "POST"])
@requires(ASK)
def asking(trade_id: str) -> ResponseReturnValue:
    form = QuestionForm()
    if form.submitted():
        text = str(form.text.data or "")
        try:
            with unit_of_work(current_actor()) as ctx:
                once(ctx, request_key(), "trade.ask", lambda: ask(ctx, trade_id, text).id)
        except Invalid as invalid:
            form.complain(invalid)
        else:
            flash(_("问题已送达出让方，答复后公开"), "success")
            return redirect(url_for("trades.page", trade_id=trade_id, _anchor="questions"), 303)
    ctx = current()
    trade = trade_for(ctx, trade_id, ASK)
    if not form.errors and not may_ask(ctx, trade):
        return redirect(url_for("trades.page", trade_id=trade_id), 303)
    return form_page("auctions/questions/ask.html", form, trade=trade)


@questions.route("/work/trades/<trade_id>/questions/<question_id>", methods=["GET", "POST"])
@requires(ANSWER)
def answering(trade_id: str, question_id: str) -> ResponseReturnValue:
    form = QuestionAnswerForm()
    if form.submitted():
        text = str(form.answer.data or "")
        try:
            with unit_of_work(current_actor()) as ctx:
                once(ctx, request_key(), "trade.answer", lambda: answer(ctx, trade_id, question_id, text).id)
        except Invalid as invalid:
            form.complain(invalid)
        else:
            flash(_("答复已公开"), "success")
            return redirect(url_for("trades.page", trade_id=trade_id, _anchor="questions"), 303)
    ctx = current()
    trade = trade_for(ctx, trade_id, ANSWER)
    question = get(ctx.session, Question, question_id)
    if question.trade_id != trade.id:
        raise NotFound
    if question.answered_at is not None and not form.errors:
        return redirect(url_for("trades.page", trade_id=trade_id, _anchor="questions"), 303)
    return form_page("auctions/questions/answer.html", form, trade=trade, question=question)

"""What the host does: the queue, a supplement, the opinion, a rejection, a decision against the seller's objection."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from auctions.intents import models as m
from auctions.intents.forms import OpinionForm, RejectForm
from auctions.intents.labels import state_label
from auctions.intents.models import Intent
from auctions.intents.policy import REVIEW
from auctions.intents.queries import opinion_due, to_review
from auctions.intents.reach import intent_for
from auctions.intents.review import (
    ask_supplement,
    conditions_of,
    opine_qualified,
    overrule_objection,
    reject_intent,
)
from auctions.intents.views.acting import carried_out, question
from listings.note_form import NoteForm
from marketplace.core.context import Context
from marketplace.core.i18n import gettext as _
from marketplace.web.context import current
from marketplace.web.guard import requires
from marketplace.web.paging import paged

host = Blueprint("intent_host", __name__)


@host.get("/work/intent-reviews")
@requires(REVIEW)
def queue() -> ResponseReturnValue:
    """What waits for the host, the oldest first."""
    ctx = current()
    page = paged(ctx.session, to_review(ctx))
    rows = [(intent, state_label(intent.state), opinion_due(ctx, intent)) for intent in page.rows]
    return render_template("auctions/intents/queue.html", page=page, rows=rows, now=ctx.now)


@host.get("/work/intents/<intent_id>/ask")
@requires(REVIEW)
def asking(intent_id: str) -> ResponseReturnValue:
    return question("ask", intent_id, REVIEW, {m.REGISTERED}, NoteForm())


@host.post("/work/intents/<intent_id>/ask")
@requires(REVIEW)
def ask(intent_id: str) -> ResponseReturnValue:
    form = NoteForm()

    def command(ctx: Context) -> Intent:
        return ask_supplement(ctx, intent_id, str(form.note.data or ""))

    return carried_out("ask", intent_id, REVIEW, form, command, _("已要求补充，意向方会收到通知"))


@host.get("/work/intents/<intent_id>/opinion")
@requires(REVIEW)
def opining(intent_id: str) -> ResponseReturnValue:
    return question("opinion", intent_id, REVIEW, {m.REGISTERED, m.SUPPLEMENT}, OpinionForm())


@host.post("/work/intents/<intent_id>/opinion")
@requires(REVIEW)
def opine(intent_id: str) -> ResponseReturnValue:
    form = OpinionForm()

    def command(ctx: Context) -> Intent:
        return opine_qualified(ctx, intent_id, str(form.note.data or ""))

    return carried_out("opinion", intent_id, REVIEW, form, command, _("意见已出具，等待出让方答复"))


@host.get("/work/intents/<intent_id>/reject")
@requires(REVIEW)
def rejecting(intent_id: str) -> ResponseReturnValue:
    states = {m.REGISTERED, m.SUPPLEMENT, m.DISPUTED}
    return question("reject", intent_id, REVIEW, states, _reject_form(intent_id))


@host.post("/work/intents/<intent_id>/reject")
@requires(REVIEW)
def reject(intent_id: str) -> ResponseReturnValue:
    form = _reject_form(intent_id)

    def command(ctx: Context) -> Intent:
        return reject_intent(ctx, intent_id, form.to_input())

    return carried_out("reject", intent_id, REVIEW, form, command, _("已驳回，意向方会收到理由"))


@host.get("/work/intents/<intent_id>/overrule")
@requires(REVIEW)
def overruling(intent_id: str) -> ResponseReturnValue:
    return question("overrule", intent_id, REVIEW, {m.DISPUTED}, NoteForm())


@host.post("/work/intents/<intent_id>/overrule")
@requires(REVIEW)
def overrule(intent_id: str) -> ResponseReturnValue:
    form = NoteForm()

    def command(ctx: Context) -> Intent:
        return overrule_objection(ctx, intent_id, str(form.note.data or ""))

    return carried_out("overrule", intent_id, REVIEW, form, command, _("已认定合格，出让方会收到理由"))


def _reject_form(intent_id: str) -> RejectForm:
    return RejectForm(conditions_of(intent_for(current(), intent_id, REVIEW).trade))

"""What the party does with its intent: supplement it, withdraw it."""

from flask import Blueprint, flash
from flask.typing import ResponseReturnValue

from auctions.intents import models as m
from auctions.intents.forms import SupplementForm
from auctions.intents.lifecycle import UNDECIDED
from auctions.intents.policy import EDIT
from auctions.intents.reach import intent_for
from auctions.intents.services import supplement_intent, withdraw_intent
from auctions.intents.supplements import rounds_of
from auctions.intents.views.acting import back, question, run, shown
from listings.decisions.minutes import ACCEPTED, as_claim
from listings.decisions.record import Minutes
from listings.decisions.sending import sent_file
from marketplace.core.errors import Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.runtime import runtime
from marketplace.web.context import current, current_actor
from marketplace.web.forms import Form
from marketplace.web.guard import requires

bidder = Blueprint("intent_party", __name__, url_prefix="/work/intents/<intent_id>")


@bidder.get("/supplement")
@requires(EDIT)
def supplementing(intent_id: str) -> ResponseReturnValue:
    intent = intent_for(current(), intent_id, EDIT)
    if intent.state != m.SUPPLEMENT:
        return back(intent_id)
    return _page(intent_id, SupplementForm(), None)


@bidder.post("/supplement")
@requires(EDIT)
def supplement(intent_id: str) -> ResponseReturnValue:
    intent_for(current(), intent_id, EDIT)  # before a file is taken from whoever may not
    form = SupplementForm()
    form.submitted()
    paper = sent_file(form, "paper")
    if not form.errors:
        try:
            run(
                "supplement",
                lambda ctx: supplement_intent(ctx, intent_id, form.answer.data or "", paper),
            )
        except Invalid as invalid:
            form.complain(invalid)
        else:
            flash(_("已补充，继续审查"), "success")
            return back(intent_id)
    return _page(intent_id, form, paper), 422


@bidder.get("/withdraw")
@requires(EDIT)
def withdrawing(intent_id: str) -> ResponseReturnValue:
    return question("withdraw", intent_id, EDIT, {*UNDECIDED, m.QUALIFIED}, Form())


@bidder.post("/withdraw")
@requires(EDIT)
def withdraw(intent_id: str) -> ResponseReturnValue:
    run("withdraw", lambda ctx: withdraw_intent(ctx, intent_id))
    flash(_("登记已撤回"), "success")
    return back(intent_id)


def _page(intent_id: str, form: SupplementForm, paper: Minutes | None) -> str:
    intent = intent_for(current(), intent_id, EDIT)
    form.kept_paper.data = as_claim(current_actor(), paper) if paper else ""
    rounds = rounds_of(intent)
    return shown(
        "supplement",
        intent,
        form,
        asked=rounds[-1].asked if rounds else "",
        accepted=ACCEPTED,
        most=runtime().settings.upload_max_bytes,
        kept=paper.name if paper else "",
    )

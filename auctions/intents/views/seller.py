"""What the seller answers to the host's opinion."""

from flask import Blueprint, flash
from flask.typing import ResponseReturnValue

from auctions.intents.models import OPINED, Intent
from auctions.intents.policy import REPLY
from auctions.intents.reply import agree_to, object_to
from auctions.intents.views.acting import back, carried_out, question, run
from listings.note_form import NoteForm
from marketplace.core.context import Context
from marketplace.core.i18n import gettext as _
from marketplace.web.guard import requires

seller = Blueprint("intent_seller", __name__, url_prefix="/work/intents/<intent_id>")


@seller.post("/agree")
@requires(REPLY)
def agree(intent_id: str) -> ResponseReturnValue:
    run("agree", lambda ctx: agree_to(ctx, intent_id))
    flash(_("已同意，意向方会收到通知"), "success")
    return back(intent_id)


@seller.get("/object")
@requires(REPLY)
def objecting(intent_id: str) -> ResponseReturnValue:
    return question("object", intent_id, REPLY, {OPINED}, NoteForm())


@seller.post("/object")
@requires(REPLY)
def object_(intent_id: str) -> ResponseReturnValue:
    form = NoteForm()

    def command(ctx: Context) -> Intent:
        return object_to(ctx, intent_id, str(form.note.data or ""))

    return carried_out("object", intent_id, REPLY, form, command, _("异议已提交，由示范区决定"))

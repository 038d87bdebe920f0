"""Acts on a grant that need a reason or a second look. Each has a page that asks, so none needs scripts."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from listings.grants.drafting import discard_grant
from listings.grants.models import DECIDED, DRAFT, SUBMITTED, UNIT_REVIEW, RightsGrant
from listings.grants.policy import EDIT, REVIEW, WITHDRAW
from listings.grants.reach import grant_for
from listings.grants.services import return_grant, withdraw_grant
from listings.note_form import NoteForm
from marketplace.core.context import Context
from marketplace.core.errors import Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.policy import Permission
from marketplace.core.uow import unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.guard import requires

acts = Blueprint("grant_acts", __name__, url_prefix="/work/grants/<grant_id>")


@acts.get("/return")
@requires(REVIEW)
def returning(grant_id: str) -> ResponseReturnValue:
    return _question("return", grant_id, REVIEW, SUBMITTED, UNIT_REVIEW)


@acts.post("/return")
@requires(REVIEW)
def return_(grant_id: str) -> ResponseReturnValue:
    return _act("return", grant_id, REVIEW, return_grant, _("已退回，起草人会收到通知"))


@acts.get("/withdraw")
@requires(WITHDRAW)
def withdrawing(grant_id: str) -> ResponseReturnValue:
    return _question("withdraw", grant_id, WITHDRAW, DECIDED)


@acts.post("/withdraw")
@requires(WITHDRAW)
def withdraw(grant_id: str) -> ResponseReturnValue:
    return _act("withdraw", grant_id, WITHDRAW, withdraw_grant, _("赋权已撤销"))


@acts.get("/discard")
@requires(EDIT)
def discarding(grant_id: str) -> ResponseReturnValue:
    grant = grant_for(current(), grant_id, EDIT)
    if grant.state != DRAFT:
        return redirect(url_for("grants.page", grant_id=grant_id), 303)
    return render_template("listings/grants/discard.html", grant=grant)


@acts.post("/discard")
@requires(EDIT)
def discard(grant_id: str) -> ResponseReturnValue:
    with unit_of_work(current_actor()) as ctx:
        discard_grant(ctx, grant_id)
    flash(_("草稿已删除"), "success")
    return redirect(url_for("grant_list.own_list"), 303)


def _question(act: str, grant_id: str, permission: Permission, *states: str) -> ResponseReturnValue:
    grant = grant_for(current(), grant_id, permission)
    if grant.state not in states:
        return redirect(url_for("grants.page", grant_id=grant_id), 303)
    return _page(act, grant, NoteForm())


def _act(
    act: str,
    grant_id: str,
    permission: Permission,
    command: Callable[[Context, str, str], RightsGrant],
    said: str,
) -> ResponseReturnValue:
    form = NoteForm()
    try:
        with unit_of_work(current_actor()) as ctx:
            command(ctx, grant_id, str(form.note.data or ""))
    except Invalid as invalid:
        form.complain(invalid)
        return _page(act, grant_for(current(), grant_id, permission), form), 422
    flash(said, "success")
    if act == "return":  # a draft is its authors' again
        return redirect(url_for("grant_list.own_list"), 303)
    return redirect(url_for("grants.page", grant_id=grant_id), 303)


def _page(act: str, grant: RightsGrant, form: NoteForm) -> str:
    return render_template(f"listings/grants/{act}.html", grant=grant, form=form)

"""Acts on a plan that need a reason or a second look. Each has a page that asks, so none needs scripts."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from listings.note_form import NoteForm
from listings.plans.drafting import discard_plan
from listings.plans.models import DECIDED, DRAFT, SUBMITTED, Plan
from listings.plans.policy import EDIT, RETURN, WITHDRAW
from listings.plans.queries import plan_for
from listings.plans.services import return_plan, withdraw_plan
from marketplace.core.context import Context
from marketplace.core.errors import Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.policy import Permission
from marketplace.core.uow import unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.guard import requires

acts = Blueprint("plan_acts", __name__, url_prefix="/work/plans/<plan_id>")


@acts.get("/return")
@requires(RETURN)
def returning(plan_id: str) -> ResponseReturnValue:
    return _question("return", plan_id, RETURN, SUBMITTED)


@acts.post("/return")
@requires(RETURN)
def return_(plan_id: str) -> ResponseReturnValue:
    return _act("return", plan_id, RETURN, return_plan, _("方案已退回，起草人会收到通知"))


@acts.get("/withdraw")
@requires(WITHDRAW)
def withdrawing(plan_id: str) -> ResponseReturnValue:
    return _question("withdraw", plan_id, WITHDRAW, DECIDED)


@acts.post("/withdraw")
@requires(WITHDRAW)
def withdraw(plan_id: str) -> ResponseReturnValue:
    return _act("withdraw", plan_id, WITHDRAW, withdraw_plan, _("方案已撤销"))


@acts.get("/discard")
@requires(EDIT)
def discarding(plan_id: str) -> ResponseReturnValue:
    plan = plan_for(current(), plan_id, EDIT)
    if plan.state != DRAFT:
        return redirect(url_for("plans.page", plan_id=plan_id), 303)
    return render_template("listings/plans/discard.html", plan=plan)


@acts.post("/discard")
@requires(EDIT)
def discard(plan_id: str) -> ResponseReturnValue:
    with unit_of_work(current_actor()) as ctx:
        discard_plan(ctx, plan_id)
    flash(_("草稿已删除"), "success")
    return redirect(url_for("plan_list.own_list"), 303)


def _question(act: str, plan_id: str, permission: Permission, state: str) -> ResponseReturnValue:
    plan = plan_for(current(), plan_id, permission)
    if plan.state != state:
        return redirect(url_for("plans.page", plan_id=plan_id), 303)
    return _page(act, plan, NoteForm())


def _act(
    act: str, plan_id: str, permission: Permission, command: Callable[[Context, str, str], Plan], said: str
) -> ResponseReturnValue:
    form = NoteForm()
    try:
        with unit_of_work(current_actor()) as ctx:
            command(ctx, plan_id, str(form.note.data or ""))
    except Invalid as invalid:
        form.complain(invalid)
        return _page(act, plan_for(current(), plan_id, permission), form), 422
    flash(said, "success")
    return redirect(url_for("plans.page", plan_id=plan_id), 303)


def _page(act: str, plan: Plan, form: NoteForm) -> str:
    return render_template(f"listings/plans/{act}.html", plan=plan, form=form)

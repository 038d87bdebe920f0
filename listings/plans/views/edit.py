"""The form of a plan."""

from dataclasses import fields

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from listings.plans.content import PlanContent, from_json, to_json
from listings.plans.drafting import save_plan
from listings.plans.forms.plan import PlanForm
from listings.plans.labels import FIELDS, in_words, section_label
from listings.plans.models import DRAFT
from listings.plans.policy import EDIT, SUBMIT
from listings.plans.queries import plan_for
from marketplace.accounts.people import name_of
from marketplace.core.errors import Conflict, Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.uow import unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.guard import requires

edit = Blueprint("plan_edit", __name__, url_prefix="/work/plans/<plan_id>/edit")

NAMES = tuple(field.name for field in fields(PlanContent))


@edit.get("")
@requires(EDIT)
def form(plan_id: str) -> ResponseReturnValue:
    plan = plan_for(current(), plan_id, EDIT)
    if plan.state != DRAFT:
        return redirect(url_for("plans.page", plan_id=plan_id), 303)
    shown = PlanForm()
    shown.show(from_json(plan.content))
    return _page(plan_id, shown, plan.version)


@edit.post("")
@requires(EDIT)
def save(plan_id: str) -> ResponseReturnValue:
    """Save the draft. With a complaint or a colleague's save in between, the page comes back with all that was typed."""
    plan_for(current(), plan_id, EDIT)
    sent = PlanForm()
    version = request.form.get("version", 0, type=int)
    sent.submitted()
    if sent.errors or "more" in request.form:
        sent.offer_more()
        return _page(plan_id, sent, version), 422 if sent.errors else 200
    try:
        with unit_of_work(current_actor()) as ctx:
            save_plan(ctx, plan_id, sent.changes(), version=version)
    except Invalid as invalid:
        sent.complain(invalid)
        sent.offer_more()
        return _page(plan_id, sent, version), 422
    except Conflict as conflict:
        sent.offer_more()
        return _page(plan_id, sent, None, conflict), 409
    flash(_("草稿已保存"), "success")
    then = "plan_submission.check" if request.form.get("then") == "check" else "plans.page"
    return redirect(url_for(then, plan_id=plan_id), 303)


def _page(plan_id: str, sent: PlanForm, version: int | None, conflict: Conflict | None = None) -> str:
    """The page with the form on it; after a conflict, with what is stored beside what was typed."""
    ctx = current()
    plan = plan_for(ctx, plan_id, EDIT)
    return render_template(
        "listings/plans/edit.html",
        plan=plan,
        form=sent,
        version=plan.version if version is None else version,
        section_label=section_label,
        conflict=conflict,
        differences=_differences(from_json(plan.content), sent) if conflict else [],
        saved_by=name_of(ctx, plan.saved_by),
        can_submit=SUBMIT.allows(ctx.actor, plan),
    )


def _differences(stored: PlanContent, sent: PlanForm) -> list[tuple[str, str, str]]:
    """(name, stored, typed) of every field of which the two differ."""
    mine = from_json({**to_json(stored), **sent.changes()})
    return [
        (str(FIELDS[name]), in_words(stored, name), in_words(mine, name))
        for name in NAMES
        if getattr(stored, name) != getattr(mine, name)
    ]

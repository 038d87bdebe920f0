"""The last look at a draft, its submission, and taking it back."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from listings.plans.content import SECTIONS, from_json
from listings.plans.facts import facts_about
from listings.plans.labels import FIELDS, in_words, section_label
from listings.plans.models import DRAFT, Plan
from listings.plans.policy import SUBMIT
from listings.plans.queries import plan_for
from listings.plans.related import bodies_for, route_complaints
from listings.plans.rules import submission_complaints
from listings.plans.services import recall_plan, submit_plan
from listings.unit_rules.content import from_json as rules_from_json
from listings.unit_rules.queries import rules_in_force
from marketplace.accounts.people import name_of
from marketplace.core.context import Context
from marketplace.core.errors import Conflict, FieldError, Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.forms import Form, request_key
from marketplace.web.guard import requires

submission = Blueprint("plan_submission", __name__, url_prefix="/work/plans/<plan_id>")


@submission.get("/check")
@requires(SUBMIT)
def check(plan_id: str) -> ResponseReturnValue:
    """Everything once more before it is submitted, each complaint beside its row."""
    plan = plan_for(current(), plan_id, SUBMIT)
    if plan.state != DRAFT:
        return redirect(url_for("plans.page", plan_id=plan_id), 303)
    return _check_page(plan)


@submission.post("/check")
@requires(SUBMIT)
def submit(plan_id: str) -> ResponseReturnValue:
    """Submit what was looked at; if the draft was saved since, look again."""
    version = request.form.get("version", 0, type=int)
    try:
        with unit_of_work(current_actor()) as ctx:
            once(ctx, request_key(), "plan.submit", lambda: submit_plan(ctx, plan_id, version=version).id)
    except (Invalid, Conflict) as problem:
        plan = plan_for(current(), plan_id, SUBMIT)
        if plan.state != DRAFT or (isinstance(problem, Conflict) and problem.code != "stale"):
            raise
        return _check_page(plan, overtaken=isinstance(problem, Conflict)), problem.status
    flash(_("方案已提交，等待集体决策"), "success")
    return redirect(url_for("plans.page", plan_id=plan_id), 303)


@submission.post("/recall")
@requires(SUBMIT)
def recall(plan_id: str) -> ResponseReturnValue:
    with unit_of_work(current_actor()) as ctx:
        recall_plan(ctx, plan_id)
    flash(_("已撤回，可以继续修改"), "success")
    return redirect(url_for("plans.page", plan_id=plan_id), 303)


def _check_page(plan: Plan, *, overtaken: bool = False) -> str:
    ctx = current()
    content = from_json(plan.content)
    rules = rules_in_force(ctx, plan.holder_id)
    found = _sentences(ctx, plan)
    sections = [
        (
            section.name,
            section_label(section.name),
            [
                (name, str(FIELDS[name]), in_words(content, name), found.get(name, []))
                for name in section.fields
            ],
        )
        for section in SECTIONS
    ]
    return render_template(
        "listings/plans/check.html",
        plan=plan,
        form=Form(),
        sections=sections,
        wrong=len(found),
        bodies=bodies_for(content, rules_from_json(rules.content)) if rules else (),
        overtaken=overtaken,
        saved_by=name_of(ctx, plan.saved_by),
    )


def _sentences(ctx: Context, plan: Plan) -> dict[str, list[str]]:
    """Complaints by content field, each once."""
    content, rules = from_json(plan.content), rules_in_force(ctx, plan.holder_id)
    complaints: list[FieldError] = list(submission_complaints(content, facts_about(ctx, plan.achievement)))
    if rules is not None:
        complaints += route_complaints(content, rules_from_json(rules.content))
    found: dict[str, list[str]] = {}
    for complaint in complaints:
        sentences = found.setdefault(complaint.field.partition(".")[0], [])
        if str(complaint.message) not in sentences:
            sentences.append(str(complaint.message))
    return found

"""Starting a disclosure: what will be asked, the secrecy questions, and the task list."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from listings.achievements.forms.acts import answers_of, assessment_form
from listings.achievements.labels import CLEARANCES, basis_words, question_groups
from listings.classification import codes
from listings.disclosures.confirming import awaited, complaints_about, ready
from listings.disclosures.content import SECTIONS, Content, from_json
from listings.disclosures.drafting import create_disclosure
from listings.disclosures.labels import name_to_show, section_label, state_label
from listings.disclosures.models import EDITABLE, Disclosure
from listings.disclosures.policy import CREATE, EDIT
from listings.disclosures.reach import disclosure_for
from listings.disclosures.secrecy import assess, last_assessment
from listings.disclosures.views.warnings import warnings_about
from listings.secrecy import BLOCKED, DRAFTABLE, answers_in, blocking_questions, questions_hit
from listings.shares import percent
from listings.signatories import absent
from marketplace.accounts.people import name_of
from marketplace.core.errors import Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.forms import Form, request_key
from marketplace.web.guard import requires

drafts = Blueprint("disclosure_drafts", __name__, url_prefix="/disclosures")


@dataclass(frozen=True)
class Task:
    """A row of the task list. `state` of the component: done, doing, todo, blocked, wrong."""

    label: str
    href: str
    state: str
    hint: str = ""


@drafts.get("/new")
@requires(CREATE)
def new() -> ResponseReturnValue:
    """What will be asked, before anything is created."""
    labels = [section_label(name) for name in (*SECTIONS, "confidential")]
    return render_template("listings/disclosures/new.html", form=Form(), sections=labels)


@drafts.post("/new")
@requires(CREATE)
def create() -> ResponseReturnValue:
    with unit_of_work(current_actor()) as ctx:
        made = once(ctx, request_key(), "disclosure.create", lambda: create_disclosure(ctx).id)
    return redirect(url_for(".assessment", disclosure_id=made), 303)


@drafts.get("/<disclosure_id>/assessment")
@requires(EDIT)
def assessment(disclosure_id: str) -> ResponseReturnValue:
    """The secrecy questions; nothing else may be typed before they are answered."""
    ctx = current()
    disclosure = disclosure_for(ctx, disclosure_id, EDIT)
    last = last_assessment(ctx, disclosure)
    return _assessment_page(disclosure, assessment_form(answers_in(last) if last else None))


@drafts.post("/<disclosure_id>/assessment")
@requires(EDIT)
def answer_assessment(disclosure_id: str) -> ResponseReturnValue:
    form = assessment_form()
    try:
        with unit_of_work(current_actor()) as ctx:
            clearance = assess(ctx, disclosure_id, answers_of(form)).clearance
    except Invalid as invalid:
        form.complain(invalid)
        return _assessment_page(disclosure_for(current(), disclosure_id, EDIT), form), 422
    target = ".assessment" if clearance == BLOCKED else ".tasks"
    return redirect(url_for(target, disclosure_id=disclosure_id), 303)


def _assessment_page(disclosure: Disclosure, form: Any) -> str:
    ctx = current()
    last = last_assessment(ctx, disclosure)
    return render_template(
        "listings/disclosures/assessment.html",
        disclosure=disclosure,
        form=form,
        last=last,
        clearance=CLEARANCES[disclosure.clearance],
        assessor=name_of(ctx, last.assessed_by) if last else "",
        blocking=blocking_questions(last) if last and disclosure.clearance == BLOCKED else [],
        hit=questions_hit(last) if last else [],
        outcomes=codes("secrecy_outcomes"),
        groups=question_groups(),
        basis_words=basis_words,
        changeable=disclosure.state in EDITABLE,
    )


@drafts.get("/<disclosure_id>/edit")
@requires(EDIT)
def tasks(disclosure_id: str) -> ResponseReturnValue:
    """The pages of the form with their states, the completers' confirmations, and what the unit asked for."""
    ctx = current()
    disclosure = disclosure_for(ctx, disclosure_id, EDIT)
    if disclosure.state not in EDITABLE:
        return redirect(url_for("disclosures.page", disclosure_id=disclosure_id), 303)
    if disclosure.clearance not in DRAFTABLE:
        return redirect(url_for(".assessment", disclosure_id=disclosure_id), 303)
    content = from_json(disclosure.content)
    returned = [decision for decision in disclosure.decisions if decision.outcome == "return"]
    return render_template(
        "listings/disclosures/tasks.html",
        disclosure=disclosure,
        title=name_to_show(disclosure),
        state=state_label(disclosure.state),
        tasks=[_assessment_task(disclosure), *_tasks(disclosure, content)],
        returned=returned[-1] if returned and disclosure.state == "returned" else None,
        ready=not complaints_about(disclosure),
        complete=ready(disclosure),
        to_confirm=awaited(disclosure, ctx.actor),
        warnings=warnings_about(ctx, disclosure),
        saved_by=name_of(ctx, disclosure.saved_by),
        form=Form(),
        percent=percent,
        absent=absent(ctx, disclosure.holder_id, disclosure.completers),
    )


def _assessment_task(disclosure: Disclosure) -> Task:
    words = str(CLEARANCES[disclosure.clearance][0])
    return Task(_("保密自查"), url_for(".assessment", disclosure_id=disclosure.id), "done", words)


def _tasks(disclosure: Disclosure, content: Content) -> list[Task]:
    wrong = {complaint.field.partition(".")[0] for complaint in complaints_about(disclosure)}
    empty = Content()
    found = []
    for name, fields in SECTIONS.items():
        touched = any(getattr(content, field) != getattr(empty, field) for field in fields)
        touched = touched or any(field in disclosure.typed for field in fields)
        incomplete = bool(wrong & set(fields))
        state = "doing" if touched and incomplete else "done" if touched else "todo"
        href = url_for("disclosure_sections.section", disclosure_id=disclosure.id, name=name)
        found.append(Task(section_label(name), href, state))
    href = url_for("disclosure_description.question", disclosure_id=disclosure.id)
    found.append(Task(section_label("confidential"), href, "done" if disclosure.described else "todo"))
    return found

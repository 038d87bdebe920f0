"""Starting a draft: what will be asked, the secrecy questions, and the task list of sections."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from listings.achievements.content import SECTIONS, Content, from_json
from listings.achievements.drafting import create_draft
from listings.achievements.forms import section_label
from listings.achievements.forms.acts import answers_of, assessment_form
from listings.achievements.labels import CLEARANCES, basis_words, question_groups, state_label
from listings.achievements.models import RETURNED, SUBMITTED, WITHDRAWN, Achievement, Revision
from listings.achievements.policy import CREATE, EDIT, SUBMIT, WITHDRAW
from listings.achievements.queries import like_titled
from listings.achievements.reach import achievement_for, public_revision, working_revision
from listings.achievements.returned import asked_changes, sections_asked
from listings.achievements.rules import submission_complaints
from listings.achievements.secrecy import (
    BLOCKED,
    DRAFTABLE,
    answers_in,
    assess,
    blocking_questions,
    last_assessment,
    questions_hit,
)
from listings.classification import codes
from marketplace.accounts.people import name_of
from marketplace.core.errors import Invalid, NotFound
from marketplace.core.i18n import gettext as _
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.forms import Form, request_key
from marketplace.web.guard import requires

drafts = Blueprint("drafts", __name__, url_prefix="/achievements")


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
    labels = [section_label(section.name) for section in SECTIONS]
    return render_template("listings/achievements/new.html", form=Form(), sections=labels)


@drafts.post("/new")
@requires(CREATE)
def create() -> ResponseReturnValue:
    with unit_of_work(current_actor()) as ctx:
        made = once(ctx, request_key(), "achievement.create", lambda: create_draft(ctx).id)
    return redirect(url_for("drafts.assessment", achievement_id=made), 303)


@drafts.get("/<achievement_id>/assessment")
@requires(EDIT)
def assessment(achievement_id: str) -> ResponseReturnValue:
    """The secrecy questions; nothing else may be typed before they are answered."""
    ctx = current()
    achievement = achievement_for(ctx, achievement_id, EDIT)
    last = last_assessment(ctx, achievement)
    return _assessment_page(achievement, assessment_form(answers_in(last) if last else None))


@drafts.post("/<achievement_id>/assessment")
@requires(EDIT)
def answer_assessment(achievement_id: str) -> ResponseReturnValue:
    form = assessment_form()
    try:
        with unit_of_work(current_actor()) as ctx:
            clearance = assess(ctx, achievement_id, answers_of(form)).clearance
    except Invalid as invalid:
        form.complain(invalid)
        return _assessment_page(achievement_for(current(), achievement_id, EDIT), form), 422
    target = "drafts.assessment" if clearance == BLOCKED else "drafts.tasks"
    return redirect(url_for(target, achievement_id=achievement_id), 303)


def _assessment_page(achievement: Achievement, form: Any) -> str:
    ctx = current()
    last = last_assessment(ctx, achievement)
    working = working_revision(achievement)
    return render_template(
        "listings/achievements/assessment.html",
        achievement=achievement,
        form=form,
        last=last,
        clearance=CLEARANCES[achievement.clearance],
        assessor=name_of(ctx, last.assessed_by) if last else "",
        blocking=blocking_questions(last) if last and achievement.clearance == BLOCKED else [],
        hit=questions_hit(last) if last else [],
        outcomes=codes("secrecy_outcomes"),
        groups=question_groups(),
        basis_words=basis_words,
        in_review=working is not None and working.state == SUBMITTED,
        may_recall=SUBMIT.allows(ctx.actor, achievement),
        may_withdraw=WITHDRAW.allows(ctx.actor, achievement),
    )


@drafts.get("/<achievement_id>/edit")
@requires(EDIT)
def tasks(achievement_id: str) -> ResponseReturnValue:
    """The sections with their states, and what was asked to be changed."""
    ctx = current()
    achievement = achievement_for(ctx, achievement_id, EDIT)
    if achievement.state == WITHDRAWN:
        return redirect(url_for("achievements.page", achievement_id=achievement_id), 303)
    if achievement.clearance not in DRAFTABLE:
        return redirect(url_for("drafts.assessment", achievement_id=achievement_id), 303)
    revision = working_revision(achievement) or public_revision(achievement)
    if revision is None:
        raise NotFound
    content = from_json(revision.content)
    return render_template(
        "listings/achievements/tasks.html",
        achievement=achievement,
        revision=revision,
        title=content.title or achievement.number,
        working=achievement.working_n is not None,
        state_label=state_label,
        clearance=CLEARANCES[achievement.clearance],
        tasks=[_assessment_task(achievement), *_section_tasks(achievement, revision, content)],
        asked=asked_changes(revision.reasons) if revision.state == RETURNED else [],
        ready=not list(submission_complaints(content)) and not revision.typed,
        duplicates=like_titled(ctx, achievement.title_key, apart_from=achievement.id),
        may_submit=SUBMIT.allows(ctx.actor, achievement),
        may_withdraw=WITHDRAW.allows(ctx.actor, achievement),
        saved_by=name_of(ctx, revision.saved_by),
    )


def _assessment_task(achievement: Achievement) -> Task:
    words = str(CLEARANCES[achievement.clearance][0])
    return Task(_("保密自查"), url_for("drafts.assessment", achievement_id=achievement.id), "done", words)


def _section_tasks(achievement: Achievement, revision: Revision, content: Content) -> list[Task]:
    asked = sections_asked(revision.reasons) if revision.state == RETURNED else set()
    wrong = {complaint.field.partition(".")[0] for complaint in submission_complaints(content)}
    wrong |= set(revision.typed)
    empty = Content()
    found = []
    for section in SECTIONS:
        touched = any(getattr(content, name) != getattr(empty, name) for name in section.fields)
        touched = touched or any(name in revision.typed for name in section.fields)
        incomplete = bool(wrong & set(section.fields))
        state = _state(asked=section.name in asked, incomplete=incomplete, touched=touched)
        if section.name == "disclosure" and not touched:
            state = "done"  # everything is public unless the holder says otherwise
        hint = _("选填") if state == "todo" and not incomplete else ""
        href = url_for("draft_sections.section", achievement_id=achievement.id, name=section.name)
        blocked = revision.state == SUBMITTED
        found.append(Task(section_label(section.name), href, "blocked" if blocked else state, hint))
    return found


def _state(*, asked: bool, incomplete: bool, touched: bool) -> str:
    if asked:
        return "wrong"
    if not touched:
        return "todo"
    return "doing" if incomplete else "done"

"""The form: a task list of sections, each saved by itself, autosaved while typing, checked before submission."""

from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from listings.achievements.content import SECTIONS, Content, from_json
from listings.achievements.drafting import create_draft, save_draft
from listings.achievements.forms import SECTION_FORMS, SectionForm, section_label
from listings.achievements.forms.acts import SubmitForm, UploadForm, answers_of, assessment_form
from listings.achievements.forms.sections import ListedForm
from listings.achievements.labels import FIELDS, in_words
from listings.achievements.models import DRAFT, RETURNED, SUBMITTED, Achievement, Revision
from listings.achievements.policy import CREATE, EDIT, SUBMIT
from listings.achievements.queries import like_titled
from listings.achievements.reach import achievement_for, public_revision, working_revision
from listings.achievements.rules import submission_complaints
from listings.achievements.secrecy import BLOCKED, DRAFTABLE, assess
from listings.achievements.services import submit
from marketplace.accounts.people import name_of
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict, Invalid, NotFound
from marketplace.core.i18n import gettext as _
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.filters import clock_time
from marketplace.web.forms import Form, request_key
from marketplace.web.guard import requires

editing = Blueprint("drafts", __name__, url_prefix="/achievements")


@editing.get("/new")
@requires(CREATE)
def new() -> ResponseReturnValue:
    """What will be asked, before anything is created."""
    return render_template("listings/achievements/new.html", form=Form())


@editing.post("/new")
@requires(CREATE)
def create() -> ResponseReturnValue:
    with unit_of_work(current_actor()) as ctx:
        made = once(ctx, request_key(), "achievement.create", lambda: create_draft(ctx).id)
    return redirect(url_for("drafts.assessment", achievement_id=made), 303)


@editing.get("/<achievement_id>/assessment")
@requires(EDIT)
def assessment(achievement_id: str) -> ResponseReturnValue:
    """The secrecy questions; nothing else may be typed before they are answered."""
    achievement = achievement_for(current(), achievement_id, EDIT)
    return _assessment_page(achievement, assessment_form())


@editing.post("/<achievement_id>/assessment")
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
    return render_template(
        "listings/achievements/assessment.html",
        achievement=achievement,
        form=form,
        blocked=achievement.clearance == BLOCKED,
    )


@editing.get("/<achievement_id>/edit")
@requires(EDIT)
def tasks(achievement_id: str) -> ResponseReturnValue:
    """The sections with their states, and what was asked to be changed."""
    ctx = current()
    achievement = achievement_for(ctx, achievement_id, EDIT)
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
        content=content,
        sections=_section_states(achievement, revision, content),
        ready=not list(submission_complaints(content)) and not revision.typed,
        duplicates=like_titled(ctx, achievement.title_key, apart_from=achievement.id),
        may_submit=SUBMIT.allows(ctx.actor, achievement),
        saved_by=name_of(ctx, revision.saved_by),
        confirm_form=Form(),
    )


def _section_states(achievement: Achievement, revision: Revision, content: Content) -> list[dict[str, str]]:
    asked = {str(reason["field"]) for reason in revision.reasons} if revision.state == RETURNED else set()
    complaints = {complaint.field.split(".")[0] for complaint in submission_complaints(content)} | set(
        revision.typed
    )
    empty = Content()
    rows = []
    for section in SECTIONS:
        touched = any(getattr(content, name) != getattr(empty, name) for name in section.fields)
        wrong = bool(complaints & set(section.fields))
        state = (
            "wrong"
            if asked & set(section.fields)
            else "doing"
            if wrong and touched
            else "todo"
            if wrong
            else "done"
        )
        if not touched and not wrong:
            state = "done" if section.name == "disclosure" else "todo"
        rows.append(
            {
                "label": section_label(section.name),
                "href": url_for("drafts.section", achievement_id=achievement.id, name=section.name),
                "state": state,
                "hint": "" if wrong else _("选填") if state == "todo" else "",
            }
        )
    return rows


@editing.get("/<achievement_id>/edit/<name>")
@requires(EDIT)
def section(achievement_id: str, name: str) -> ResponseReturnValue:
    ctx = current()
    achievement = achievement_for(ctx, achievement_id, EDIT)
    if achievement.clearance not in DRAFTABLE:
        return redirect(url_for("drafts.assessment", achievement_id=achievement_id), 303)
    form = _form(name)
    revision = working_revision(achievement) or public_revision(achievement)
    if revision is None:
        raise NotFound
    if revision.state == SUBMITTED:
        raise Conflict(_("已提交审核，撤回后才能修改"), code="in_review")
    form.show(from_json(revision.content), revision.typed)
    return _section_page(achievement, revision, name, form)


@editing.post("/<achievement_id>/edit/<name>")
@requires(EDIT)
def save_section(achievement_id: str, name: str) -> ResponseReturnValue:
    """Save a section. What is not understood is kept as typed, shown with its complaint, and the rest is saved."""
    form = _form(name)
    understood = form.submitted()
    conflict = None
    try:
        revision = _save(achievement_id, form, version=request.form.get("version", type=int))
    except Invalid as invalid:
        form.complain(invalid)
        understood = False
    except Conflict as error:
        if error.code != "stale":
            raise
        conflict = error
    if understood and conflict is None and "more" not in request.form:
        flash(_("“%(section)s”已保存", section=section_label(name)), "success")
        return redirect(_after(achievement_id, name), 303)
    achievement = achievement_for(current(), achievement_id, EDIT)
    revision = working_revision(achievement) or public_revision(achievement)  # type: ignore[assignment]
    if isinstance(form, ListedForm):
        form.offer_more()
    status = 409 if conflict else 200 if "more" in request.form and understood else 422
    return _section_page(achievement, revision, name, form, conflict=conflict), status


@editing.post("/<achievement_id>/autosave/<name>")
@requires(EDIT)
def autosave(achievement_id: str, name: str) -> ResponseReturnValue:
    """Save while typing. Answers the time and the new version; 409 when somebody else saved meanwhile."""
    form = _form(name)
    form.submitted()
    try:
        revision = _save(achievement_id, form, version=request.form.get("version", type=int))
    except Conflict as error:
        return jsonify(code=error.code, message=str(error.message)), 409
    except Invalid:
        return jsonify(code="invalid"), 422
    return jsonify(time=clock_time(revision.saved_at), version=str(revision.version))


@editing.get("/<achievement_id>/check")
@requires(SUBMIT)
def check(achievement_id: str) -> ResponseReturnValue:
    """Everything once more before it is submitted."""
    return _check_page(achievement_id, SubmitForm())


@editing.post("/<achievement_id>/check")
@requires(SUBMIT)
def submit_revision(achievement_id: str) -> ResponseReturnValue:
    form = SubmitForm()
    try:
        with unit_of_work(current_actor()) as ctx:
            once(
                ctx,
                request_key(),
                "achievement.submit",
                lambda: submit(ctx, achievement_id, form.to_input()).id,
            )
    except Invalid as invalid:
        form.complain(invalid)
        return _check_page(achievement_id, form), 422
    return redirect(url_for("drafts.receipt", achievement_id=achievement_id), 303)


@editing.get("/<achievement_id>/receipt")
@requires(SUBMIT)
def receipt(achievement_id: str) -> ResponseReturnValue:
    """What was submitted, when, and its digest."""
    achievement = achievement_for(current(), achievement_id, SUBMIT)
    revision = working_revision(achievement)
    if revision is None or revision.submitted_at is None:
        raise NotFound
    return render_template("listings/achievements/receipt.html", achievement=achievement, revision=revision)


def _form(name: str) -> SectionForm:
    if name not in SECTION_FORMS:
        raise NotFound
    return SECTION_FORMS[name]()


def _save(achievement_id: str, form: SectionForm, *, version: int | None) -> Revision:
    changes: JSONObject = form.changes()
    with unit_of_work(current_actor()) as ctx:
        return save_draft(ctx, achievement_id, changes, version=version, typed=form.typed())


def _after(achievement_id: str, name: str) -> str:
    """The next section, or back to where the editor came from."""
    if request.form.get("then") == "next":
        names = [section.name for section in SECTIONS]
        following = names.index(name) + 1
        if following < len(names):
            return url_for("drafts.section", achievement_id=achievement_id, name=names[following])
    if request.form.get("then") == "check":
        return url_for("drafts.check", achievement_id=achievement_id)
    return url_for("drafts.tasks", achievement_id=achievement_id)


def _section_page(
    achievement: Achievement,
    revision: Revision,
    name: str,
    form: SectionForm,
    *,
    conflict: Conflict | None = None,
) -> str:
    fields = next(section.fields for section in SECTIONS if section.name == name)
    ctx = current()
    return render_template(
        "listings/achievements/section.html",
        achievement=achievement,
        revision=revision,
        content=from_json(revision.content),
        name=name,
        heading=section_label(name),
        form=form,
        upload_form=UploadForm() if name == "materials" else None,
        reasons=[reason for reason in revision.reasons if reason["field"] in fields]
        if revision.state == RETURNED
        else [],
        conflict=conflict,
        saved_by=name_of(ctx, revision.saved_by),
        editable=revision.state in {DRAFT, RETURNED} or achievement.working_n is None,
    )


def _check_page(achievement_id: str, form: SubmitForm) -> str:
    ctx = current()
    achievement = achievement_for(ctx, achievement_id, SUBMIT)
    revision = working_revision(achievement)
    if revision is None:
        raise Conflict(_("没有待提交的修改"), code="nothing_to_submit")
    content = from_json(revision.content)
    complaints = {c.field.split(".")[0]: str(c.message) for c in submission_complaints(content)}
    return render_template(
        "listings/achievements/check.html",
        achievement=achievement,
        revision=revision,
        form=form,
        complaints=complaints,
        sections=[
            (
                section.name,
                section_label(section.name),
                [(name, str(FIELDS[name]), in_words(content, name)) for name in section.fields],
            )
            for section in SECTIONS
        ],
    )

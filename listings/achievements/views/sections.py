"""The pages of the form, one per section: each saved by itself, and while typing."""

from dataclasses import dataclass

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from listings.achievements.content import SECTIONS, Content, from_json, to_json
from listings.achievements.drafting import save_draft
from listings.achievements.forms import SECTION_FORMS, SectionForm, section_label
from listings.achievements.forms.acts import UploadForm
from listings.achievements.labels import FIELDS, in_words
from listings.achievements.marks import fresh, mark_of
from listings.achievements.models import RETURNED, SUBMITTED, WITHDRAWN, Achievement, Revision
from listings.achievements.policy import EDIT, SUBMIT
from listings.achievements.reach import achievement_for, public_revision, working_revision
from listings.achievements.returned import asked_changes
from listings.achievements.secrecy import DRAFTABLE
from listings.achievements.views.items import file_items
from listings.classification import codes
from marketplace.accounts.people import name_of
from marketplace.core.errors import Conflict, NotFound
from marketplace.core.i18n import gettext as _
from marketplace.core.runtime import runtime
from marketplace.core.uow import unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.filters import clock_time
from marketplace.web.forms import Form
from marketplace.web.guard import requires

sections = Blueprint("draft_sections", __name__, url_prefix="/achievements")

NAMES = tuple(section.name for section in SECTIONS)
#: Conflicts after which the page is shown again with what was typed: somebody saved, submitted or published meanwhile.
_OVERTAKEN = frozenset({"stale", "in_review", "wrong_state"})
_OUTDATED = 0  # no save has this number


@dataclass(frozen=True)
class Difference:
    """A field of which the stored value and the typed one differ, both in words."""

    label: str
    stored: str
    typed: str


@sections.get("/<achievement_id>/edit/<name>")
@requires(EDIT)
def section(achievement_id: str, name: str) -> ResponseReturnValue:
    form = _form(name)
    achievement = achievement_for(current(), achievement_id, EDIT)
    if achievement.clearance not in DRAFTABLE:
        return redirect(url_for("drafts.assessment", achievement_id=achievement_id), 303)
    revision = _text_of(achievement)
    if revision.state == SUBMITTED or achievement.state == WITHDRAWN:
        return redirect(url_for("drafts.tasks", achievement_id=achievement_id), 303)
    form.show(from_json(revision.content), revision.typed)
    return section_page(achievement, name, form)


@sections.post("/<achievement_id>/edit/<name>")
@requires(EDIT)
def save_section(achievement_id: str, name: str) -> ResponseReturnValue:
    """Save a section. What is not understood is kept as typed and shown with its complaint; the rest is saved."""
    form = _form(name)
    try:
        _save(achievement_id, name, form)
    except Conflict as conflict:
        if conflict.code not in _OVERTAKEN:
            raise
        form.offer_more()
        return section_page(achievement_for(current(), achievement_id, EDIT), name, form, conflict), 409
    if form.errors or "more" in request.form:
        form.offer_more()
        page = section_page(achievement_for(current(), achievement_id, EDIT), name, form)
        return page, 422 if form.errors else 200
    flash(_("“%(section)s”已保存", section=section_label(name)), "success")
    return redirect(_after(achievement_id, name), 303)


@sections.post("/<achievement_id>/autosave/<name>")
@requires(EDIT)
def autosave(achievement_id: str, name: str) -> ResponseReturnValue:
    """Save while typing. Answers the time and the new version; 409 when somebody else was faster."""
    try:
        revision = _save(achievement_id, name, _form(name))
    except Conflict as conflict:
        return jsonify(code=conflict.code, message=_overtaken_words(achievement_id, conflict)), 409
    return jsonify(time=clock_time(revision.saved_at), version=mark_of(revision, name))


def section_page(
    achievement: Achievement,
    name: str,
    form: SectionForm,
    conflict: Conflict | None = None,
    upload: UploadForm | None = None,
) -> str:
    """The page of a section with `form` on it. In a conflict it holds the other's save beside what was typed."""
    ctx = current()
    revision = _text_of(achievement)
    content = from_json(revision.content)
    return render_template(
        "listings/achievements/section.html",
        achievement=achievement,
        revision=revision,
        mark=mark_of(revision, name),
        files=file_items(achievement.id, content.files),
        name=name,
        heading=section_label(name),
        form=form,
        has_errors=bool(form.errors or (upload and upload.errors)),
        upload=upload or UploadForm(),
        upload_limit=runtime().settings.upload_max_bytes,
        remove=Form(),
        levels=codes("disclosure_levels"),
        asked=_asked(revision, name),
        conflict=conflict,
        differences=_differences(content, form) if conflict else [],
        saved_by=name_of(ctx, revision.saved_by),
        may_recall=SUBMIT.allows(ctx.actor, achievement) and revision.state == SUBMITTED,
        back=request.values.get("back") == "check",
        last=name == NAMES[-1],
    )


def _form(name: str) -> SectionForm:
    if name not in SECTION_FORMS:
        raise NotFound
    return SECTION_FORMS[name]()


def _text_of(achievement: Achievement) -> Revision:
    revision = working_revision(achievement) or public_revision(achievement)
    if revision is None:
        raise NotFound
    return revision


def _save(achievement_id: str, name: str, form: SectionForm) -> Revision:
    """Put what was understood into the draft, unless the section was changed since the page was made."""
    form.submitted()
    with unit_of_work(current_actor()) as ctx:
        revision = _text_of(achievement_for(ctx, achievement_id, EDIT))
        form.judge(from_json(revision.content))
        changes, typed = form.changes(), form.typed()
        unchanged = fresh(revision, name, request.form.get("version", ""), changes, typed)
        version = revision.version if unchanged else _OUTDATED
        return save_draft(ctx, achievement_id, changes, version=version, typed=typed)


def _differences(content: Content, form: SectionForm) -> list[Difference]:
    mine = from_json({**to_json(content), **form.changes()})
    found = [
        Difference(str(FIELDS[name]), in_words(content, name), in_words(mine, name))
        for name in form.changes()
        if getattr(content, name) != getattr(mine, name)
    ]
    return found + [
        Difference(str(field.label.text), in_words(content, field.short_name), str(field.raw_data[0]))
        for field in form.controls()
        if field.errors and getattr(field, "raw_data", None)
    ]


def _overtaken_words(achievement_id: str, conflict: Conflict) -> str:
    if conflict.code != "stale":
        return str(conflict.message)
    ctx = current()
    revision = _text_of(achievement_for(ctx, achievement_id, EDIT))
    return _(
        "草稿已被 %(name)s 于 %(time)s 修改。你的文字仍在本页，点“保存”后可核对差异",
        name=name_of(ctx, revision.saved_by),
        time=clock_time(revision.saved_at),
    )


def _asked(revision: Revision, name: str) -> list[object]:
    if revision.state != RETURNED:
        return []
    return [asked for asked in asked_changes(revision.reasons) if asked.section == name]


def _after(achievement_id: str, name: str) -> str:
    """The next section, the check page, or the task list, as the button says."""
    then = request.form.get("then")
    if then == "check":
        return url_for("submissions.check", achievement_id=achievement_id)
    following = NAMES.index(name) + 1
    if then == "next" and following < len(NAMES):
        return url_for("draft_sections.section", achievement_id=achievement_id, name=NAMES[following])
    return url_for("drafts.tasks", achievement_id=achievement_id)

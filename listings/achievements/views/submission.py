"""The last page of the form: everything once more, the submission, its receipt."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from listings.achievements.content import SECTIONS, Content, Section, from_json
from listings.achievements.forms import section_label
from listings.achievements.forms.acts import SubmitForm
from listings.achievements.labels import FIELDS, in_words
from listings.achievements.models import DRAFT, RETURNED, Achievement, Revision
from listings.achievements.policy import SUBMIT
from listings.achievements.reach import achievement_for, working_revision
from listings.achievements.rules import submission_complaints
from listings.achievements.services import submit
from marketplace.accounts.people import name_of
from marketplace.core.clock import local_date
from marketplace.core.errors import Conflict, Invalid, NotFound
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.period_text import end_text
from marketplace.core.uow import once, unit_of_work
from marketplace.moderation.age import how_counted
from marketplace.moderation.lifecycle import REVIEW_TERM
from marketplace.web.context import current, current_actor
from marketplace.web.forms import request_key
from marketplace.web.guard import requires

submissions = Blueprint("submissions", __name__, url_prefix="/achievements")


@dataclass(frozen=True)
class Answer:
    """A row of the check page: a field, its value in words, what is wrong with it, and where it is changed."""

    field: str
    label: str
    value: str
    complaints: tuple[str, ...]
    href: str


@submissions.get("/<achievement_id>/check")
@requires(SUBMIT)
def check(achievement_id: str) -> ResponseReturnValue:
    """Everything once more before it is submitted."""
    achievement = achievement_for(current(), achievement_id, SUBMIT)
    if _draft_of(achievement) is None:
        return redirect(url_for("drafts.tasks", achievement_id=achievement_id), 303)
    return _check_page(achievement, SubmitForm())


@submissions.post("/<achievement_id>/check")
@requires(SUBMIT)
def submit_revision(achievement_id: str) -> ResponseReturnValue:
    """Submit what was looked at: if the draft was saved since the page was made, look again."""
    form = SubmitForm()
    version = request.form.get("version", 0, type=int)
    given = form.to_input()
    try:
        with unit_of_work(current_actor()) as ctx:
            once(
                ctx,
                request_key(),
                "achievement.submit",
                lambda: submit(ctx, achievement_id, given, version=version).id,
            )
    except Invalid as invalid:
        achievement = achievement_for(current(), achievement_id, SUBMIT)
        form.complain(Invalid(error for error in invalid.errors if error.field in form))
        return _check_page(achievement, form), 422
    except Conflict as conflict:
        achievement = achievement_for(current(), achievement_id, SUBMIT)
        if conflict.code != "stale" or _draft_of(achievement) is None:
            raise
        return _check_page(achievement, form, conflict), 409
    return redirect(url_for("submissions.receipt", achievement_id=achievement_id), 303)


@submissions.get("/<achievement_id>/receipt")
@requires(SUBMIT)
def receipt(achievement_id: str) -> ResponseReturnValue:
    """What was submitted last, when, and its digest."""
    ctx = current()
    achievement = achievement_for(ctx, achievement_id, SUBMIT)
    submitted = [revision for revision in achievement.revisions if revision.submitted_at is not None]
    if not submitted:
        raise NotFound
    revision = max(submitted, key=lambda found: found.n)
    period = REVIEW_TERM.run(local_date(revision.submitted_at or ctx.now), ctx.calendar)
    return render_template(
        "listings/achievements/receipt.html",
        achievement=achievement,
        revision=revision,
        title=from_json(revision.content).title,
        submitter=name_of(ctx, revision.submitted_by or ""),
        due=end_text(period, current_language()),
        how=how_counted(period, current_language()),
        period=period,
    )


def _draft_of(achievement: Achievement) -> Revision | None:
    revision = working_revision(achievement)
    return revision if revision is not None and revision.state in {DRAFT, RETURNED} else None


def _check_page(achievement: Achievement, form: SubmitForm, conflict: Conflict | None = None) -> str:
    revision = _draft_of(achievement)
    if revision is None:
        raise Conflict(_("没有待提交的修改"), code="nothing_to_submit")
    content = from_json(revision.content)
    complaints = _complaints(revision, content)
    sections = [
        (section.name, section_label(section.name), _answers(achievement, section, content, complaints))
        for section in SECTIONS
    ]
    return render_template(
        "listings/achievements/check.html",
        achievement=achievement,
        revision=revision,
        form=form,
        conflict=conflict,
        sections=sections,
        wrong=[answer for _name, _label, answers in sections for answer in answers if answer.complaints],
        saved_by=name_of(current(), revision.saved_by),
    )


def _answers(
    achievement: Achievement, section: Section, content: Content, complaints: dict[str, list[str]]
) -> list[Answer]:
    page = url_for("draft_sections.section", achievement_id=achievement.id, name=section.name, back="check")
    return [
        Answer(
            field=field,
            label=str(FIELDS[field]),
            value=in_words(content, field),
            complaints=tuple(complaints.get(field, ())),
            href=f"{page}#{field}",
        )
        for field in section.fields
    ]


def _complaints(revision: Revision, content: Content) -> dict[str, list[str]]:
    """Sentences by content field: what is missing, and what was typed but not understood."""
    found: dict[str, list[str]] = {field: [_("修改或清空这一项")] for field in revision.typed}
    for complaint in submission_complaints(content):
        sentences = found.setdefault(complaint.field.partition(".")[0], [])
        if str(complaint.message) not in sentences:
            sentences.append(str(complaint.message))
    return found

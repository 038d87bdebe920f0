"""The pages of a disclosure's form: each saved by itself, and while typing."""

from dataclasses import dataclass

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from listings.disclosures.content import SECTIONS, Content, from_json, to_json
from listings.disclosures.drafting import save_disclosure
from listings.disclosures.forms.sections import SECTION_FORMS, SectionForm
from listings.disclosures.labels import FIELDS, in_words, name_to_show, section_label
from listings.disclosures.models import EDITABLE, Disclosure
from listings.disclosures.policy import EDIT
from listings.disclosures.reach import disclosure_for
from listings.disclosures.rules import DISCLOSURE_TEXT
from listings.disclosures.views.warnings import warnings_about
from listings.marks import fresh, mark_of
from listings.secrecy import DRAFTABLE
from marketplace.accounts.people import name_of
from marketplace.core.errors import Conflict, NotFound
from marketplace.core.i18n import gettext as _
from marketplace.core.uow import unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.filters import clock_time
from marketplace.web.guard import requires

sections = Blueprint("disclosure_sections", __name__, url_prefix="/disclosures")

NAMES = tuple(SECTIONS)
#: Conflicts after which the page is shown again with what was typed.
_OVERTAKEN = frozenset({"stale", "wrong_state"})
_OUTDATED = 0  # no save has this number
#: Pages on which dates are written down that may threaten novelty or end an old employment.
_WARNED = frozenset({"dates", "people"})


@dataclass(frozen=True)
class Difference:
    """A field of which the stored value and the typed one differ, both in words."""

    label: str
    stored: str
    typed: str


@sections.get("/<disclosure_id>/edit/<name>")
@requires(EDIT)
def section(disclosure_id: str, name: str) -> ResponseReturnValue:
    form = _form(name)
    disclosure = disclosure_for(current(), disclosure_id, EDIT)
    if disclosure.state not in EDITABLE or disclosure.clearance not in DRAFTABLE:
        return redirect(url_for("disclosure_drafts.tasks", disclosure_id=disclosure_id), 303)
    form.show(from_json(disclosure.content), disclosure.typed)
    return _page(disclosure, name, form)


@sections.post("/<disclosure_id>/edit/<name>")
@requires(EDIT)
def save_section(disclosure_id: str, name: str) -> ResponseReturnValue:
    """Save a page. What is not understood is kept as typed and shown with its complaint; the rest is saved."""
    form = _form(name)
    try:
        _save(disclosure_id, name, form)
    except Conflict as conflict:
        if conflict.code not in _OVERTAKEN:
            raise
        form.offer_more()
        return _page(disclosure_for(current(), disclosure_id, EDIT), name, form, conflict), 409
    if form.errors or "more" in request.form:
        form.offer_more()
        page = _page(disclosure_for(current(), disclosure_id, EDIT), name, form)
        return page, 422 if form.errors else 200
    flash(_("“%(section)s”已保存", section=section_label(name)), "success")
    return redirect(_after(disclosure_id, name), 303)


@sections.post("/<disclosure_id>/autosave/<name>")
@requires(EDIT)
def autosave(disclosure_id: str, name: str) -> ResponseReturnValue:
    """Save while typing. Answers the time and the new mark; 409 when somebody else was faster."""
    try:
        disclosure = _save(disclosure_id, name, _form(name))
    except Conflict as conflict:
        return jsonify(code=conflict.code, message=str(conflict.message)), 409
    return jsonify(time=clock_time(disclosure.saved_at), version=mark_of(DISCLOSURE_TEXT, disclosure, name))


def _page(disclosure: Disclosure, name: str, form: SectionForm, conflict: Conflict | None = None) -> str:
    ctx = current()
    content = from_json(disclosure.content)
    return render_template(
        "listings/disclosures/section.html",
        disclosure=disclosure,
        title=name_to_show(disclosure),
        name=name,
        heading=section_label(name),
        mark=mark_of(DISCLOSURE_TEXT, disclosure, name),
        form=form,
        conflict=conflict,
        differences=_differences(content, form) if conflict else [],
        saved_by=name_of(ctx, disclosure.saved_by),
        warnings=warnings_about(ctx, disclosure) if name in _WARNED else [],
        last=name == NAMES[-1],
    )


def _form(name: str) -> SectionForm:
    if name not in SECTION_FORMS:
        raise NotFound
    return SECTION_FORMS[name]()


def _save(disclosure_id: str, name: str, form: SectionForm) -> Disclosure:
    """Put what was understood into the disclosure, unless the page was changed since it was made."""
    form.submitted()
    with unit_of_work(current_actor()) as ctx:
        disclosure = disclosure_for(ctx, disclosure_id, EDIT)
        form.judge(from_json(disclosure.content))
        changes, typed = form.changes(), form.typed()
        began = request.form.get("version", "")
        unchanged = fresh(DISCLOSURE_TEXT, disclosure, name, began, changes, typed)
        version = disclosure.version if unchanged else _OUTDATED
        return save_disclosure(ctx, disclosure_id, changes, version=version, typed=typed)


def _differences(content: Content, form: SectionForm) -> list[Difference]:
    changes = form.changes()
    mine = from_json({**to_json(content), **changes})
    return [
        Difference(str(FIELDS[name]), in_words(content, name), in_words(mine, name))
        for name in changes
        if getattr(content, name) != getattr(mine, name)
    ]


def _after(disclosure_id: str, name: str) -> str:
    """The next page of the form, or the task list, as the button says."""
    following = NAMES.index(name) + 1
    if request.form.get("then") != "next":
        return url_for("disclosure_drafts.tasks", disclosure_id=disclosure_id)
    if following < len(NAMES):
        return url_for(".section", disclosure_id=disclosure_id, name=NAMES[following])
    return url_for("disclosure_description.question", disclosure_id=disclosure_id)

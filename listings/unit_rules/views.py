"""Pages of a unit's rules: what everybody reads, and what the unit's administrator writes and publishes."""

from dataclasses import fields
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from listings.decisions.basis import COLLECTIVE
from listings.unit_rules.basis import OBJECTION_PROCEDURE, STAFF_CONSULTED
from listings.unit_rules.content import RulesContent, from_json, to_json
from listings.unit_rules.forms import RulesForm
from listings.unit_rules.labels import FIELDS, STATES, in_words, tier_words
from listings.unit_rules.models import DRAFT, IN_FORCE, UnitRules
from listings.unit_rules.policy import EDIT, READ, SEE_OWN
from listings.unit_rules.queries import draft_of, own_editions, published_editions
from listings.unit_rules.rules import publication_complaints
from listings.unit_rules.services import current_text, publish_rules, save_rules
from marketplace.accounts.people import name_of
from marketplace.core.clock import local_date
from marketplace.core.errors import Conflict, Invalid, NotFound
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.forms import Form, request_key
from marketplace.web.guard import requires

unit_rules = Blueprint("unit_rules", __name__)

NAMES = tuple(field.name for field in fields(RulesContent))


@unit_rules.get("/organisations/<org_id>/rules")
@requires(READ)
def public(org_id: str) -> ResponseReturnValue:
    """The rules in force, or the edition asked for, and a list of all editions with their dates."""
    org, editions = published_editions(current(), org_id)
    asked = request.args.get("edition", type=int)
    wanted = [rules for rules in editions if asked is None or rules.edition == asked]
    if asked is not None and not wanted:
        raise NotFound
    shown = wanted[0] if wanted else None
    return render_template(
        "listings/unit_rules/public.html",
        org=org,
        editions=editions,
        shown=shown,
        content=from_json(shown.content) if shown else None,
        **_words(),
    )


@unit_rules.get("/work/rules")
@requires(SEE_OWN)
def own() -> ResponseReturnValue:
    """The acting unit's editions, and what its administrator can do."""
    ctx = current()
    editions = own_editions(ctx)
    return render_template(
        "listings/unit_rules/own.html",
        editions=editions,
        draft=next((rules for rules in editions if rules.state == DRAFT), None),
        in_force=next((rules for rules in editions if rules.state == IN_FORCE), None),
        titles={rules.id: from_json(rules.content).title for rules in editions},
        may_edit=EDIT.allows(ctx.actor),
        **_words(),
    )


@unit_rules.get("/work/rules/edit")
@requires(EDIT)
def edit() -> ResponseReturnValue:
    ctx = current()
    content, version = current_text(ctx, str(ctx.actor.org_id))
    form = RulesForm()
    form.show(content)
    return _edit_page(form, version)


@unit_rules.post("/work/rules/edit")
@requires(EDIT)
def save() -> ResponseReturnValue:
    """Save the draft. With a complaint or a colleague's save in between, the page comes back with all that was typed."""
    form = RulesForm()
    version = request.form.get("version", 0, type=int)
    form.submitted()
    if form.errors or "more" in request.form:
        form.offer_more()
        return _edit_page(form, version), 422 if form.errors else 200
    try:
        with unit_of_work(current_actor()) as ctx:
            save_rules(ctx, form.changes(), version=version)
    except Invalid as invalid:
        form.complain(invalid)
        form.offer_more()
        return _edit_page(form, version), 422
    except Conflict as conflict:
        form.offer_more()
        return _edit_page(form, None, conflict), 409
    flash(_("草稿已保存，发布前不公开"), "success")
    then = "unit_rules.check" if request.form.get("then") == "check" else "unit_rules.own"
    return redirect(url_for(then), 303)


@unit_rules.get("/work/rules/publish")
@requires(EDIT)
def check() -> ResponseReturnValue:
    """Everything once more before it is published."""
    ctx = current()
    draft = draft_of(ctx, str(ctx.actor.org_id))
    if draft is None:
        return redirect(url_for("unit_rules.own"), 303)
    return _check_page(draft)


@unit_rules.post("/work/rules/publish")
@requires(EDIT)
def publish() -> ResponseReturnValue:
    """Publish what was looked at; if the draft was saved since, look again."""
    version = request.form.get("version", 0, type=int)
    try:
        with unit_of_work(current_actor()) as ctx:
            once(ctx, request_key(), "unit_rules.publish", lambda: publish_rules(ctx, version=version).id)
    except (Invalid, Conflict) as problem:
        ctx = current()
        draft = draft_of(ctx, str(ctx.actor.org_id))
        if draft is None:
            raise
        return _check_page(draft, problem if isinstance(problem, Conflict) else None), problem.status
    flash(_("制度已发布，即日起施行，任何人都可以查看"), "success")
    return redirect(url_for("unit_rules.public", org_id=current_actor().org_id), 303)


def _edit_page(form: RulesForm, version: int | None, conflict: Conflict | None = None) -> str:
    """The page with the form on it; after a conflict, with the other's save beside what was typed."""
    ctx = current()
    stored, known = current_text(ctx, str(ctx.actor.org_id))
    draft = draft_of(ctx, str(ctx.actor.org_id))
    return render_template(
        "listings/unit_rules/edit.html",
        form=form,
        version=known if version is None else version,
        conflict=conflict,
        differences=_differences(stored, form) if conflict else [],
        saved_by=name_of(ctx, draft.saved_by) if draft else "",
        saved_at=draft.saved_at if draft else None,
    )


def _differences(stored: RulesContent, form: RulesForm) -> list[tuple[str, str, str]]:
    """(name, stored, typed) of every field of which the two differ."""
    mine = from_json({**to_json(stored), **form.changes()})
    return [
        (str(FIELDS[name]), in_words(stored, name), in_words(mine, name))
        for name in NAMES
        if getattr(stored, name) != getattr(mine, name)
    ]


def _check_page(draft: UnitRules, conflict: Conflict | None = None) -> str:
    content = from_json(draft.content)
    found: dict[str, list[str]] = {}
    for complaint in publication_complaints(content, local_date(current().now)):
        sentences = found.setdefault(complaint.field.partition(".")[0], [])
        if str(complaint.message) not in sentences:
            sentences.append(str(complaint.message))
    return render_template(
        "listings/unit_rules/check.html",
        draft=draft,
        form=Form(),
        rows=[(name, str(FIELDS[name]), in_words(content, name), found.get(name, [])) for name in NAMES],
        wrong=len(found),
        conflict=conflict,
        saved_by=name_of(current(), draft.saved_by),
        **_words(),
    )


def _words() -> dict[str, Any]:
    language = current_language()
    return {
        "states": STATES,
        "fields": FIELDS,
        "in_words": in_words,
        "tier_words": tier_words,
        "basis": [
            (basis.cited(language), basis.said(language))
            for basis in (OBJECTION_PROCEDURE, STAFF_CONSULTED, COLLECTIVE)
        ],
    }

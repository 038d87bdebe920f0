"""The form of a grant."""

from dataclasses import fields

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from listings.grants.content import GrantContent, from_json, to_json
from listings.grants.drafting import save_grant
from listings.grants.facts import facts_about
from listings.grants.forms.grant import GrantForm
from listings.grants.labels import FIELDS, in_words, section_label
from listings.grants.models import DRAFT
from listings.grants.policy import EDIT
from listings.grants.reach import grant_for
from listings.shares import percent
from marketplace.accounts.people import name_of
from marketplace.core.errors import Conflict, Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.uow import unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.guard import requires

edit = Blueprint("grant_edit", __name__, url_prefix="/work/grants/<grant_id>/edit")

NAMES = tuple(field.name for field in fields(GrantContent))


@edit.get("")
@requires(EDIT)
def form(grant_id: str) -> ResponseReturnValue:
    grant = grant_for(current(), grant_id, EDIT)
    if grant.state != DRAFT:
        return redirect(url_for("grants.page", grant_id=grant_id), 303)
    shown = GrantForm()
    shown.show(from_json(grant.content))
    return _page(grant_id, shown, grant.version)


@edit.post("")
@requires(EDIT)
def save(grant_id: str) -> ResponseReturnValue:
    """Save the draft. With a complaint or a colleague's save in between, the page comes back with all that was typed."""
    grant_for(current(), grant_id, EDIT)
    sent = GrantForm()
    version = request.form.get("version", 0, type=int)
    sent.submitted()
    if sent.errors or "more" in request.form:
        sent.offer_more()
        return _page(grant_id, sent, version), 422 if sent.errors else 200
    try:
        with unit_of_work(current_actor()) as ctx:
            save_grant(ctx, grant_id, sent.changes(), version=version)
    except Invalid as invalid:
        sent.complain(invalid)
        sent.offer_more()
        return _page(grant_id, sent, version), 422
    except Conflict as conflict:
        sent.offer_more()
        return _page(grant_id, sent, None, conflict), 409
    flash(_("草稿已保存"), "success")
    then = "grant_team.check" if request.form.get("then") == "check" else "grants.page"
    return redirect(url_for(then, grant_id=grant_id), 303)


def _page(grant_id: str, sent: GrantForm, version: int | None, conflict: Conflict | None = None) -> str:
    """The page with the form on it; after a conflict, with what is stored beside what was typed."""
    ctx = current()
    grant = grant_for(ctx, grant_id, EDIT)
    least = facts_about(ctx, grant.achievement).least_bp
    return render_template(
        "listings/grants/edit.html",
        grant=grant,
        form=sent,
        version=grant.version if version is None else version,
        section_label=section_label,
        conflict=conflict,
        differences=_differences(from_json(grant.content), sent) if conflict else [],
        saved_by=name_of(ctx, grant.saved_by),
        least=percent(least) if least is not None else "",
    )


def _differences(stored: GrantContent, sent: GrantForm) -> list[tuple[str, str, str]]:
    """(name, stored, typed) of every field of which the two differ."""
    mine = from_json({**to_json(stored), **sent.changes()})
    return [
        (str(FIELDS[name]), in_words(stored, name), in_words(mine, name))
        for name in NAMES
        if getattr(stored, name) != getattr(mine, name)
    ]

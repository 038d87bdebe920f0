"""Pages for those who handle objections in the unit, and for the zone's supervisor who reviews them."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from listings.notices import words
from listings.notices.forms.objections import ExtendForm, RefuseForm, RulingForm, TakeForm
from listings.notices.objections import handling
from listings.notices.objections import models as m
from listings.notices.objections.appeals import review as review_now
from listings.notices.objections.handling import has_part, objection_for
from listings.notices.objections.periods import due_of
from listings.notices.objections.queries import evidence_of, reads_statement, seen
from listings.notices.policy import HANDLE, READ_STATEMENT, REVIEW, SEE_OBJECTION, TAKE
from listings.notices.queries import fresh
from marketplace.core.context import Context
from marketplace.core.errors import Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.runtime import runtime
from marketplace.core.uow import once, unit_of_work
from marketplace.core.uploads.downloads import download_headers
from marketplace.web.context import current, current_actor
from marketplace.web.forms import Form, form_page, request_key
from marketplace.web.guard import requires
from marketplace.web.paging import paged

objections = Blueprint("objections", __name__, url_prefix="/work/objections")


@objections.get("")
@requires(SEE_OBJECTION)
def listed() -> ResponseReturnValue:
    """What waits for a decision, or what is over."""
    ctx = current()
    over = request.args.get("state") == "over"
    page = paged(ctx.session, seen(ctx, waiting=not over))
    return render_template(
        "listings/notices/objections.html",
        page=page,
        rows=[(objection, due_of(ctx, objection)) for objection in page.rows],
        over=over,
        words=words,
    )


@objections.get("/<objection_id>")
@requires(SEE_OBJECTION)
def page(objection_id: str) -> ResponseReturnValue:
    """One objection: the act that is due, and for those who may know, who objects."""
    fresh(current(), objection_for(current(), objection_id).notice_id)
    return _page(objection_id)


@objections.post("/<objection_id>/take")
@requires(TAKE)
def take(objection_id: str) -> ResponseReturnValue:
    form = TakeForm()
    return _act(
        objection_id,
        form,
        "take",
        lambda ctx: handling.take(ctx, objection_id, unrelated=bool(form.unrelated.data)),
    )


@objections.post("/<objection_id>/admit")
@requires(HANDLE)
def admit(objection_id: str) -> ResponseReturnValue:
    return _act(objection_id, Form(), "admit", lambda ctx: handling.admit(ctx, objection_id))


@objections.post("/<objection_id>/refuse")
@requires(HANDLE)
def refuse(objection_id: str) -> ResponseReturnValue:
    form = RefuseForm()
    return _act(objection_id, form, "refuse", lambda ctx: handling.refuse(ctx, objection_id, form.to_input()))


@objections.post("/<objection_id>/extend")
@requires(HANDLE)
def extend(objection_id: str) -> ResponseReturnValue:
    form = ExtendForm()
    return _act(
        objection_id,
        form,
        "extend",
        lambda ctx: handling.extend(ctx, objection_id, str(form.note.data or "")),
    )


@objections.post("/<objection_id>/decide")
@requires(HANDLE)
def decide(objection_id: str) -> ResponseReturnValue:
    form = RulingForm()
    return _act(objection_id, form, "decide", lambda ctx: handling.decide(ctx, objection_id, form.to_input()))


@objections.post("/<objection_id>/review")
@requires(REVIEW)
def review(objection_id: str) -> ResponseReturnValue:
    form = RulingForm()
    return _act(objection_id, form, "review", lambda ctx: review_now(ctx, objection_id, form.to_input()))


@objections.get("/<objection_id>/files/<digest>/<name>")
@requires(READ_STATEMENT)
def evidence(objection_id: str, digest: str, name: str) -> Response:  # noqa: ARG001 - the name is for people
    """The objector's evidence, for those who may know who objects."""
    ctx = current()
    found = evidence_of(ctx, objection_for(ctx, objection_id), digest)
    response = send_file(runtime().files.path(digest), mimetype="application/octet-stream")
    response.headers.update(download_headers(str(found["name"]), str(found["media"])))
    return response


def _act(
    objection_id: str, form: Form, act: str, carry_out: Callable[[Context], m.Objection]
) -> ResponseReturnValue:
    """Carry out one act; complaints come back on the page beside what was typed."""
    if form.submitted():
        try:
            with unit_of_work(current_actor()) as ctx:
                once(ctx, request_key(), f"objection.{act}", lambda: carry_out(ctx).id)
        except Invalid as invalid:
            form.complain(invalid)
        else:
            flash(_("已办理"), "success")
            return redirect(url_for("objections.page", objection_id=objection_id), 303)
    return _page(objection_id, {act: form})


def _page(objection_id: str, sent: dict[str, Form] | None = None) -> ResponseReturnValue:
    ctx = current()
    objection = objection_for(ctx, objection_id)
    offered = _offered(ctx, objection)
    forms: dict[str, Any] = {act: kind() for act, kind in _FORMS.items() if act in offered}
    forms |= {act: form for act, form in (sent or {}).items() if act in offered}
    shown = next((form for form in (sent or {}).values()), Form())
    return form_page(
        "listings/notices/objection.html",
        shown,
        objection=objection,
        notice=objection.notice,
        offered=offered,
        forms=forms,
        evidence=objection.evidence,
        statement=objection.statement if reads_statement(ctx, objection) else None,
        due=due_of(ctx, objection),
        recused=TAKE.allows(ctx.actor, objection) and has_part(ctx, objection),
        words=words,
    )


_FORMS: dict[str, type[Form]] = {
    "take": TakeForm,
    "admit": Form,
    "refuse": RefuseForm,
    "extend": ExtendForm,
    "decide": RulingForm,
    "review": RulingForm,
}


def _offered(ctx: Context, objection: m.Objection) -> frozenset[str]:
    """The acts that are open to the actor now."""
    found = set()
    if objection.handler_id is None and objection.state not in m.FINAL and TAKE.allows(ctx.actor, objection):
        found |= set() if has_part(ctx, objection) else {"take"}
    if HANDLE.allows(ctx.actor, objection):
        if objection.state == m.FILED:
            found |= {"refuse"} | ({"admit"} if objection.confirmed_at is not None else set())
        if objection.state in {m.INVESTIGATING, m.OVERDUE}:
            found |= {"decide"}
        if objection.state == m.INVESTIGATING and not objection.extended:
            found |= {"extend"}
    if objection.state == m.APPEALED and REVIEW.allows(ctx.actor, objection):
        found |= {"review"}
    return frozenset(found)

"""After the notice: the agreement, the change of title, its registration, the end."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from listings.decisions.minutes import ACCEPTED, as_claim
from listings.decisions.record import Minutes
from listings.decisions.sending import sent_file
from listings.grants import models as g
from listings.grants.carrying_out import (
    can_take_effect,
    end_grant,
    file_title_change,
    registered_rights,
    required_certificate,
    sign_agreement,
    take_effect,
)
from listings.grants.content import from_json
from listings.grants.forms.acts import AgreementForm, EndForm, FilingsForm, RegistrationsForm
from listings.grants.labels import in_words, option_words
from listings.grants.lifecycle import GRANT
from listings.grants.models import RightsGrant
from listings.grants.policy import CARRY_OUT, END, READ
from listings.grants.reach import grant_for
from listings.grants.terms import CO_OWNERS, PLAN_128, REGISTERED
from marketplace.core.context import Context
from marketplace.core.errors import Invalid, NotFound
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.legal_basis import LegalBasis
from marketplace.core.runtime import runtime
from marketplace.core.uow import once, unit_of_work
from marketplace.core.uploads.downloads import download_headers
from marketplace.web.context import current, current_actor
from marketplace.web.forms import Form, request_key
from marketplace.web.guard import requires

carrying_out = Blueprint("grant_carrying_out", __name__, url_prefix="/work/grants/<grant_id>")


@carrying_out.get("/agreement")
@requires(CARRY_OUT)
def agreement(grant_id: str) -> ResponseReturnValue:
    """The controls of the signed agreement. Raises Conflict while the notice is not completed."""
    ctx = current()
    grant = grant_for(ctx, grant_id, CARRY_OUT)
    if grant.state != g.DECIDED:
        return _back(grant_id)
    required_certificate(ctx, grant)
    return _agreement_page(grant_id, AgreementForm(), None)


@carrying_out.post("/agreement")
@requires(CARRY_OUT)
def sign(grant_id: str) -> ResponseReturnValue:
    """Take it down. With a complaint the page comes back with all that was typed, the file included."""
    grant_for(current(), grant_id, CARRY_OUT)  # before a file is taken from whoever may not
    form = AgreementForm()
    form.submitted()
    paper = sent_file(form, "paper")
    if not form.errors:
        done = _done(form, "grant.agree", lambda ctx: sign_agreement(ctx, grant_id, form.to_input(paper)))
        if done:
            flash(_("赋权协议已登记"), "success")
            return _back(grant_id)
    return _agreement_page(grant_id, form, paper), 422


@carrying_out.get("/agreement/paper")
@requires(READ)
def agreement_paper(grant_id: str) -> ResponseReturnValue:
    """The signed agreement, to be saved by its parties; it never opens in place."""
    ctx = current()
    grant = grant_for(ctx, grant_id)
    paper: Any = grant.agreement.get("paper")
    if not paper or ctx.actor.org_id != grant.holder_id:
        raise NotFound
    response = send_file(runtime().files.path(paper["digest"]), mimetype="application/octet-stream")
    response.headers.update(download_headers(paper["name"], paper["media"]))
    return response


@carrying_out.get("/title-change")
@requires(CARRY_OUT)
def filing(grant_id: str) -> ResponseReturnValue:
    grant = grant_for(current(), grant_id, CARRY_OUT)
    if grant.state != g.AGREEMENT_SIGNED or not registered_rights(grant):
        return _back(grant_id)
    form = FilingsForm()
    form.show(registered_rights(grant))
    return _page("filing", grant, form, REGISTERED)


@carrying_out.post("/title-change")
@requires(CARRY_OUT)
def file(grant_id: str) -> ResponseReturnValue:
    form = FilingsForm()
    form.submitted()
    if not form.errors and _done(
        form, "grant.file", lambda ctx: file_title_change(ctx, grant_id, form.to_input())
    ):
        flash(_("权属变更申请已登记"), "success")
        return _back(grant_id)
    return _page("filing", grant_for(current(), grant_id, CARRY_OUT), form, REGISTERED), 422


@carrying_out.get("/effect")
@requires(CARRY_OUT)
def effect(grant_id: str) -> ResponseReturnValue:
    """The registrations, or a question only where nothing is registered."""
    grant = grant_for(current(), grant_id, CARRY_OUT)
    if not can_take_effect(grant):
        return _back(grant_id)
    form = RegistrationsForm()
    form.show(registered_rights(grant))
    return _page("effect", grant, form, REGISTERED)


@carrying_out.post("/effect")
@requires(CARRY_OUT)
def come_into_effect(grant_id: str) -> ResponseReturnValue:
    form = RegistrationsForm()
    form.submitted()
    if not form.errors and _done(
        form, "grant.take_effect", lambda ctx: take_effect(ctx, grant_id, form.to_input())
    ):
        flash(_("赋权已生效，成果页已显示新的权属"), "success")
        return _back(grant_id)
    return _page("effect", grant_for(current(), grant_id, CARRY_OUT), form, REGISTERED), 422


@carrying_out.get("/end")
@requires(END)
def ending(grant_id: str) -> ResponseReturnValue:
    ctx = current()
    grant = grant_for(ctx, grant_id, END)
    if GRANT.state_now(ctx, grant) not in {g.AGREEMENT_SIGNED, g.TITLE_CHANGE_FILED, g.EFFECTIVE}:
        return _back(grant_id)
    return _page("end", grant, EndForm())


@carrying_out.post("/end")
@requires(END)
def end(grant_id: str) -> ResponseReturnValue:
    form = EndForm()
    if _done(form, "grant.end", lambda ctx: end_grant(ctx, grant_id, form.to_input())):
        flash(_("赋权已终止"), "success")
        return _back(grant_id)
    return _page("end", grant_for(current(), grant_id, END), form), 422


def _done(form: Any, purpose: str, command: Callable[[Context], RightsGrant]) -> bool:
    """Was it carried out? Complaints are put beside the controls."""
    try:
        with unit_of_work(current_actor()) as ctx:
            once(ctx, request_key(), purpose, lambda: command(ctx).id)
    except Invalid as invalid:
        form.complain(invalid)
        return False
    return True


def _back(grant_id: str) -> ResponseReturnValue:
    return redirect(url_for("grants.page", grant_id=grant_id), 303)


def _agreement_page(grant_id: str, form: AgreementForm, paper: Minutes | None) -> str:
    ctx = current()
    grant = grant_for(ctx, grant_id, CARRY_OUT)
    form.kept_paper.data = as_claim(ctx.actor, paper) if paper else ""
    content = from_json(grant.content)
    return _page(
        "agreement",
        grant,
        form,
        PLAN_128,
        CO_OWNERS,
        option=option_words(content),
        income=in_words(content, "income_bp"),
        accepted=ACCEPTED,
        most=runtime().settings.upload_max_bytes,
        kept=paper.name if paper else "",
    )


def _page(name: str, grant: RightsGrant, form: Form, *basis: LegalBasis, **facts: Any) -> str:
    language = current_language()
    return render_template(
        f"listings/grants/{name}.html",
        grant=grant,
        form=form,
        registered=bool(registered_rights(grant)),
        basis=[(one.cited(language), one.said(language)) for one in basis],
        **facts,
    )

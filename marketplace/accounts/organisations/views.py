"""Pages of one's own organisation, and the public directory."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.accounts import vocabularies
from marketplace.accounts.limits import count_creation
from marketplace.accounts.organisations import queries, services
from marketplace.accounts.organisations.forms import NewOrganisationForm, ProfileForm
from marketplace.accounts.organisations.lifecycle import OPEN_STATES, STATES
from marketplace.accounts.policy import (
    ORGANISATION_CREATE,
    ORGANISATION_EDIT,
    ORGANISATION_SEE,
    ORGANISATION_SUBMIT,
)
from marketplace.accounts.roles import AGENCY, KINDS, ZONE_AUTHORITY
from marketplace.accounts.zones.queries import zone_choices
from marketplace.core.errors import Conflict, Invalid, NotFound
from marketplace.core.i18n import gettext as _
from marketplace.core.policy import ACCOUNT, OPEN
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current
from marketplace.web.forms import form_page, request_key
from marketplace.web.guard import requires
from marketplace.web.login import current_actor
from marketplace.web.paging import paged

blueprint = Blueprint("organisations", __name__)


@blueprint.get("/account/organisation")
@requires(ACCOUNT)
def own() -> ResponseReturnValue:
    """The organisation the person acts for, with the state of its verification."""
    ctx = current()
    if ctx.actor.org_id is None:
        return redirect(url_for("accounts.organisations.create"), 303)
    org = queries.organisation(ctx, ctx.actor.org_id)
    return render_template(
        "accounts/organisations/own.html",
        org=org,
        edit_permission=ORGANISATION_EDIT,
        submit_permission=ORGANISATION_SUBMIT,
        **_words(),
    )


@blueprint.route("/account/organisation/new", methods=["GET", "POST"])
@requires(ORGANISATION_CREATE)
def create() -> ResponseReturnValue:
    form, actor = NewOrganisationForm(), current_actor()
    form.offer_all(current())
    if form.submitted():
        count_creation(current().now, str(actor.user_id))
        data = form.organisation()
        try:
            with unit_of_work(actor) as ctx:
                once(
                    ctx,
                    request_key(),
                    "create organisation",
                    lambda: services.create_organisation(ctx, data).id,
                )
        except Invalid as invalid:
            form.complain(invalid)
        else:
            flash(_("单位已登记。核对资料后提交核验，核验通过即可发布和交易"))
            return redirect(url_for("accounts.organisations.own"), 303)
    return form_page("accounts/organisations/create.html", form)


@blueprint.route("/account/organisation/edit", methods=["GET", "POST"])
@requires(ORGANISATION_EDIT)
def edit() -> ResponseReturnValue:
    ctx = current()
    org = queries.organisation(ctx, ctx.actor.org_id or "")
    form, version = ProfileForm(obj=org), request.form.get("version", org.version, type=int)
    form.offer()
    if form.submitted():
        try:
            with unit_of_work(ctx.actor) as work:
                services.edit_organisation(work, org.id, form.profile(), version)
        except Invalid as invalid:
            form.complain(invalid)
        except Conflict:
            org = queries.organisation(current(), ctx.actor.org_id or "")
            version = org.version
            form.form_errors.append(_("填写期间有同事修改了资料。你填写的内容仍在本页，再次保存会以本页为准"))
        else:
            flash(_("已保存"))
            return redirect(url_for("accounts.organisations.own"), 303)
    return form_page(
        "accounts/organisations/edit.html",
        form,
        org=org,
        version=version,
        identity_open=org.state in OPEN_STATES,
        is_agency=org.kind == AGENCY,
    )


@blueprint.post("/account/organisation/submit")
@requires(ORGANISATION_SUBMIT)
def submit() -> ResponseReturnValue:
    with unit_of_work(current_actor()) as ctx:
        services.submit_organisation(ctx, ctx.actor.org_id or "")
    flash(_("已提交核验，结果会通知单位管理员"))
    return redirect(url_for("accounts.organisations.own"), 303)


@blueprint.route("/account/organisation/reopen", methods=["GET", "POST"])
@requires(ORGANISATION_SUBMIT)
def reopen() -> ResponseReturnValue:
    """Asks first: until it is verified again, the organisation cannot publish or trade."""
    ctx = current()
    if request.method == "GET":
        org = queries.organisation(ctx, ctx.actor.org_id or "")
        return render_template("accounts/organisations/reopen.html", org=org)
    with unit_of_work(ctx.actor) as work:
        services.reopen_organisation(work, work.actor.org_id or "")
    flash(_("核验已撤回，现在可以修改名称和信用代码"))
    return redirect(url_for("accounts.organisations.edit"), 303)


@blueprint.get("/organisations")
@requires(OPEN)
def listed() -> ResponseReturnValue:
    asked = _asked(kind=request.args.get("kind", ""))
    kinds = {kind: name for kind, name in KINDS.items() if kind != ZONE_AUTHORITY}
    return _directory("accounts/organisations/list.html", asked, kinds=kinds)


@blueprint.get("/agencies")
@requires(OPEN)
def agencies() -> ResponseReturnValue:
    services_offered = vocabularies.choices(vocabularies.SERVICES)
    return _directory("accounts/organisations/agencies.html", _asked(kind=AGENCY), services=services_offered)


@blueprint.get("/organisations/<org_id>")
@requires(ORGANISATION_SEE)
def page(org_id: str) -> ResponseReturnValue:
    org = queries.organisation(current(), org_id)
    if org.kind == AGENCY:
        return redirect(url_for("accounts.organisations.agency", org_id=org.id), 301)
    return render_template("accounts/organisations/page.html", org=org, **_words())


@blueprint.get("/agencies/<org_id>")
@requires(ORGANISATION_SEE)
def agency(org_id: str) -> ResponseReturnValue:
    org = queries.organisation(current(), org_id)
    if org.kind != AGENCY:
        raise NotFound
    return render_template("accounts/organisations/page.html", org=org, **_words())


def _asked(kind: str) -> queries.Directory:
    asked = {name: request.args.get(name, "") for name in ("q", "zone", "region", "service")}
    return queries.Directory(**asked, kind=kind)


def _directory(template: str, asked: queries.Directory, **facts: object) -> ResponseReturnValue:
    ctx = current()
    found = paged(ctx.session, queries.directory(asked))
    regions = vocabularies.choices(vocabularies.REGIONS)
    return render_template(
        template, found=found, asked=asked, zones=zone_choices(ctx), regions=regions, **_words(), **facts
    )


def _words() -> dict[str, object]:
    return {"kind_names": KINDS, "state_names": STATES, "label": vocabularies.label}

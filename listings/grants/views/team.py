"""The team's part: the last look before it is asked, signing, declining, signed paper, opening the text again."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from listings.grants.content import SECTIONS, from_json
from listings.grants.facts import facts_about
from listings.grants.forms.acts import SignForm
from listings.grants.labels import FIELDS, fields_of, in_words, section_label, sections_of
from listings.grants.models import DRAFT, RightsGrant
from listings.grants.policy import CONFIRM, EDIT, READ
from listings.grants.reach import grant_for
from listings.grants.rules import submission_complaints
from listings.grants.team import (
    ask_team,
    completer_without_account,
    decline,
    register_paper,
    reopen,
    sign,
)
from listings.shares import percent
from listings.signatories import absent, own_row
from listings.signatory_forms import DeclineForm, PaperForm
from marketplace.accounts.people import name_of
from marketplace.core.errors import Conflict, FieldError, Invalid, NotFound
from marketplace.core.i18n import gettext as _
from marketplace.core.runtime import runtime
from marketplace.core.uow import once, unit_of_work
from marketplace.core.uploads.downloads import download_headers
from marketplace.core.uploads.gate import UploadRefused
from marketplace.web.context import current, current_actor
from marketplace.web.forms import Form, request_key
from marketplace.web.guard import requires

team = Blueprint("grant_team", __name__, url_prefix="/work/grants/<grant_id>")


@team.get("/check")
@requires(EDIT)
def check(grant_id: str) -> ResponseReturnValue:
    """Everything once more before the team is asked, each complaint beside its row."""
    grant = grant_for(current(), grant_id, EDIT)
    if grant.state != DRAFT:
        return redirect(url_for("grants.page", grant_id=grant_id), 303)
    return _check_page(grant)


@team.post("/check")
@requires(EDIT)
def ask(grant_id: str) -> ResponseReturnValue:
    """Ask the team to sign; while something is missing, the page lists it."""
    try:
        with unit_of_work(current_actor()) as ctx:
            ask_team(ctx, grant_id)
    except Invalid as invalid:
        return _check_page(grant_for(current(), grant_id, EDIT)), invalid.status
    flash(_("已请全体完成人签署"), "success")
    return redirect(url_for("grants.page", grant_id=grant_id), 303)


@team.get("/sign")
@requires(CONFIRM)
def signing(grant_id: str) -> ResponseReturnValue:
    """The exact text with all parts, for one completer to sign or decline."""
    grant = grant_for(current(), grant_id, CONFIRM)
    if grant.state != DRAFT or grant.asked_at is None:
        return redirect(url_for("grants.page", grant_id=grant_id), 303)
    return _sign_page(grant_id, SignForm(), DeclineForm())


@team.post("/sign")
@requires(CONFIRM)
def sign_now(grant_id: str) -> ResponseReturnValue:
    form = SignForm()
    given = form.to_input()
    try:
        with unit_of_work(current_actor()) as ctx:
            once(ctx, request_key(), "grant.sign", lambda: sign(ctx, grant_id, given).id)
    except Invalid as invalid:
        form.complain(invalid)
        return _sign_page(grant_id, form, DeclineForm(formdata=None)), 422
    except Conflict as conflict:
        if conflict.code != "stale":
            raise
        fresh = SignForm(formdata=None)
        return _sign_page(grant_id, fresh, DeclineForm(formdata=None), conflict), 409
    flash(_("已签署，时间和内容摘要已记入日志"), "success")
    return redirect(url_for("grants.page", grant_id=grant_id), 303)


@team.post("/decline")
@requires(CONFIRM)
def decline_now(grant_id: str) -> ResponseReturnValue:
    form = DeclineForm()
    try:
        with unit_of_work(current_actor()) as ctx:
            decline(ctx, grant_id, form.reason.data or "")
    except Invalid as invalid:
        form.complain(invalid)
        return _sign_page(grant_id, SignForm(formdata=None), form), 422
    flash(_("已记录不同意，赋权回到草稿"), "success")
    return redirect(url_for("grants.page", grant_id=grant_id), 303)


@team.post("/reopen")
@requires(EDIT)
def reopen_now(grant_id: str) -> ResponseReturnValue:
    with unit_of_work(current_actor()) as ctx:
        reopen(ctx, grant_id)
    flash(_("可以修改了，修改后须由全体完成人重新签署"), "success")
    return redirect(url_for("grant_edit.form", grant_id=grant_id), 303)


@team.get("/completers/<completer_id>/paper")
@requires(EDIT)
def paper(grant_id: str, completer_id: str) -> ResponseReturnValue:
    return _paper_page(grant_id, completer_id, PaperForm())


@team.post("/completers/<completer_id>/paper")
@requires(EDIT)
def register(grant_id: str, completer_id: str) -> ResponseReturnValue:
    form = PaperForm()
    try:
        _register(grant_id, completer_id, form)
    except Invalid as invalid:
        form.complain(invalid)
        return _paper_page(grant_id, completer_id, form), 422
    flash(_("已登记签字文件"), "success")
    return redirect(url_for("grants.page", grant_id=grant_id), 303)


@team.get("/completers/<completer_id>/signed-paper")
@requires(READ)
def signed_paper(grant_id: str, completer_id: str) -> ResponseReturnValue:
    """The scan, for the grant's own people and the unit's officers; it never opens in place."""
    ctx = current()
    grant = grant_for(ctx, grant_id)
    row = next((row for row in grant.completers if row.id == completer_id), None)
    if row is None or not row.paper or ctx.actor.org_id != grant.holder_id:
        raise NotFound
    digest, name, media = (str(row.paper[part]) for part in ("digest", "name", "media"))
    response = send_file(runtime().files.path(digest), mimetype="application/octet-stream")
    response.headers.update(download_headers(name, media))
    return response


def _register(grant_id: str, completer_id: str, form: Any) -> None:
    given = request.files.get("file")
    if given is None or not given.filename:
        completer_without_account(current(), grant_id, completer_id)
        raise Invalid([FieldError("file", "required", _("选择要上传的文件"))])
    document = form.document.data or ""
    try:
        register_paper(current_actor(), grant_id, completer_id, document, given.filename, given.stream)
    except UploadRefused as refused:
        message = _("“%(name)s”未保存：%(why)s", name=given.filename, why=str(refused.message))
        raise Invalid([FieldError("file", refused.code, message)]) from refused


def _check_page(grant: RightsGrant) -> str:
    ctx = current()
    content = from_json(grant.content)
    found: dict[str, list[str]] = {}
    for complaint in submission_complaints(content, facts_about(ctx, grant.achievement)):
        sentences = found.setdefault(complaint.field.partition(".")[0], [])
        if str(complaint.message) not in sentences:
            sentences.append(str(complaint.message))
    sections = [
        (
            section.name,
            section_label(section.name),
            [
                (name, str(FIELDS[name]), in_words(content, name), found.get(name, []))
                for name in fields_of(content, section.fields)
            ],
        )
        for section in SECTIONS
    ]
    return render_template(
        "listings/grants/check.html",
        grant=grant,
        form=Form(),
        sections=sections,
        wrong=len(found),
        absent=absent(ctx, grant.holder_id, grant.completers),
    )


def _sign_page(
    grant_id: str, form: SignForm, declining: DeclineForm, conflict: Conflict | None = None
) -> str:
    ctx = current()
    grant = grant_for(ctx, grant_id, CONFIRM)
    form.digest.data = grant.digest
    return render_template(
        "listings/grants/sign.html",
        grant=grant,
        mine=own_row(grant.completers, ctx.actor),
        form=form,
        declining=declining,
        conflict=conflict,
        sections=sections_of(from_json(grant.content)),
        percent=percent,
        absent=absent(ctx, grant.holder_id, grant.completers),
        saved_by=name_of(ctx, grant.saved_by),
    )


def _paper_page(grant_id: str, completer_id: str, form: PaperForm) -> str:
    row = completer_without_account(current(), grant_id, completer_id)
    return render_template(
        "listings/grants/paper.html",
        grant=row.grant,
        row=row,
        form=form,
        upload_limit=runtime().settings.upload_max_bytes,
    )

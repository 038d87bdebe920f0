"""Pages for the unit's officers: their notices, a new one, its wording, the check before it is handed in."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from listings.notices import words
from listings.notices.drafting import (
    EDITABLE,
    create_notice,
    discard_notice,
    said_by,
    save_notice,
    wording_of,
)
from listings.notices.forms.notices import BeginForm, wording_form
from listings.notices.models import Notice
from listings.notices.policy import CREATE, EDIT
from listings.notices.profiles import profile_of
from listings.notices.queries import own
from listings.notices.reach import notice_for
from listings.notices.services import recall_notice, submit_notice
from listings.notices.sources import Basis, source_of, sources
from listings.notices.text import lines_of
from listings.notices.wording import Wording, complaints
from listings.notices.zone_terms import least_for
from marketplace.core.context import Context
from marketplace.core.errors import Conflict, Invalid, NotFound
from marketplace.core.i18n import gettext as _
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.forms import Form, form_page, request_key
from marketplace.web.guard import requires
from marketplace.web.paging import paged

drafts = Blueprint("notice_drafts", __name__)


@drafts.get("/work/notices")
@requires(CREATE)
def own_list() -> ResponseReturnValue:
    """The acting organisation's notices."""
    page = paged(current().session, own(current(), request.args.get("state", "")))
    return render_template("listings/notices/own.html", page=page, words=words)


@drafts.route("/work/notices/new", methods=["GET", "POST"])
@requires(CREATE)
def new() -> ResponseReturnValue:
    """Choose what the notice is about."""
    ctx = current()
    offered = [
        (source.kind, choice.subject, choice.label) for source in sources() for choice in source.choices(ctx)
    ]
    form = BeginForm.offering(offered, request.args.get("about", ""))
    if form.submitted():
        kind, _mark, subject = str(form.about.data or "").partition(":")
        if (kind, subject) in {(offer[0], offer[1]) for offer in offered}:
            with unit_of_work(current_actor()) as work:
                made = once(
                    work, request_key(), "notice.create", lambda: create_notice(work, kind, subject).id
                )
            return redirect(url_for("notice_drafts.edit", notice_id=made), 303)
        form.about.errors = [*form.about.errors, _("选择公示事项")]
    return form_page("listings/notices/new.html", form, offered=offered)


@drafts.get("/notices/<notice_id>/edit")
@requires(EDIT)
def edit(notice_id: str) -> ResponseReturnValue:
    """The wording of a notice that may be edited."""
    notice = _editable(current(), notice_id)
    return _edit_page(notice, _form(notice, wording_of(notice.edition)))


@drafts.post("/notices/<notice_id>/edit")
@requires(EDIT)
def save(notice_id: str) -> ResponseReturnValue:
    """Keep the wording; what cannot be kept stays in the form beside its complaint."""
    notice = _editable(current(), notice_id)
    form = _form(notice)
    if form.submitted():
        given, version = form.to_input(), request.form.get("version", type=int)
        try:
            with unit_of_work(current_actor()) as ctx:
                save_notice(ctx, notice_id, given, version=version)
        except Invalid as invalid:
            form.complain(invalid)
        except Conflict as conflict:
            if conflict.code != "stale":
                raise
            form.form_errors.append(str(conflict.message))
            return _edit_page(_editable(current(), notice_id), form, 409)
        else:
            if request.form.get("then") == "check":
                return redirect(url_for("notice_drafts.check", notice_id=notice_id), 303)
            flash(_("草稿已保存"), "success")
            return redirect(url_for("notice_drafts.edit", notice_id=notice_id), 303)
    return _edit_page(_editable(current(), notice_id), form)


@drafts.get("/notices/<notice_id>/check")
@requires(EDIT)
def check(notice_id: str) -> ResponseReturnValue:
    """The text exactly as it will be shown, and what is still missing."""
    return _check_page(_editable(current(), notice_id), Form())


@drafts.post("/notices/<notice_id>/check")
@requires(EDIT)
def submit(notice_id: str) -> ResponseReturnValue:
    """Hand in what was looked at."""
    form, version = Form(), request.form.get("version", type=int)
    try:
        with unit_of_work(current_actor()) as ctx:
            once(
                ctx,
                request_key(),
                "notice.submit",
                lambda: submit_notice(ctx, notice_id, version=version).id,
            )
    except Invalid:
        return _check_page(_editable(current(), notice_id), form), 422
    except Conflict as conflict:
        if conflict.code != "stale":
            raise
        return _check_page(_editable(current(), notice_id), form, str(conflict.message)), 409
    flash(_("已提交示范区核验"), "success")
    return redirect(url_for("notices.page", notice_id=notice_id), 303)


@drafts.post("/notices/<notice_id>/recall")
@requires(EDIT)
def recall(notice_id: str) -> ResponseReturnValue:
    with unit_of_work(current_actor()) as ctx:
        recall_notice(ctx, notice_id)
    flash(_("已撤回，可以继续修改"), "success")
    return redirect(url_for("notice_drafts.edit", notice_id=notice_id), 303)


@drafts.get("/notices/<notice_id>/discard")
@requires(EDIT)
def discarding(notice_id: str) -> ResponseReturnValue:
    return render_template("listings/notices/discard.html", notice=_editable(current(), notice_id))


@drafts.post("/notices/<notice_id>/discard")
@requires(EDIT)
def discard(notice_id: str) -> ResponseReturnValue:
    with unit_of_work(current_actor()) as ctx:
        discard_notice(ctx, notice_id)
    flash(_("草稿已删除"), "success")
    return redirect(url_for("notice_drafts.own_list"), 303)


def _editable(ctx: Context, notice_id: str) -> Notice:
    notice = notice_for(ctx, notice_id, EDIT)
    if notice.state not in EDITABLE:
        raise Conflict(_("公示已提交，不能修改"), code="wrong_state")
    return notice


def _form(notice: Notice, given: Wording | None = None) -> Any:
    least = least_for(current(), notice.zone_id, notice.kind)
    return wording_form(profile_of(notice.kind), _basis(notice), least, given)


def _basis(notice: Notice) -> Basis:
    """What the source says now; gone sources cannot be noticed any more."""
    try:
        return source_of(notice.kind).basis(current(), notice.subject)
    except NotFound:
        raise Conflict(_("公示所依据的方案已不存在"), code="source_gone") from None


def _edit_page(notice: Notice, form: Any, status: int = 0) -> ResponseReturnValue:
    basis, profile = _basis(notice), profile_of(notice.kind)
    page = render_template(
        "listings/notices/edit.html",
        form=form,
        notice=notice,
        edition=notice.edition,
        profile=profile,
        fixed=[(field, basis.fixed[field.name]) for field in profile.fields if field.name in basis.fixed],
        words=words,
    )
    return page, status or (422 if form.errors else 200)


def _check_page(notice: Notice, form: Form, conflict: str = "") -> str:
    basis, profile, edition = _basis(notice), profile_of(notice.kind), notice.edition
    said = {**said_by(edition), **basis.fixed}
    least = least_for(current(), notice.zone_id, notice.kind)
    return render_template(
        "listings/notices/check.html",
        notice=notice,
        edition=edition,
        form=form,
        conflict=conflict,
        lines=lines_of(profile, notice.number, notice.n, said, edition.amount),
        wrong=list(complaints(profile, basis, wording_of(edition), least)),
        words=words,
    )

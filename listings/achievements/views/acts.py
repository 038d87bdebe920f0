"""Acts on an achievement that are one button and perhaps a reason. Each has a page that asks, so none needs scripts."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from listings.achievements.drafting import discard_draft
from listings.achievements.forms.acts import AccessForm, WithdrawForm
from listings.achievements.models import PUBLISHED
from listings.achievements.policy import EDIT, GRANT_ACCESS, READ_CONFIDENTIAL, SUBMIT, WITHDRAW
from listings.achievements.queries import accesses, confidential_file
from listings.achievements.reach import achievement_for, working_revision
from listings.achievements.services import grant_access, recall, view_confidential, withdraw
from listings.achievements.views.files import as_download
from listings.achievements.views.public import achievement_page
from marketplace.core.errors import Invalid, NotFound
from marketplace.core.i18n import gettext as _
from marketplace.core.uow import unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.guard import requires

acts = Blueprint("achievement_acts", __name__, url_prefix="/achievements/<achievement_id>")


@acts.post("/recall")
@requires(SUBMIT)
def take_back(achievement_id: str) -> ResponseReturnValue:
    with unit_of_work(current_actor()) as ctx:
        recall(ctx, achievement_id)
    flash(_("已撤回，可以继续修改"), "success")
    return redirect(url_for("drafts.tasks", achievement_id=achievement_id), 303)


@acts.get("/discard")
@requires(EDIT)
def discarding(achievement_id: str) -> ResponseReturnValue:
    achievement = achievement_for(current(), achievement_id, EDIT)
    if working_revision(achievement) is None:
        raise NotFound
    return render_template("listings/achievements/discard.html", achievement=achievement)


@acts.post("/discard")
@requires(EDIT)
def discard(achievement_id: str) -> ResponseReturnValue:
    with unit_of_work(current_actor()) as ctx:
        discard_draft(ctx, achievement_id)
        kept = achievement_for(ctx, achievement_id, EDIT).state == PUBLISHED
    flash(_("草稿已删除"), "success")
    target = (
        url_for("achievements.page", achievement_id=achievement_id)
        if kept
        else url_for("achievement_list.own_list")
    )
    return redirect(target, 303)


@acts.get("/withdraw")
@requires(WITHDRAW)
def withdrawal(achievement_id: str) -> ResponseReturnValue:
    return _withdraw_page(achievement_id, WithdrawForm())


@acts.post("/withdraw")
@requires(WITHDRAW)
def withdraw_now(achievement_id: str) -> ResponseReturnValue:
    form = WithdrawForm()
    try:
        with unit_of_work(current_actor()) as ctx:
            withdraw(ctx, achievement_id, form.to_input())
    except Invalid as invalid:
        form.complain(invalid)
        return _withdraw_page(achievement_id, form), 422
    flash(_("已下架，页面保留下架说明"), "success")
    return redirect(url_for("achievements.page", achievement_id=achievement_id), 303)


def _withdraw_page(achievement_id: str, form: WithdrawForm) -> str:
    achievement = achievement_for(current(), achievement_id, WITHDRAW)
    return render_template("listings/achievements/withdraw.html", achievement=achievement, form=form)


@acts.get("/access")
@requires(GRANT_ACCESS)
def access(achievement_id: str) -> ResponseReturnValue:
    return _access_page(achievement_id, AccessForm())


@acts.post("/access")
@requires(GRANT_ACCESS)
def give_access(achievement_id: str) -> ResponseReturnValue:
    form = AccessForm()
    try:
        with unit_of_work(current_actor()) as ctx:
            grant_access(ctx, achievement_id, form.credit_code.data or "", form.agreement.data or "")
    except Invalid as invalid:
        form.complain(invalid)
        return _access_page(achievement_id, form), 422
    flash(_("已登记保密协议，对方可以查看保密内容"), "success")
    return redirect(url_for("achievement_acts.access", achievement_id=achievement_id), 303)


def _access_page(achievement_id: str, form: AccessForm) -> str:
    ctx = current()
    achievement = achievement_for(ctx, achievement_id, GRANT_ACCESS)
    return render_template(
        "listings/achievements/access.html",
        achievement=achievement,
        form=form,
        granted=accesses(ctx, achievement),
    )


@acts.get("/confidential")
@requires(READ_CONFIDENTIAL)
def confidential_question(achievement_id: str) -> ResponseReturnValue:
    achievement = achievement_for(current(), achievement_id, READ_CONFIDENTIAL)
    return render_template("listings/achievements/confidential.html", achievement=achievement)


@acts.post("/confidential")
@requires(READ_CONFIDENTIAL)
def confidential(achievement_id: str) -> ResponseReturnValue:
    """Open what is under a confidentiality agreement: an act, not a look, because it is recorded."""
    with unit_of_work(current_actor()) as ctx:
        view_confidential(ctx, achievement_id)
    return achievement_page(current(), achievement_id, opened=True)


@acts.post("/confidential/<digest>")
@requires(READ_CONFIDENTIAL)
def confidential_download(achievement_id: str, digest: str) -> Response:
    """One file under a confidentiality agreement; recorded with its digest."""
    with unit_of_work(current_actor()) as ctx:
        view_confidential(ctx, achievement_id, file=digest)
        found = confidential_file(ctx, achievement_id, digest)
    return as_download(found, digest)

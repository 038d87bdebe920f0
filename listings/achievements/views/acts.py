"""Acts on an achievement that are one button and perhaps a reason."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from listings.achievements.drafting import discard_draft
from listings.achievements.forms.acts import AccessForm, WithdrawForm
from listings.achievements.models import PUBLISHED
from listings.achievements.policy import EDIT, GRANT_ACCESS, READ_CONFIDENTIAL, SUBMIT, WITHDRAW
from listings.achievements.reach import achievement_for
from listings.achievements.services import grant_access, recall, view_confidential, withdraw
from listings.achievements.views.public import achievement_page
from marketplace.core.errors import Invalid
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
    achievement = achievement_for(current(), achievement_id, WITHDRAW)
    return render_template(
        "listings/achievements/withdraw.html", achievement=achievement, form=WithdrawForm()
    )


@acts.post("/withdraw")
@requires(WITHDRAW)
def withdraw_now(achievement_id: str) -> ResponseReturnValue:
    form = WithdrawForm()
    try:
        with unit_of_work(current_actor()) as ctx:
            withdraw(ctx, achievement_id, form.to_input())
    except Invalid as invalid:
        form.complain(invalid)
        achievement = achievement_for(current(), achievement_id, WITHDRAW)
        return render_template("listings/achievements/withdraw.html", achievement=achievement, form=form), 422
    flash(_("已下架，页面保留下架说明"), "success")
    return redirect(url_for("achievements.page", achievement_id=achievement_id), 303)


@acts.get("/access")
@requires(GRANT_ACCESS)
def access(achievement_id: str) -> ResponseReturnValue:
    achievement = achievement_for(current(), achievement_id, GRANT_ACCESS)
    return render_template("listings/achievements/access.html", achievement=achievement, form=AccessForm())


@acts.post("/access")
@requires(GRANT_ACCESS)
def give_access(achievement_id: str) -> ResponseReturnValue:
    form = AccessForm()
    try:
        with unit_of_work(current_actor()) as ctx:
            grant_access(ctx, achievement_id, form.credit_code.data or "", form.agreement.data or "")
    except Invalid as invalid:
        form.complain(invalid)
        achievement = achievement_for(current(), achievement_id, GRANT_ACCESS)
        return render_template("listings/achievements/access.html", achievement=achievement, form=form), 422
    flash(_("已登记保密协议，对方可以查看保密内容"), "success")
    return redirect(url_for("achievements.page", achievement_id=achievement_id), 303)


@acts.post("/confidential")
@requires(READ_CONFIDENTIAL)
def confidential(achievement_id: str) -> ResponseReturnValue:
    """Open what is under a confidentiality agreement: an act, not a look, because it is recorded."""
    with unit_of_work(current_actor()) as ctx:
        view_confidential(ctx, achievement_id)
    return achievement_page(current(), achievement_id, opened=True)

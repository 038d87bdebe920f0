"""Pages of an organisation's members."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.accounts.limits import count_invitation
from marketplace.accounts.members import proposals, queries, services
from marketplace.accounts.members.changes import the_membership
from marketplace.accounts.members.forms import InviteForm, RolesForm
from marketplace.accounts.members.services import Invitation, Outcome, RoleChange
from marketplace.accounts.policy import MEMBERS_MANAGE, MEMBERS_SEE, MEMBERSHIP_LEAVE, ROLES_CONFIRM
from marketplace.accounts.roles import ZONE_AUTHORITY, role_name
from marketplace.core.context import Context
from marketplace.core.errors import Conflict, Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current
from marketplace.web.forms import form_page, request_key
from marketplace.web.guard import requires
from marketplace.web.login import current_actor

blueprint = Blueprint("members", __name__, url_prefix="/account/organisation/members")


@blueprint.get("")
@requires(MEMBERS_SEE)
def listed() -> ResponseReturnValue:
    ctx = current()
    org = queries.the_organisation(ctx, ctx.actor.org_id)
    return render_template(
        "accounts/members/list.html",
        org=org,
        members=queries.members_of(ctx, org.id),
        invitations=queries.open_invitations(ctx, org.id),
        proposals=queries.proposals_of(ctx, org.id),
        role_name=role_name,
        manage_permission=MEMBERS_MANAGE,
        confirm_permission=ROLES_CONFIRM,
        four_eyes=org.kind == ZONE_AUTHORITY,
    )


@blueprint.route("/invite", methods=["GET", "POST"])
@requires(MEMBERS_MANAGE)
def invite() -> ResponseReturnValue:
    ctx = current()
    org = queries.the_organisation(ctx, ctx.actor.org_id)
    form, four_eyes = InviteForm(), org.kind == ZONE_AUTHORITY
    form.offer(org)
    if form.submitted():
        count_invitation(ctx.now, str(ctx.actor.user_id))
        data = Invitation(form.email.data or "", tuple(form.roles.data or ()))
        try:
            with unit_of_work(ctx.actor) as work:
                once(work, request_key(), "invite", lambda: services.invite(work, org.id, data).id)
        except Invalid as invalid:
            form.complain(invalid)
        except Conflict as conflict:
            form.form_errors.append(str(conflict.message))
        else:
            flash(_("已提出，等待另一名管理员确认") if four_eyes else _("邀请邮件已发出"))
            return redirect(url_for("accounts.members.listed"), 303)
    return form_page("accounts/members/invite.html", form, org=org, four_eyes=four_eyes)


@blueprint.post("/invitations/<link_id>/withdraw")
@requires(MEMBERS_MANAGE)
def withdraw(link_id: str) -> ResponseReturnValue:
    with unit_of_work(current_actor()) as ctx:
        services.withdraw_invitation(ctx, str(ctx.actor.org_id), link_id)
    flash(_("邀请已撤回"))
    return redirect(url_for("accounts.members.listed"), 303)


@blueprint.route("/<user_id>", methods=["GET", "POST"])
@requires(MEMBERS_MANAGE)
def edit(user_id: str) -> ResponseReturnValue:
    ctx = current()
    org = queries.the_organisation(ctx, ctx.actor.org_id)
    membership = the_membership(ctx, org.id, user_id)
    name, four_eyes = membership.user.name, org.kind == ZONE_AUTHORITY
    form = RolesForm(data={"roles": membership.roles})
    form.offer(org)
    if form.submitted():
        try:
            outcome = _change(ctx, org.id, user_id, tuple(form.roles.data or ()))
        except Invalid as invalid:
            form.complain(invalid)
        except Conflict as conflict:
            form.form_errors.append(str(conflict.message))
        else:
            _say(outcome)
            return redirect(url_for("accounts.members.listed"), 303)
    return form_page(
        "accounts/members/edit.html", form, org=org, user_id=user_id, name=name, four_eyes=four_eyes
    )


@blueprint.post("/<user_id>/remove")
@requires(MEMBERS_MANAGE)
def remove(user_id: str) -> ResponseReturnValue:
    with unit_of_work(current_actor()) as ctx:
        outcome = services.remove_member(ctx, str(ctx.actor.org_id), user_id)
    _say(outcome)
    return redirect(url_for("accounts.members.listed"), 303)


@blueprint.route("/leave", methods=["GET", "POST"])
@requires(MEMBERSHIP_LEAVE)
def leave() -> ResponseReturnValue:
    ctx = current()
    if request.method == "GET":
        org = queries.the_organisation(ctx, ctx.actor.org_id)
        return render_template("accounts/members/leave.html", org=org)
    with unit_of_work(ctx.actor) as work:
        services.leave(work, str(work.actor.org_id))
    flash(_("已退出单位"))
    return redirect(url_for("accounts.profile.overview"), 303)


@blueprint.post("/proposals/<proposal_id>/confirm")
@requires(ROLES_CONFIRM)
def confirm(proposal_id: str) -> ResponseReturnValue:
    with unit_of_work(current_actor()) as ctx:
        proposals.confirm_proposal(ctx, proposal_id)
    flash(_("变更已确认并生效"))
    return redirect(url_for("accounts.members.listed"), 303)


@blueprint.post("/proposals/<proposal_id>/reject")
@requires(ROLES_CONFIRM)
def reject(proposal_id: str) -> ResponseReturnValue:
    with unit_of_work(current_actor()) as ctx:
        proposals.reject_proposal(ctx, proposal_id)
    flash(_("变更未获同意，已关闭"))
    return redirect(url_for("accounts.members.listed"), 303)


def _change(ctx: Context, org_id: str, user_id: str, roles: tuple[str, ...]) -> Outcome:
    with unit_of_work(ctx.actor) as work:
        return services.change_roles(work, org_id, user_id, RoleChange(roles))


def _say(outcome: Outcome) -> None:
    words = {
        "changed": _("角色已修改"),
        "removed": _("成员已移除"),
        "proposed": _("已提出，等待另一名管理员确认"),
    }
    flash(words[outcome.outcome])

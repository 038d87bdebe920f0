"""Pages about one's own account, and the two switches that every page carries: appearance and organisation."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.accounts.addresses import remote_address, way_back
from marketplace.accounts.browser import remember
from marketplace.accounts.identity import Person, person
from marketplace.accounts.limits import count_password_try, forgive_password_try
from marketplace.accounts.models import User
from marketplace.accounts.navigation import THEMES
from marketplace.accounts.passwords import hash_password
from marketplace.accounts.profile.forms import ChangePasswordForm, PersonalDataForm
from marketplace.accounts.profile.services import (
    PersonalData,
    act_for,
    change_password,
    edit_person,
    end_other_log_ins,
)
from marketplace.accounts.sessions import open_log_ins
from marketplace.accounts.signin.services import checked_password, verify, wrong_password
from marketplace.core.errors import Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.lookup import get
from marketplace.core.policy import ACCOUNT, OPEN
from marketplace.core.uow import unit_of_work
from marketplace.web.context import current
from marketplace.web.forms import form_page
from marketplace.web.guard import requires
from marketplace.web.login import current_actor, current_identity

blueprint = Blueprint("profile", __name__)

YEAR = 365 * 86_400


@blueprint.get("/account")
@requires(ACCOUNT)
def overview() -> ResponseReturnValue:
    ctx = current()
    return render_template("accounts/profile/overview.html", user=get(ctx.session, User, ctx.actor.user_id))


@blueprint.route("/account/profile", methods=["GET", "POST"])
@requires(ACCOUNT)
def profile() -> ResponseReturnValue:
    ctx = current()
    user = get(ctx.session, User, ctx.actor.user_id)
    form = PersonalDataForm(data={"name": user.name, "language": user.language})
    if form.submitted():
        try:
            with unit_of_work(current_actor()) as ctx:
                edit_person(ctx, PersonalData(form.name.data or "", form.language.data or ""))
        except Invalid as invalid:
            form.complain(invalid)
        else:
            flash(_("已保存"))
            return redirect(url_for("accounts.profile.overview"), 303)
    return form_page("accounts/profile/profile.html", form)


@blueprint.route("/account/password", methods=["GET", "POST"])
@requires(ACCOUNT)
def password() -> ResponseReturnValue:
    form = ChangePasswordForm()
    if form.submitted():
        try:
            changed = _change_password(form.current.data or "", form.password.data or "")
        except Invalid as invalid:
            form.complain(invalid)
        else:
            remember(changed)
            flash(_("密码已修改，其他登录都已结束"))
            return redirect(url_for("accounts.profile.overview"), 303)
    return form_page("accounts/profile/password.html", form)


@blueprint.get("/account/log-ins")
@requires(ACCOUNT)
def log_ins() -> ResponseReturnValue:
    ctx, looking = current(), current_identity()
    here = looking.log_in if isinstance(looking, Person) else ""
    return render_template(
        "accounts/profile/log_ins.html", log_ins=open_log_ins(ctx, str(ctx.actor.user_id)), here=here
    )


@blueprint.post("/account/log-ins/end")
@requires(ACCOUNT)
def end_log_ins() -> ResponseReturnValue:
    with unit_of_work(current_actor()) as ctx:
        begun = end_other_log_ins(ctx)
        renewed = person(get(ctx.session, User, begun.user_id), begun.id)
    remember(renewed)
    flash(_("其他登录都已结束"))
    return redirect(url_for("accounts.profile.log_ins"), 303)


@blueprint.post("/account/acting")
@requires(ACCOUNT)
def acting() -> ResponseReturnValue:
    with unit_of_work(current_actor()) as ctx:
        act_for(ctx, request.form.get("org_id") or None)
    return redirect(way_back(request.form.get("next"), url_for("accounts.profile.overview")), 303)


@blueprint.post("/theme")
@requires(OPEN)
def theme() -> ResponseReturnValue:
    """Light, dark or, with anything else, as the system says."""
    chosen = request.form.get("theme", "")
    response = redirect(way_back(request.form.get("next"), f"{request.script_root}/"), 303)
    if chosen in THEMES:
        response.set_cookie(
            "theme", chosen, max_age=YEAR, samesite="Lax", secure=request.is_secure, httponly=True
        )
    else:
        response.delete_cookie("theme", samesite="Lax", secure=request.is_secure, httponly=True)
    return response


def _change_password(current_password: str, new_password: str) -> Person:
    """Verify and hash before the writers' lock, then change. Raises Invalid, TooMany."""
    ctx = current()
    user = get(ctx.session, User, ctx.actor.user_id)
    email, name, kept = user.email, user.name, user.password
    count_password_try(ctx.now, email, remote_address())
    if not verify(user, current_password):
        raise wrong_password("current")
    forgive_password_try(ctx.now, email, remote_address())
    hashed = hash_password(checked_password(new_password, email, name))
    with unit_of_work(current_actor()) as work:
        begun = change_password(work, kept, hashed)
        return person(get(work.session, User, begun.user_id), begun.id)

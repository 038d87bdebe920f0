"""Pages of the way in: registration, log-in, log-out, confirmation, recovery."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.accounts.addresses import way_back
from marketplace.accounts.browser import forget, remember
from marketplace.accounts.identity import Person
from marketplace.accounts.links import Purpose
from marketplace.accounts.people import Registration
from marketplace.accounts.policy import FOLLOW_LINK, LOG_IN, RECOVER, REGISTER
from marketplace.accounts.sessions import end_log_in
from marketplace.accounts.signin import entrance
from marketplace.accounts.signin.forms import (
    ConfirmForm,
    LogInForm,
    NewPasswordForm,
    RecoverForm,
    RegisterForm,
)
from marketplace.core.errors import Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.policy import ACCOUNT
from marketplace.core.runtime import runtime
from marketplace.core.uow import unit_of_work
from marketplace.web.forms import form_page
from marketplace.web.guard import requires
from marketplace.web.login import current_actor, current_identity

blueprint = Blueprint("accounts", __name__)


@blueprint.route("/register", methods=["GET", "POST"])
@requires(REGISTER)
def register() -> ResponseReturnValue:
    form = RegisterForm()
    if form.submitted():
        try:
            entrance.register(
                Registration(form.name.data or "", form.email.data or "", form.password.data or "")
            )
        except Invalid as invalid:
            form.complain(invalid)
        else:
            return redirect(url_for("accounts.mail_sent"), 303)
    return form_page("accounts/signin/register.html", form)


@blueprint.get("/mail-sent")
@requires(REGISTER)
def mail_sent() -> ResponseReturnValue:
    """The same words after a registration or a recovery, whatever is known of the address."""
    return render_template("accounts/signin/mail_sent.html")


@blueprint.route("/confirm/<token>", methods=["GET", "POST"])
@requires(FOLLOW_LINK)
def confirm(token: str) -> ResponseReturnValue:
    link = entrance.linked(token, Purpose.CONFIRM)
    form, email = ConfirmForm(), link.email
    if form.submitted():
        try:
            person = entrance.confirm(token, form.password.data or "")
        except Invalid as invalid:
            form.complain(invalid)
        else:
            remember(person)
            flash(_("邮箱已确认，欢迎使用"))
            return redirect(url_for("accounts.profile.overview"), 303)
    return form_page("accounts/signin/confirm.html", form, email=email)


@blueprint.route("/login", methods=["GET", "POST"])
@requires(LOG_IN)
def login() -> ResponseReturnValue:
    target = way_back(request.values.get("next"), url_for("accounts.profile.overview"))
    if request.method == "GET" and current_actor().signed_in:
        return redirect(target, 303)
    form = LogInForm()
    if form.submitted():
        try:
            person = entrance.log_in(form.email.data or "", form.password.data or "")
        except Invalid as invalid:
            form.complain(invalid)
        else:
            remember(person)
            return redirect(target, 303)
    samples = runtime().registry.sample_log_ins if runtime().settings.demo else []
    return form_page("accounts/signin/login.html", form, target=target, samples=samples)


@blueprint.post("/logout")
@requires(ACCOUNT)
def logout() -> ResponseReturnValue:
    person = current_identity()
    if isinstance(person, Person) and person.log_in:
        with unit_of_work(person.actor) as ctx:
            end_log_in(ctx, person.user_id, person.log_in)
    forget()
    flash(_("已退出登录"))
    return redirect(url_for("accounts.login"), 303)


@blueprint.route("/password", methods=["GET", "POST"])
@requires(RECOVER)
def recover() -> ResponseReturnValue:
    form = RecoverForm()
    if form.submitted():
        try:
            entrance.ask_recovery(form.email.data or "")
        except Invalid as invalid:
            form.complain(invalid)
        else:
            return redirect(url_for("accounts.mail_sent"), 303)
    return form_page("accounts/signin/recover.html", form)


@blueprint.route("/password/<token>", methods=["GET", "POST"])
@requires(FOLLOW_LINK)
def new_password(token: str) -> ResponseReturnValue:
    link = entrance.linked(token, Purpose.RECOVER)
    form, email = NewPasswordForm(), link.email
    if form.submitted():
        try:
            entrance.recover(token, form.password.data or "")
        except Invalid as invalid:
            form.complain(invalid)
        else:
            forget()
            flash(_("密码已重设，所有登录都已结束。请用新密码登录"))
            return redirect(url_for("accounts.login"), 303)
    return form_page("accounts/signin/new_password.html", form, email=email)

"""Pages behind an invitation: join with one's account, or make one."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from marketplace.accounts.browser import remember
from marketplace.accounts.identity import Person, person
from marketplace.accounts.links import Purpose
from marketplace.accounts.members import services
from marketplace.accounts.members.forms import JoinForm
from marketplace.accounts.models import MailLink, Organisation
from marketplace.accounts.passwords import hash_password
from marketplace.accounts.people import Registration, checked, user_by_email
from marketplace.accounts.policy import FOLLOW_LINK
from marketplace.accounts.roles import role_name
from marketplace.accounts.sessions import begin_log_in
from marketplace.accounts.signin.entrance import linked
from marketplace.core.context import ANONYMOUS
from marketplace.core.errors import Invalid
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.lookup import get
from marketplace.core.policy import ACCOUNT
from marketplace.core.runtime import runtime
from marketplace.core.uow import unit_of_work
from marketplace.web.context import current
from marketplace.web.forms import form_page
from marketplace.web.guard import requires
from marketplace.web.login import current_actor, current_identity

blueprint = Blueprint("invitations", __name__, url_prefix="/invite")


@blueprint.route("/<token>", methods=["GET", "POST"])
@requires(FOLLOW_LINK)
def show(token: str) -> ResponseReturnValue:
    """What one is invited to, and the way in: a button, a log-in, or a registration, which this form is."""
    link = linked(token, Purpose.INVITE)
    form, facts = JoinForm(), _facts(link)
    if form.submitted():
        try:
            joined = _register(
                token, Registration(form.name.data or "", link.email, form.password.data or "")
            )
        except Invalid as invalid:
            form.complain(invalid)
        else:
            remember(joined)
            flash(_("已加入单位，欢迎使用"))
            return redirect(url_for("accounts.organisations.own"), 303)
    return form_page("accounts/members/invitation.html", form, token=token, **facts)


@blueprint.post("/<token>/accept")
@requires(ACCOUNT)
def accept(token: str) -> ResponseReturnValue:
    with unit_of_work(current_actor()) as ctx:
        services.accept_invitation(ctx, runtime().settings.secret_key, token)
    flash(_("已加入单位"))
    return redirect(url_for("accounts.organisations.own"), 303)


def _facts(link: MailLink) -> dict[str, object]:
    ctx, looking = current(), current_identity()
    user = user_by_email(ctx.session, link.email)
    return {
        "email": link.email,
        "org": get(ctx.session, Organisation, link.org_id),
        "roles": [role_name(role) for role in link.roles],
        "has_account": user is not None and user.email_confirmed_at is not None,
        "signed_in_as": looking.email if isinstance(looking, Person) else "",
    }


def _register(token: str, typed: Registration) -> Person:
    """Hash before the writers' lock, then register, join and begin a session. Raises DeadLink, Invalid."""
    data, key, language = checked(typed), runtime().settings.secret_key, current_language()
    hashed = hash_password(data.password)
    with unit_of_work(ANONYMOUS) as ctx:
        user = services.register_by_invitation(ctx, key, token, data, hashed, language)
        begun = begin_log_in(ctx, user)
        return person(user, begun.id)

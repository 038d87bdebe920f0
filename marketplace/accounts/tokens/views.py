"""Pages of one's own tokens."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from marketplace.accounts.identity import Person
from marketplace.accounts.limits import count_creation
from marketplace.accounts.tokens import queries, services
from marketplace.accounts.tokens.forms import TokenForm
from marketplace.accounts.tokens.services import SCOPES, MadeToken
from marketplace.core.errors import Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.policy import ACCOUNT
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current
from marketplace.web.forms import form_page, request_key
from marketplace.web.guard import requires
from marketplace.web.login import current_actor, current_identity

blueprint = Blueprint("tokens", __name__, url_prefix="/account/tokens")


@blueprint.route("", methods=["GET", "POST"])
@requires(ACCOUNT)
def listed() -> ResponseReturnValue:
    """The tokens in force and a form for another. The answer to the form shows the secret, this once."""
    looking = current_identity()
    organisations = looking.organisations if isinstance(looking, Person) else ()
    form, secret = TokenForm(), ""
    form.offer(organisations)
    if form.submitted():
        count_creation(current().now, str(current_actor().user_id))
        try:
            secret = _make(form)
        except Invalid as invalid:
            form.complain(invalid)
        else:
            if not secret:
                flash(_("令牌已经创建过。密钥只显示一次，如未保存，请撤销后重新创建"), "warning")
                return redirect(url_for("accounts.tokens.listed"), 303)
    return form_page(
        "accounts/tokens/list.html",
        form,
        secret=secret,
        tokens=queries.tokens_in_force(current()),
        scope_names=SCOPES,
        organisations=dict(organisations),
    )


@blueprint.post("/<token_id>/revoke")
@requires(ACCOUNT)
def revoke(token_id: str) -> ResponseReturnValue:
    with unit_of_work(current_actor()) as ctx:
        services.revoke_token(ctx, token_id)
    flash(_("令牌已撤销"))
    return redirect(url_for("accounts.tokens.listed"), 303)


def _make(form: TokenForm) -> str:
    """The secret of the new token; empty if this very form has been carried out before."""
    made: list[MadeToken] = []

    def make() -> str:
        made.append(services.create_token(ctx, str(ctx.actor.user_id), form.token()))
        return made[0].id

    with unit_of_work(current_actor()) as ctx:
        once(ctx, request_key(), "create token", make)
    return made[0].secret if made else ""

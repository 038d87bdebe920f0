"""Commands about one's own account."""

from dataclasses import dataclass

from marketplace.accounts.checks import Checks
from marketplace.accounts.links import Purpose, void_links
from marketplace.accounts.models import LogIn, User
from marketplace.accounts.people import NAME_LENGTH
from marketplace.accounts.sessions import begin_log_in, end_all_log_ins
from marketplace.accounts.signin.services import wrong_password
from marketplace.core.context import Context
from marketplace.core.errors import NotFound
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.journal import record
from marketplace.core.lookup import get

LANGUAGES = {"zh": _l("中文在前"), "en": _l("英文在前")}


@dataclass(frozen=True)
class PersonalData:
    """What a person says of themselves. `language` is the part of a letter that comes first, `zh` or `en`."""

    name: str
    language: str = "zh"


def edit_person(ctx: Context, data: PersonalData) -> None:
    """Change the actor's own name and language. Raises Invalid."""
    checks = Checks()
    name = checks.line("name", data.name, NAME_LENGTH, missing=_l("填写真实姓名"))
    if data.language not in LANGUAGES:
        checks.complain("language", "choice", _l("选择一种语言"))
    checks.settle()
    user = _self(ctx)
    if (user.name, user.language) == (name, data.language):
        return
    user.name, user.language = name, data.language
    record(ctx, "user.edited", user.id)


def change_password(ctx: Context, verified_hash: str, password_hash: str) -> LogIn:
    """Replace the actor's password. All sessions end; the one returned begins in their place."""
    user = _self(ctx)
    if user.password != verified_hash:
        raise wrong_password("current")
    user.password = password_hash
    end_all_log_ins(ctx, user)
    void_links(ctx, user, Purpose.RECOVER)
    record(ctx, "user.password_changed", user.id)
    return begin_log_in(ctx, user)


def end_other_log_ins(ctx: Context) -> LogIn:
    """End every session of the actor; the one returned begins in place of the present one."""
    user = _self(ctx)
    end_all_log_ins(ctx, user)
    record(ctx, "user.log_ins_ended", user.id)
    return begin_log_in(ctx, user)


def act_for(ctx: Context, org_id: str | None) -> None:
    """Act for an organisation the actor belongs to from now on, or with None for nobody but oneself.

    Raises NotFound for any other organisation.
    """
    user = _self(ctx)
    if org_id is not None and org_id not in {membership.org_id for membership in user.memberships}:
        raise NotFound
    if user.acting_org_id != org_id:
        user.acting_org_id = org_id
        record(ctx, "user.switched", user.id, {"org": org_id})


def _self(ctx: Context) -> User:
    return get(ctx.session, User, ctx.actor.user_id)

"""What this package writes to people: links that let somebody in, news of their account, their organisation, their roles.

A link is signed when the letter is written, and the letter is written when it is sent: no secret is kept.
"""

from collections.abc import Sequence

from marketplace.accounts.addresses import path_to
from marketplace.accounts.links import sign
from marketplace.accounts.members.changes import admins_of
from marketplace.accounts.models import ApiToken, MailLink, Organisation, User
from marketplace.accounts.roles import role_name
from marketplace.accounts.wording import written
from marketplace.core.context import Context
from marketplace.core.errors import Words
from marketplace.core.i18n import LazyString
from marketplace.core.i18n import gettext as _
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.journal import Entry
from marketplace.core.lookup import find
from marketplace.core.registry import Letter, LetterBuilder
from marketplace.core.runtime import runtime


def builders() -> list[LetterBuilder]:
    """For the registry."""
    return [
        LetterBuilder(("user.registered", "user.confirmation_requested"), _confirmation),
        LetterBuilder(("user.registration_repeated",), _known_already),
        LetterBuilder(("recovery.requested",), _recovery),
        LetterBuilder(("user.password_reset", "user.password_changed"), _password_changed),
        LetterBuilder(("token.created",), _token_created),
        LetterBuilder(("organisation.verified", "organisation.returned"), _decided),
        LetterBuilder(("membership.invited",), _invitation),
        LetterBuilder(("membership.proposed",), _proposed),
        LetterBuilder(("membership.added", "membership.changed", "membership.removed"), _membership),
    ]


def _confirmation(ctx: Context, entry: Entry) -> Sequence[Letter]:
    link = _link(ctx, entry.data.get("link"))
    user = find(ctx.session, User, entry.subject)
    if link is None or user is None or user.email_confirmed_at is not None or link.used_at is not None:
        return ()
    body = written("confirm.txt", name=user.name)
    return (Letter(user.id, _l("确认邮箱，完成注册"), body, _path("accounts.confirm", link), secret=True),)


def _known_already(ctx: Context, entry: Entry) -> Sequence[Letter]:
    user = find(ctx.session, User, entry.subject)
    if user is None:
        return ()
    body = written("known_already.txt", name=user.name)
    return (Letter(user.id, _l("你已经有账户了"), body, path_to("accounts.recover")),)


def _recovery(ctx: Context, entry: Entry) -> Sequence[Letter]:
    link = _link(ctx, entry.subject)
    user = find(ctx.session, User, link.user_id) if link is not None else None
    if link is None or user is None or link.used_at is not None:
        return ()
    body = written("recover.txt", name=user.name)
    return (Letter(user.id, _l("重设密码"), body, _path("accounts.new_password", link), secret=True),)


def _password_changed(ctx: Context, entry: Entry) -> Sequence[Letter]:
    user = find(ctx.session, User, entry.subject)
    if user is None:
        return ()
    body = written("password_changed.txt", at=entry.at)
    return (Letter(user.id, _l("密码已修改"), body, path_to("accounts.recover")),)


def _token_created(ctx: Context, entry: Entry) -> Sequence[Letter]:
    token = find(ctx.session, ApiToken, entry.subject)
    if token is None:
        return ()
    body = written("token_created.txt", label=token.label, expires=token.expires_at)
    return (Letter(token.user_id, _l("已创建接口令牌"), body, path_to("accounts.tokens.listed")),)


def _decided(ctx: Context, entry: Entry) -> Sequence[Letter]:
    org = find(ctx.session, Organisation, entry.subject)
    if org is None:
        return ()
    verified = entry.kind == "organisation.verified"
    title = (
        _l("%(name)s已通过核验", name=org.name) if verified else _l("%(name)s的资料需要修改", name=org.name)
    )
    body = written("organisation_decided.txt", org=org, verified=verified)
    url = path_to("accounts.organisations.own")
    return [Letter(user.id, title, body, url) for user in admins_of(ctx, org.id)]


def _invitation(ctx: Context, entry: Entry) -> Sequence[Letter]:
    link = _link(ctx, entry.data.get("link"))
    org = find(ctx.session, Organisation, entry.subject)
    if link is None or org is None or link.used_at is not None:
        return ()
    title = _l("%(name)s邀请你加入", name=org.name)
    body = written("invite.txt", org=org, roles=_roles(link.roles), host=_name(ctx, entry.actor))
    return (
        Letter(None, title, body, _path("accounts.invitations.show", link), secret=True, address=link.email),
    )


def _proposed(ctx: Context, entry: Entry) -> Sequence[Letter]:
    org = find(ctx.session, Organisation, entry.subject)
    if org is None:
        return ()
    body = written("roles_proposed.txt", org=org, host=_name(ctx, entry.actor))
    title, url = _l("角色变更等待你确认"), path_to("accounts.members.listed")
    return [Letter(user.id, title, body, url) for user in admins_of(ctx, org.id) if user.id != entry.actor]


def _membership(ctx: Context, entry: Entry) -> Sequence[Letter]:
    """To the member, unless it is their own doing: they left, or followed an invitation."""
    org, member = find(ctx.session, Organisation, entry.subject), _text(entry.data.get("user"))
    if org is None or member is None or member == entry.actor or "link" in entry.data:
        return ()
    roles = entry.data.get("roles")
    names = _roles([str(role) for role in roles]) if isinstance(roles, list) else ""
    body = written("membership.txt", org=org, roles=names)
    return (Letter(member, _membership_title(entry, org), body, path_to("accounts.profile.overview")),)


def _membership_title(entry: Entry, org: Organisation) -> Words:
    if entry.kind == "membership.added":
        return _l("你已加入%(name)s", name=org.name)
    if entry.kind == "membership.changed":
        return _l("你在%(name)s的角色已变更", name=org.name)
    return _l("你已不再是%(name)s的成员", name=org.name)


def _roles(roles: Sequence[str]) -> LazyString:
    """The names of the roles, in the language they are read in."""
    return LazyString(lambda: _("、").join(str(role_name(role)) for role in roles))


def _name(ctx: Context, user_id: str) -> Words:
    """Whose doing it was: a person's, or the platform's itself."""
    user = find(ctx.session, User, user_id)
    return user.name if user is not None else _l("平台运营方")


def _link(ctx: Context, link_id: object) -> MailLink | None:
    return find(ctx.session, MailLink, _text(link_id))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _path(endpoint: str, link: MailLink) -> str:
    return path_to(endpoint, token=sign(runtime().settings.secret_key, link))

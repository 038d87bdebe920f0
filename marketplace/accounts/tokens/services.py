"""Commands about tokens: make one, revoke one."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from marketplace.accounts.checks import Checks
from marketplace.accounts.identity import token_digest
from marketplace.accounts.members.changes import membership_of
from marketplace.accounts.models import ApiToken
from marketplace.core.context import Context
from marketplace.core.db import JSONValue
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.ids import new_id
from marketplace.core.journal import record
from marketplace.core.lookup import get

MOST_DAYS, USUAL_DAYS = 365, 90
LABEL = 60
#: The scope with which a program manages accounts. A token cannot hand it on: it would outlive its own revocation.
MANAGING = "account"
SCOPES = {
    "read": _l("读取：本人可见的内容"),
    "achievements:write": _l("成果：新建、修改、提交"),
    "plans:write": _l("转化方案：新建、修改、提交"),
    "disclosures:write": _l("披露：新建、修改、确认、办理"),
    "notices:write": _l("公示：起草、提交、更正、终止"),
    "moderation:write": _l("审核：受理、决定"),
    MANAGING: _l("账户：机构、成员与令牌"),
}
#: So that a program that looks for leaked keys knows one when it sees it.
PREFIX = "mkt_"


@dataclass(frozen=True)
class NewToken:
    """A token to be made. `org_id` is the organisation it acts for; None for none. `days` until it expires."""

    label: str
    scopes: tuple[str, ...] = ()
    org_id: str | None = None
    days: int = USUAL_DAYS


@dataclass(frozen=True)
class MadeToken:
    """A new token. This is the only time that its `secret` is known."""

    id: str
    secret: str


def create_token(ctx: Context, user_id: str, data: NewToken) -> MadeToken:
    """Make a token for a user, which is the actor unless the actor is the system. Raises Invalid."""
    checks = Checks()
    label = checks.line("label", data.label, LABEL, missing=_l("写明用途，以便日后辨认"))
    _check_scopes(ctx, checks, data.scopes)
    if not 1 <= data.days <= MOST_DAYS:
        checks.complain("days", "range", _l("有效期为 1 到 %(most)s 天", most=MOST_DAYS))
    if data.org_id is not None and membership_of(ctx, data.org_id[:30].replace("\x00", ""), user_id) is None:
        checks.complain("org_id", "choice", _l("选择你所属的单位"))
    checks.settle()
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        id=new_id("tok", ctx.now),
        user_id=user_id,
        org_id=data.org_id,
        label=label,
        scopes=sorted(set(data.scopes)),
        digest=token_digest(secret),
        created_at=ctx.now,
        expires_at=ctx.now + timedelta(days=data.days),
    )
    ctx.session.add(token)
    listed: list[JSONValue] = [*token.scopes]
    record(ctx, "token.created", token.id, {"user": user_id, "org": token.org_id, "scopes": listed})
    return MadeToken(token.id, secret)


def revoke_token(ctx: Context, token_id: str) -> None:
    """The actor's token opens nothing any more. Revoking it again changes nothing. Raises NotFound for others'."""
    token = get(ctx.session, ApiToken, token_id, user_id=ctx.actor.user_id)
    if token.revoked_at is None:
        token.revoked_at = ctx.now
        record(ctx, "token.revoked", token.id)


def _check_scopes(ctx: Context, checks: Checks, scopes: tuple[str, ...]) -> None:
    """A token can hand on no more than it holds itself."""
    held = ctx.actor.scopes
    if not scopes:
        checks.complain("scopes", "missing", _l("至少选择一个范围"))
    elif any(scope not in SCOPES for scope in scopes):
        checks.complain("scopes", "choice", _l("从列表中选择范围"))
    elif held is not None and not set(scopes) <= held - {MANAGING}:
        checks.complain("scopes", "wider", _l("令牌只能转授自己拥有的范围，且不能转授账户管理"))

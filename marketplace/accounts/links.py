"""Links sent by mail. The row says what a link is for and until when; the link itself is signed and kept nowhere.

A link is used once. So that a program looking into mail uses up nothing, opening one only shows a page; a button on it
does the deed.
"""

import hashlib
from datetime import timedelta
from enum import StrEnum, unique

from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import MailLink, User
from marketplace.core.context import Context
from marketplace.core.errors import Gone
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.ids import new_id
from marketplace.core.lookup import find


@unique
class Purpose(StrEnum):
    CONFIRM = "confirm"
    RECOVER = "recover"
    INVITE = "invite"


LIFETIMES = {
    Purpose.CONFIRM: timedelta(days=3),
    Purpose.RECOVER: timedelta(minutes=30),
    Purpose.INVITE: timedelta(days=7),
}


class DeadLink(Gone):
    """A mail link that is wrong, used or too old."""

    code = "dead_link"
    message = _l("链接已失效：可能已经用过、超过有效期，或地址不完整。请重新申请一封邮件")


def make_link(
    ctx: Context,
    purpose: Purpose,
    user: User | None,
    *,
    email: str = "",
    org_id: str | None = None,
    roles: tuple[str, ...] = (),
) -> MailLink:
    """A new link to `user`, or to an address of somebody who may have no account."""
    link = MailLink(
        id=new_id("lnk", ctx.now),
        purpose=purpose,
        user_id=user.id if user else None,
        email=user.email if user else email,
        org_id=org_id,
        roles=list(roles),
        expires_at=ctx.now + LIFETIMES[purpose],
    )
    ctx.session.add(link)
    return link


def sign(key: str, link: MailLink) -> str:
    """The part of the address that proves it came from here. `key` is the site's secret."""
    signed = _serializer(key, Purpose(link.purpose)).dumps(link.id)
    return signed if isinstance(signed, str) else signed.decode()


def open_link(ctx: Context, key: str, token: str, purpose: Purpose) -> MailLink:
    """The link a token stands for, if it can still be used for `purpose`. Raises DeadLink."""
    try:
        link_id = _serializer(key, purpose).loads(token)
    except BadData:
        raise DeadLink from None
    link = find(ctx.session, MailLink, link_id)
    if link is None or link.purpose != purpose or link.used_at is not None or link.expires_at <= ctx.now:
        raise DeadLink
    return link


def void_links(ctx: Context, user: User, purpose: Purpose) -> None:
    """Nothing sent to the user for `purpose` so far opens anything any more."""
    for link in _unused(ctx.session, user.id, purpose):
        link.used_at = ctx.now


def _unused(session: Session, user_id: str, purpose: Purpose) -> list[MailLink]:
    waiting = select(MailLink).where(
        MailLink.user_id == user_id, MailLink.purpose == purpose, MailLink.used_at.is_(None)
    )
    return list(session.scalars(waiting))


def _serializer(key: str, purpose: Purpose) -> URLSafeSerializer:
    return URLSafeSerializer(
        key,
        salt=f"mail-link:{purpose}",
        signer_kwargs={"digest_method": hashlib.sha256, "key_derivation": "hmac"},
    )

"""Commands around getting in: register, confirm, log in and out, recover.

Known and unknown addresses take the same way: one hash, one unit of work, one journal entry, one answer. Who owns the
mailbox learns the rest by mail.
"""

from marketplace.accounts.checks import Checks
from marketplace.accounts.links import Purpose, make_link, open_link, void_links
from marketplace.accounts.models import LogIn, MailLink, User
from marketplace.accounts.passwords import check_password, matches, outdated
from marketplace.accounts.people import Registration, make_user, user_by_email
from marketplace.accounts.sessions import begin_log_in, end_all_log_ins
from marketplace.core.context import Context
from marketplace.core.errors import FieldError, Invalid
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.journal import record
from marketplace.core.lookup import get


def register_user(
    ctx: Context, data: Registration, password_hash: str, *, language: str = "zh", confirmed: bool = False
) -> str:
    """Register checked data. Returns the id of the user with this address, new or not: never show it to the caller.

    A new user must confirm the address before logging in, unless it is `confirmed`. A repeated registration changes
    nothing and only leads to a mail.
    """
    known = user_by_email(ctx.session, data.email)
    if known is not None and known.email_confirmed_at is not None:
        record(ctx, "user.registration_repeated", known.id)
        return known.id
    user = known or make_user(ctx, data, password_hash, language=language, confirmed=confirmed)
    if confirmed:
        record(ctx, "user.registered", user.id)
        return user.id
    link = make_link(ctx, Purpose.CONFIRM, user)
    record(ctx, "user.confirmation_requested" if known else "user.registered", user.id, {"link": link.id})
    return user.id


def wrong_log_in() -> Invalid:
    """The one answer to everything that is not a log-in."""
    return Invalid(
        [FieldError("", "log_in", _l("邮箱或密码不正确，或邮箱尚未确认。请核对后再试，或重设密码"))]
    )


def begin(ctx: Context, user_id: str, verified_hash: str, better_hash: str | None = None) -> LogIn:
    """Log in somebody whose password was verified against `verified_hash`, if it still is the one in force.

    `better_hash` replaces it when it was made with weaker parameters.
    """
    user = get(ctx.session, User, user_id)
    if user.password != verified_hash or not user.active or user.email_confirmed_at is None:
        raise wrong_log_in()
    if better_hash is not None and outdated(user.password):
        user.password = better_hash
    return begin_log_in(ctx, user)


def confirm_address(ctx: Context, link: MailLink, verified_hash: str) -> LogIn:
    """Confirm the address by the link sent to it, with the password chosen at registration, and log in.

    The password keeps somebody who registers an address of others from having them confirm it.
    """
    user = get(ctx.session, User, link.user_id)
    if user.password != verified_hash or not user.active:
        raise wrong_password()
    _use(ctx, link)
    user.email_confirmed_at = user.email_confirmed_at or ctx.now
    void_links(ctx, user, Purpose.CONFIRM)
    record(ctx, "user.confirmed", user.id, {"link": link.id})
    return begin_log_in(ctx, user)


def wrong_password(field: str = "password") -> Invalid:
    return Invalid([FieldError(field, "wrong", _l("密码不正确"))])


def request_recovery(ctx: Context, email: str) -> None:
    """Have a recovery mail sent, if the address is somebody's. The entry looks the same if it is not."""
    user = user_by_email(ctx.session, email)
    link = make_link(ctx, Purpose.RECOVER, user if user is not None and user.active else None)
    record(ctx, "recovery.requested", link.id)


def reset_password(ctx: Context, key: str, token: str, password_hash: str) -> str:
    """Set a new password by a recovery link. All sessions end, all recovery links are void. Returns the user's id."""
    link = open_link(ctx, key, token, Purpose.RECOVER)
    user = get(ctx.session, User, link.user_id, active=True)
    _use(ctx, link)
    user.password = password_hash
    user.email_confirmed_at = user.email_confirmed_at or ctx.now  # whoever reads the mail owns the mailbox
    end_all_log_ins(ctx, user)
    void_links(ctx, user, Purpose.RECOVER)
    void_links(ctx, user, Purpose.CONFIRM)
    record(ctx, "user.password_reset", user.id, {"link": link.id})
    return user.id


def checked_password(password: str, *personal: str) -> str:
    """The password, if it is good enough. Raises Invalid."""
    checks = Checks()
    check_password(checks, "password", password, *personal)
    checks.settle()
    return password


def verify(user: User | None, password: str) -> bool:
    """Whether the password is the user's. As slow for nobody as for somebody."""
    return matches(user.password if user is not None and user.active else None, password)


def _use(ctx: Context, link: MailLink) -> None:
    link.used_at = ctx.now

"""What the pages do around the commands: count the try, do the slow hashing outside the writers' lock, then write."""

from marketplace.accounts.addresses import remote_address
from marketplace.accounts.checks import Checks
from marketplace.accounts.identity import Person, person
from marketplace.accounts.limits import (
    count_password_try,
    count_recovery,
    count_registration,
    forgive_password_try,
)
from marketplace.accounts.links import Purpose, open_link
from marketplace.accounts.models import MailLink, User
from marketplace.accounts.passwords import hash_password, outdated
from marketplace.accounts.people import Registration, checked, user_by_email
from marketplace.accounts.signin.services import (
    begin,
    checked_password,
    confirm_address,
    register_user,
    request_recovery,
    reset_password,
    verify,
    wrong_log_in,
    wrong_password,
)
from marketplace.core.context import ANONYMOUS, Actor
from marketplace.core.i18n import current_language
from marketplace.core.lookup import get
from marketplace.core.runtime import runtime
from marketplace.core.uow import once, reading, unit_of_work
from marketplace.web.forms import request_key


def register(typed: Registration) -> None:
    """Register, once for each form made. Raises Invalid, TooMany."""
    data = checked(typed)
    count_registration(runtime().clock.now(), data.email, remote_address())
    hashed = hash_password(data.password)
    language = current_language()
    with unit_of_work(ANONYMOUS) as ctx:
        once(ctx, request_key(), "register", lambda: register_user(ctx, data, hashed, language=language))


def log_in(email: str, password: str) -> Person:
    """Verify and begin a session. Raises Invalid with one sentence for every reason, TooMany."""
    now, address = runtime().clock.now(), remote_address()
    email, plausible = _address(email)
    count_password_try(now, email, address)
    user = user_by_email(reading(ANONYMOUS).session, email) if plausible else None
    if not verify(user, password) or user is None or user.email_confirmed_at is None:
        raise wrong_log_in()
    user_id, verified = user.id, user.password
    better = hash_password(password) if outdated(verified) else None
    forgive_password_try(now, email, address)
    with unit_of_work(Actor(user_id=user_id)) as ctx:
        begun = begin(ctx, user_id, verified, better)
        return person(get(ctx.session, User, user_id), begun.id)


def linked(token: str, purpose: Purpose) -> MailLink:
    """The link behind a token, to show its page. Raises DeadLink."""
    return open_link(reading(ANONYMOUS), runtime().settings.secret_key, token, purpose)


def confirm(token: str, password: str) -> Person:
    """Confirm the address and begin a session. Raises DeadLink, Invalid, TooMany."""
    now, address, key = runtime().clock.now(), remote_address(), runtime().settings.secret_key
    email = linked(token, Purpose.CONFIRM).email
    count_password_try(now, email, address)
    user = user_by_email(reading(ANONYMOUS).session, email)
    if not verify(user, password) or user is None:
        raise wrong_password()
    verified, user_id = user.password, user.id
    forgive_password_try(now, email, address)
    with unit_of_work(Actor(user_id=user_id)) as ctx:
        begun = confirm_address(ctx, open_link(ctx, key, token, Purpose.CONFIRM), verified)
        return person(get(ctx.session, User, user_id), begun.id)


def ask_recovery(typed: str) -> None:
    """Have a recovery mail sent if the address is somebody's. Raises Invalid for what is no address, TooMany."""
    checks = Checks()
    email = checks.email("email", typed)
    checks.settle()
    count_recovery(runtime().clock.now(), email, remote_address())
    with unit_of_work(ANONYMOUS) as ctx:
        request_recovery(ctx, email)


def recover(token: str, password: str) -> None:
    """Set a new password by a link. Raises DeadLink, Invalid."""
    link = linked(token, Purpose.RECOVER)
    hashed = hash_password(checked_password(password, link.email))
    with unit_of_work(Actor(user_id=link.user_id)) as ctx:
        reset_password(ctx, runtime().settings.secret_key, token, hashed)


def _address(typed: str) -> tuple[str, bool]:
    """The address as it would be kept, and whether it can be one; the database is not asked about anything else."""
    checks = Checks()
    email = checks.email("email", typed)
    return email, not checks.errors

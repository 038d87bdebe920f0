"""How often one may try. Counted across all workers, by account and by network address, whether or not they exist."""

from datetime import datetime

from marketplace.core.throttle import forgive, throttle

MINUTE, HOUR, DAY = 60, 3600, 86_400
_TRIES, _TRY_SECONDS = 10, 5 * MINUTE


def count_password_try(now: datetime, email: str, address: str) -> None:
    """Before a password is looked at: 10 in 5 minutes for an account and for an address, 1,000 for the site."""
    throttle(now, "log-in", "site", 1_000, _TRY_SECONDS)
    throttle(now, "log-in address", address, _TRIES, _TRY_SECONDS)
    throttle(now, "log-in account", email, _TRIES, _TRY_SECONDS)


def forgive_password_try(now: datetime, email: str, address: str) -> None:
    """The password was right: many people behind one address may log in at nine o'clock."""
    forgive(now, "log-in address", address, _TRY_SECONDS)
    forgive(now, "log-in account", email, _TRY_SECONDS)


def count_registration(now: datetime, email: str, address: str) -> None:
    """20 an hour from one address; 5 mails a day to one mailbox."""
    throttle(now, "register address", address, 20, HOUR)
    throttle(now, "register mailbox", email, 5, DAY)


def count_recovery(now: datetime, email: str, address: str) -> None:
    """5 a day for one mailbox; 20 an hour from one address."""
    throttle(now, "recover address", address, 20, HOUR)
    throttle(now, "recover mailbox", email, 5, DAY)


def count_invitation(now: datetime, user_id: str) -> None:
    """100 a day by one person."""
    throttle(now, "invite", user_id, 100, DAY)


def count_creation(now: datetime, user_id: str) -> None:
    """20 organisations or tokens a day by one person."""
    throttle(now, "create", user_id, 20, DAY)

"""The browser's side of a log-in: its cookie."""

from flask import session

from marketplace.accounts.identity import Person
from marketplace.web.login import sign_in, sign_out


def remember(person: Person) -> None:
    """Begin a session in this browser. Nothing of the one before survives, so nobody can have planted it."""
    session.clear()
    session.permanent = True
    sign_in(person)


def forget() -> None:
    """End the session in this browser."""
    sign_out()
    session.clear()

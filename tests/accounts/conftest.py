"""What the tests of accounts share: the mailbox, the journal, people with passwords."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from flask import Flask
from sqlalchemy import select

from marketplace.accounts.passwords import hash_password
from marketplace.accounts.people import Registration
from marketplace.accounts.signin.services import register_user
from marketplace.core.context import SYSTEM
from marketplace.core.db import db
from marketplace.core.journal import Entry
from marketplace.core.runtime import EXTENSION
from marketplace.core.uow import unit_of_work

PASSWORD = "paper lantern 7 river"
HASH = hash_password(PASSWORD)  # once: it is slow on purpose


class Mailbox:
    """What the site has sent, in the order of the journal."""

    def __init__(self, app: Flask, drain: Callable[[], int]) -> None:
        self._folder = app.extensions[EXTENSION].settings.data / "mail"
        self._drain = drain

    def mails(self) -> list[EmailMessage]:
        self._drain()
        files = sorted(self._folder.glob("*.eml")) if self._folder.exists() else []
        return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]

    def to(self, address: str) -> list[EmailMessage]:
        return [mail for mail in self.mails() if mail["To"] == address]

    def link(self, address: str, prefix: str) -> str:
        """The path of the newest link below `prefix` sent to the address."""
        text = self.to(address)[-1].get_content()
        found = re.search(rf"https?://[^/\s]+({re.escape(prefix)}/\S+)", text)
        assert found, text
        return found.group(1)


@pytest.fixture
def mailbox(app: Flask, drain: Callable[[], int]) -> Mailbox:
    return Mailbox(app, drain)


class Journal:
    """The kinds of entries written since it was last asked."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._seen = 0
        self.new()

    def entries(self) -> list[Entry]:
        with self._app.app_context():
            rows = db.session.scalars(
                select(Entry).where(Entry.position >= self._seen).order_by(Entry.position)
            ).all()
            self._seen += len(rows)
            return list(rows)

    def new(self) -> list[str]:
        return [entry.kind for entry in self.entries()]


@pytest.fixture
def journal(app: Flask) -> Journal:
    return Journal(app)


@dataclass(frozen=True)
class Known:
    """A person with a confirmed address and the password PASSWORD."""

    user_id: str
    email: str
    name: str


@pytest.fixture
def known(app: Flask) -> Known:
    return make_known(app, "chen.he@example.cn", "陈河")


def make_known(app: Flask, email: str, name: str) -> Known:
    with app.app_context(), unit_of_work(SYSTEM) as ctx:
        user_id = register_user(ctx, Registration(name, email, PASSWORD), HASH, confirmed=True)
    return Known(user_id, email, name)

"""The market in which deeds are done: the cast with tokens, and the things that people have made before."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property

from flask import Flask
from sqlalchemy import select

from marketplace.accounts.links import Purpose, sign
from marketplace.accounts.models import MailLink
from marketplace.core.clock import FrozenClock
from marketplace.core.context import SYSTEM, Actor, Context
from marketplace.core.runtime import EXTENSION
from tests.cast import Cast, Member
from tests.listings.achievements.desk import Desk
from tests.listings.notices.desk import NoticeDesk, announce, papers_of
from tests.listings.plans.office import Office

#: An address that nobody has yet.
NEWCOMER = "new.hand@example.cn"


@dataclass(frozen=True)
class Market:
    """Where deeds find what they need. `drain` hands the journal to its consumers, as the worker does."""

    app: Flask
    cast: Cast
    clock: FrozenClock
    work: Callable[[Actor], AbstractContextManager[Context]]
    drain: Callable[[], int]

    @cached_property
    def desk(self) -> Desk:
        """What people do with achievements."""
        return Desk(self.cast, self.work)

    @cached_property
    def notices(self) -> NoticeDesk:
        """What people do with notices of an agreed price."""
        papers = papers_of(self.cast)
        announce(self.app, papers)
        return NoticeDesk(self.app, self.cast, self.clock, self.work, papers)

    @cached_property
    def office(self) -> Office:
        """What people do with rules and plans."""
        return Office(self.cast, self.work)

    def member(self, part: str) -> Member:
        return self.cast.members[part]

    def as_(self, part: str) -> AbstractContextManager[Context]:
        """A unit of work of somebody of the cast."""
        return self.work(self.member(part).actor)

    def as_system(self) -> AbstractContextManager[Context]:
        return self.work(SYSTEM)

    def link(self, purpose: Purpose) -> str:
        """The signed part of the newest mail link of that purpose."""
        with self.as_system() as ctx:
            newest = select(MailLink).where(MailLink.purpose == purpose).order_by(MailLink.id.desc()).limit(1)
            found = ctx.session.scalars(newest).one()
            return sign(self.app.extensions[EXTENSION].settings.secret_key, found)

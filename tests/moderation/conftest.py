"""A market in which there are things to moderate, and a zone beside the cast's own."""

import itertools
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from marketplace.accounts.models import Membership, Organisation, User, Zone
from marketplace.core.context import SYSTEM
from marketplace.core.journal import Entry
from marketplace.core.runtime import EXTENSION
from marketplace.core.ticker import tick
from marketplace.core.uow import unit_of_work
from tests.cast import Cast, Member
from tests.moderation.things import KIND, Things, submitted


@pytest.fixture
def things(app: Flask) -> Things:
    """The owner of things, announced to the application."""
    owner = Things()
    app.extensions[EXTENSION].registry.review_subjects[KIND] = owner.subject()
    return owner


@pytest.fixture
def case_id(things, cast, ctx_for) -> str:
    """A case that waits since the clock's opening, Monday 2 March."""
    with ctx_for(cast.tto_officer.actor) as ctx:
        return submitted(ctx, cast)


@pytest.fixture
def journal(app) -> Callable[[str], list[tuple[str, dict]]]:
    """The journal's entries about a subject, as (kind, data)."""

    def read(subject: str) -> list[tuple[str, dict]]:
        with app.app_context(), unit_of_work(SYSTEM) as ctx:
            entries = ctx.session.query(Entry).filter_by(subject=subject).order_by(Entry.n)
            return [(entry.kind, entry.data) for entry in entries]

    return read


@pytest.fixture
def run_clocks(app) -> Callable[[], int]:
    def run() -> int:
        with app.app_context():
            return tick()

    return run


@pytest.fixture
def officer(app, cast: Cast) -> Callable[..., Member]:
    """One more officer: `officer("security_officer")` of the cast's zone, `elsewhere=True` of another one."""
    numbers = itertools.count(1)

    def make(*roles: str, elsewhere: bool = False, name: str = "贺兰") -> Member:
        number = next(numbers)
        with app.app_context(), unit_of_work(SYSTEM) as ctx:
            org_id, zone_id = cast.moderator.org_id, cast.zone_id
            if elsewhere:
                org_id, zone_id = _other_authority(ctx)
            user = User(
                id=f"usr_{number:019d}z",
                email=f"officer{number}@authority.example",
                name=name,
                password="",
                created_at=ctx.now,
                email_confirmed_at=ctx.now,
                acting_org_id=org_id,
            )
            ctx.session.add(user)
            ctx.session.flush()
            ctx.session.add(Membership(user_id=user.id, org_id=org_id, roles=list(roles), since=ctx.now))
            actor = replace(
                cast.moderator.actor, user_id=user.id, org_id=org_id, zone_id=zone_id, roles=frozenset(roles)
            )
            return Member(user.email, name, actor)

    return make


def _other_authority(ctx):
    zone_id, org_id = "zon_0000000000000000000z", "org_0000000000000000000z"
    if ctx.session.get(Zone, zone_id) is None:
        ctx.session.add(
            Zone(id=zone_id, slug="linhai", name="临海示范区", name_en="Linhai Zone", region="330000")
        )
        ctx.session.flush()
        ctx.session.add(
            Organisation(
                id=org_id,
                kind="zone_authority",
                name="临海示范区管理局",
                credit_code="11330000000000099X",
                zone_id=zone_id,
                state="verified",
                created_at=ctx.now,
            )
        )
        ctx.session.flush()
    return org_id, zone_id

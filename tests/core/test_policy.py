"""One declaration of a right answers three ways: as a check, in SQL and for the search index. They must agree."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, MetaData, create_engine, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from marketplace.core.calendar import load_calendar
from marketplace.core.context import ANONYMOUS, SYSTEM, Actor, Context
from marketplace.core.errors import Forbidden, NotFound, SignInRequired
from marketplace.core.policy import (
    Acting,
    Anyone,
    Grant,
    Members,
    Permission,
    Self,
    SignedIn,
    Verified,
    ZoneStaff,
    permission,
    require,
)
from tests.applications import OPENING


class ToyBase(DeclarativeBase):
    metadata = MetaData()


class Toy(ToyBase):
    """Something with an owner of each sort."""

    __tablename__ = "toy"

    id: Mapped[int] = mapped_column(primary_key=True)
    holder_id: Mapped[str | None]
    zone_id: Mapped[str | None]
    author_id: Mapped[str | None]
    state: Mapped[str]
    level: Mapped[str]


ROLES = ("inventor", "tto_officer", "moderator")
KINDS = ("university", "firm", "zone_authority")
STATES = ("draft", "published", "withdrawn")
LEVELS = ("open", "restricted")

roles = st.frozensets(st.sampled_from(ROLES))
some_roles = st.frozensets(st.sampled_from(ROLES), min_size=1)
organisations = st.sampled_from(["org_1", "org_2"])
zones = st.sampled_from(["zon_1", "zon_2"])
users = st.sampled_from(["usr_1", "usr_2"])

members = st.builds(
    Actor,
    user_id=users,
    org_id=organisations,
    org_kind=st.sampled_from(KINDS),
    org_verified=st.booleans(),
    zone_id=st.none() | zones,
    roles=roles,
    scopes=st.none() | st.frozensets(st.sampled_from(["read", "write"])),
)
loners = st.builds(Actor, user_id=users)
actors = st.just(ANONYMOUS) | st.just(SYSTEM) | loners | members

anchored = (
    st.builds(Members, column=st.just("holder_id"), roles=some_roles)
    | st.builds(ZoneStaff, column=st.just("zone_id"), roles=some_roles)
    | st.just(Self("author_id"))
)
searchable_audiences = st.sampled_from([Anyone(), SignedIn(), Verified()]) | anchored
acting = st.builds(
    Acting, kinds=st.frozensets(st.sampled_from(KINDS), min_size=1), roles=some_roles, verified=st.booleans()
)
conditions = st.fixed_dictionaries(
    {},
    optional={
        "state": st.frozensets(st.sampled_from(STATES)),
        "level": st.frozensets(st.sampled_from(LEVELS)),
    },
)


def permissions(audiences: st.SearchStrategy[object]) -> st.SearchStrategy[Permission]:
    grants = st.lists(st.builds(Grant, audiences, conditions), max_size=3)
    return st.builds(
        Permission, st.just("toy.act"), grants.map(tuple), st.sampled_from([None, "read", "write"])
    )


toys = st.fixed_dictionaries(
    {
        "holder_id": st.none() | organisations,
        "zone_id": st.none() | zones,
        "author_id": st.none() | users,
        "state": st.sampled_from(STATES),
        "level": st.sampled_from(LEVELS),
    }
)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    made = create_engine("sqlite://")
    ToyBase.metadata.create_all(made)
    yield made
    made.dispose()


@given(
    actor=actors,
    right=permissions(searchable_audiences | acting),
    rows=st.lists(toys, min_size=1, max_size=6),
)
def test_the_list_holds_exactly_what_the_check_allows(engine, actor, right, rows):
    with Session(engine) as session:
        session.execute(insert(Toy), rows)
        listed = set(session.scalars(select(Toy.id).where(right.clause(actor, Toy))))
        allowed = {toy.id for toy in session.scalars(select(Toy)) if right.allows(actor, toy)}
    assert listed == allowed


@given(actor=actors, right=permissions(searchable_audiences), row=toys)
def test_the_index_shows_exactly_what_the_check_allows_to_a_full_session(actor, right, row):
    toy = Toy(**row)
    full = Actor(**{**actor.__dict__, "scopes": None})
    assert bool(full.tokens & right.tokens(toy)) == right.allows(full, toy)


@given(actor=actors, right=permissions(searchable_audiences | acting), row=toys)
def test_what_is_allowed_is_possible(actor, right, row):
    assert right.possible(actor) or not right.allows(actor, Toy(**row))


@given(actor=members, right=permissions(searchable_audiences | acting), row=toys)
def test_a_token_never_allows_more_than_its_owners_session(actor, right, row):
    toy, owner = Toy(**row), Actor(**{**actor.__dict__, "scopes": None})
    assert right.allows(owner, toy) or not right.allows(actor, toy)
    if actor.scopes is not None and right.scope not in actor.scopes:
        assert not right.possible(actor)


@given(actor=actors, row=toys)
def test_a_permission_without_grants_is_nobodys(actor, row):
    nobody = permission("toy.never")
    assert not nobody.allows(actor, Toy(**row))
    assert not nobody.possible(actor)
    assert nobody.tokens(Toy(**row)) == frozenset()


SEE = permission(
    "toy.see", Grant(Anyone(), {"state": frozenset({"published"})}), Members("holder_id", frozenset(ROLES))
)
EDIT = permission("toy.edit", Members("holder_id", frozenset({"inventor"})))
OWNER = Actor(user_id="usr_1", org_id="org_1", org_kind="university", roles=frozenset({"inventor"}))
STRANGER = Actor(user_id="usr_2", org_id="org_2", org_kind="university", roles=frozenset({"inventor"}))


def context(actor: Actor) -> Context:
    return Context(actor, OPENING, Session(), load_calendar(None))


@pytest.mark.parametrize(
    ("actor", "state", "refusal"),
    [
        (STRANGER, "draft", NotFound),
        (ANONYMOUS, "draft", NotFound),
        (STRANGER, "published", Forbidden),
        (ANONYMOUS, "published", SignInRequired),
    ],
    ids=["stranger, unseen", "public, unseen", "stranger, seen", "public, seen"],
)
def test_a_refusal_tells_nobody_of_what_they_may_not_see(actor, state, refusal):
    with pytest.raises(refusal):
        require(context(actor), EDIT, Toy(holder_id="org_1", state=state), see=SEE)


def test_an_allowed_act_is_not_refused():
    require(context(OWNER), EDIT, Toy(holder_id="org_1", state="draft"), see=SEE)


def test_every_rule_can_be_said_in_words():
    assert SEE.words() == ["anyone (while state published)", "holder's inventor, moderator, tto_officer"]

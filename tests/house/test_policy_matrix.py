"""Nobody gets through a door that the policy does not open: every route, every method, everybody."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from auctions.deposits.models import Deposit
from auctions.intents.models import Intent
from auctions.trades.models import Trade
from listings.achievements.models import Achievement
from listings.decisions.models import Decision
from listings.disclosures.lifecycle import DISCLOSURE
from listings.disclosures.models import Disclosure
from listings.grants.models import RightsGrant
from listings.notices.models import Notice
from listings.notices.objections.models import Objection
from listings.plans.models import Plan
from marketplace.accounts.models import Organisation
from marketplace.core.context import ANONYMOUS
from marketplace.core.db import db
from marketplace.core.ids import new_id
from tests.auctions.counter import Counter
from tests.auctions.floor import Floor
from tests.auctions.parties import Parties
from tests.house.matrix import (
    NAMES,
    Identity,
    Route,
    Watch,
    give_tokens,
    identities,
    properly_refused,
    refused,
    routes,
    scopes,
    watched,
)
from tests.listings.achievements.desk import RICH, Desk
from tests.listings.disclosures.desk import DisclosureDesk
from tests.listings.grants.desk import GrantDesk
from tests.listings.notices.desk import NoticeDesk, announce, papers_of
from tests.listings.plans.office import Office

everybody = pytest.mark.parametrize("name", NAMES)
#: Permissions whose first word names what their subject is: the parameter of the route, and its model.
SUBJECTS = {
    "organisation": ("org_id", Organisation),
    "achievement": ("achievement_id", Achievement),
    "plan": ("plan_id", Plan),
    "notice": ("notice_id", Notice),
    "objection": ("objection_id", Objection),
    "decision": ("decision_id", Decision),
    "disclosure": ("disclosure_id", Disclosure),
    "grant": ("grant_id", RightsGrant),
    "trade": ("trade_id", Trade),
    "intent": ("intent_id", Intent),
    "deposit": ("deposit_id", Deposit),
}

#: Rights that the holder must also have granted to the organisation in question, or that ask for having no part in it.
GRANTED_ONE_BY_ONE = {"achievement.read_confidential", "objection.take"}


@pytest.fixture
def listed(app) -> list[Route]:
    return routes(app)


@pytest.fixture
def things(app, cast, clock, ctx_for) -> None:
    """Achievements and disclosures in every state, plans and notices in most, decisions for and against, objections."""
    desk = Desk(cast, ctx_for)
    desk.begun()
    desk.submitted()
    desk.give_back(desk.submitted(), "title_unclear")
    desk.published()
    desk.withdraw(desk.published())
    office = Office(cast, ctx_for)
    office.rules()
    achievement = desk.published(**RICH)
    office.drafted(achievement)
    office.submitted(achievement)
    office.decided(achievement)
    refused = office.submitted(achievement)
    office.decide(refused, result="rejected", votes_for=1, votes_against=5)
    disclosures = DisclosureDesk(cast, ctx_for)
    disclosures.begun()
    disclosures.asked()
    for state in DISCLOSURE.states:
        if state not in {"draft", "returned", "closed"}:
            disclosures.at(state)
    disclosures.say(disclosures.at("formal_check"), cast.tto_officer, "return", reason="补充材料")
    disclosures.closed("transform_now")
    grants = GrantDesk(app, cast, clock, ctx_for)
    for state in ("drafted", "asked", "agreed", "submitted", "reviewed"):
        getattr(grants, state)()
    parties = Parties(app, Floor(cast, clock, ctx_for))
    parties.decided(firm_agent=81)
    counter = Counter(Floor(cast, clock, ctx_for))
    trade = counter.floor.announced()
    counter.paid(trade)
    counter.qualified(trade, "rival_agent")
    counter.registered(trade, "third_agent")
    counter.opined(counter.floor.announced(), "third_agent")
    trades = Floor(cast, clock, ctx_for)
    for state in ("drafted", "submitted"):
        getattr(trades, state)()
    papers = papers_of(cast)
    announce(app, papers)
    notices = NoticeDesk(app, cast, clock, ctx_for, papers)
    for state in ("drafted", "submitted", "scheduled", "running"):
        notices.subject = new_id("pln", clock.now())
        made = getattr(notices, state)()
    notices.object(made)
    notices.admitted(made)
    notices.rule(notices.admitted(made), "partly", "restart")


@pytest.fixture
def identity(app, cast, listed, name) -> Identity:
    everyone = identities(cast)
    assert [one.name for one in everyone] == NAMES
    give_tokens(app, everyone, scopes(listed))
    return next(one for one in everyone if one.name == name)


@pytest.fixture
def watch(identity, sqlite_file: Path) -> Iterator[Watch]:
    with watched(sqlite_file) as made:
        yield made


@pytest.fixture
def knock(app, identity, watch):
    """Knocks at one door as the identity, and leaves the house as it was."""

    def once(route, path):
        before = watch.version()
        answer = identity.knock(app.test_client(), route, path)
        if watch.version() != before:
            watch.restore()
        return answer

    return once


def test_every_route_declares_its_permission(listed):
    assert listed


@everybody
def test_a_door_is_shut_to_those_who_could_never_pass_and_to_no_others(listed, identity, knock):
    wrong = []
    for route in listed:
        actor = identity.actor(route, scopes(listed))
        possible = route.permission.possible(actor)
        answer = knock(route, route.path())
        if answer.status_code >= 500:
            wrong.append(f"{route}: fails with {answer.status_code}")
        elif not possible and not properly_refused(answer, route, actor):
            wrong.append(f"{route}: answers with {answer.status_code}")
        elif possible and answer.status_code == 401:
            wrong.append(f"{route}: asks somebody to sign in who may pass")
        elif possible and not route.parameters and route.method == "GET" and refused(answer):
            wrong.append(f"{route}: refuses with {answer.status_code}")
        elif possible and route.parameters and answer.status_code == 200:
            wrong.append(f"{route}: shows what does not exist")
    assert not wrong, "\n".join(wrong)


@everybody
def test_the_right_to_a_subject_decides_about_its_pages(app, listed, things, identity, knock):
    wrong = []
    for route in listed:
        parameter, model = SUBJECTS.get(route.permission.name.partition(".")[0], (None, None))
        if parameter not in route.parameters:
            continue
        with app.app_context():
            subjects = list(db.session.scalars(select(model)))
        actor = identity.actor(route, scopes(listed))
        for subject in subjects:
            allowed = route.permission.allows(actor, subject)
            answer = knock(route, route.path(**{parameter: subject.id}))
            if not allowed and answer.status_code < 400 and not refused(answer):
                wrong.append(f"{route}: opens {subject.id} with {answer.status_code}")
            if (
                allowed
                and answer.status_code in (401, 403)
                and route.permission.name not in GRANTED_ONE_BY_ONE
            ):
                wrong.append(f"{route}: refuses {subject.id} with {answer.status_code}")
    assert not wrong, "\n".join(wrong)


@everybody
def test_looking_changes_nothing(app, listed, identity, watch):
    wrong = []
    for route in listed:
        if route.method == "GET":
            before = watch.version()
            identity.knock(app.test_client(), route, route.path())
            if watch.version() != before:
                wrong.append(str(route))
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", ["public", "inventor", "zone_admin"])
def test_no_form_is_taken_without_its_token(app, listed, identity, watch):
    wrong = []
    for route in listed:
        if route.api or route.method == "GET":
            continue
        client = app.test_client()
        if identity.member:
            client.sign_in(identity.member)
        before = watch.version()
        answer = client.open(route.path(), method=route.method, data={"request_key": "key"})
        if answer.status_code != 400 or watch.version() != before:
            wrong.append(f"{route}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", ["tto_officer"])
def test_the_api_does_not_know_sessions(app, listed, identity):
    """Otherwise every site could have a signed-in browser call it."""
    for route in listed:
        if route.api and not route.permission.possible(ANONYMOUS):
            client = app.test_client().sign_in(identity.member)
            assert client.open(route.path(), method=route.method, json={}).status_code == 401, str(route)

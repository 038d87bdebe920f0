"""Who may decide about a plan, under which rules, and what that leaves."""

import pytest

from listings.decisions.models import Decision
from listings.documents import digest_of
from listings.plans.models import Plan
from listings.plans.queries import decided_plans
from listings.plans.services import document_of
from marketplace.core.context import SYSTEM
from marketplace.core.errors import Conflict, Forbidden, Invalid
from marketplace.core.runtime import runtime
from tests.listings.plans.office import PRESIDENT, RELATED, TRANSFER_OFFICE, VICE_PRESIDENT, WAN, Office


def complaints(office: Office, plan: str, **changes: object) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as raised:
        office.decide(plan, **changes)
    return [(error.field, error.code) for error in raised.value.errors]


def test_without_rules_in_force_nobody_decides(office):
    plan = office.submitted()
    office.rules_drafted()
    with pytest.raises(Conflict) as raised:
        office.decide(plan)
    assert raised.value.code == "no_rules"
    assert "先发布制度" in str(raised.value.message)
    assert office.look(plan).state == "submitted"


def test_the_submitter_does_not_decide(office, cast, ctx_for):
    office.rules()
    plan = office.submitted()
    with pytest.raises(Conflict) as raised:
        office.decide(plan, cast.tto_officer)
    assert raised.value.code == "own_submission"
    with ctx_for(SYSTEM) as ctx:
        assert ctx.session.query(Decision).count() == 0


def test_an_officer_decides_what_the_administrator_has_submitted(office, cast):
    office.rules()
    plan = office.complete()
    office.submit(plan, cast.unit_admin)
    with pytest.raises(Conflict):
        office.decide(plan, cast.unit_admin)
    office.decide(plan, cast.tto_officer)
    assert office.look(plan).state == "decided"


def test_a_completer_never_records_a_decision(office, cast):
    office.rules()
    plan = office.submitted()
    with pytest.raises(Forbidden):
        office.decide(plan, cast.inventor)


@pytest.mark.parametrize(
    ("changes", "body", "complaint"),
    [
        ({"price_fen": 300 * WAN}, TRANSFER_OFFICE, ("body", "lower_tier")),
        ({"price_fen": 500 * WAN}, VICE_PRESIDENT, ("body", "lower_tier")),
        ({"related": RELATED}, TRANSFER_OFFICE, ("body", "lower_tier")),
        ({}, "学生会", ("body", "unknown_body")),
    ],
)
def test_a_body_below_the_tier_of_the_price_is_refused(office, changes, body, complaint):
    office.rules()
    plan = office.submitted(**changes)
    assert complaints(office, plan, body=body) == [complaint]
    assert office.look(plan).state == "submitted"


@pytest.mark.parametrize(
    ("changes", "body"),
    [
        ({"price_fen": 300 * WAN}, VICE_PRESIDENT),
        ({"price_fen": 300 * WAN}, PRESIDENT),
        ({"related": RELATED}, VICE_PRESIDENT),
        ({"related": RELATED, "price_fen": 900 * WAN}, PRESIDENT),
    ],
)
def test_the_body_of_the_tier_or_a_higher_one_decides(office, changes, body):
    office.rules()
    plan = office.submitted(**changes)
    office.decide(plan, body=body)
    assert office.look(plan).state == "decided"


def test_where_the_route_is_closed_a_related_party_cannot_buy_by_agreement(office):
    office.rules(related_route="closed")
    plan = office.complete(related=RELATED)
    with pytest.raises(Invalid) as raised:
        office.submit(plan)
    assert [error.code for error in raised.value.errors] == ["route_closed"]


def test_a_route_closed_after_submission_still_stops_the_decision(office):
    office.rules()
    plan = office.submitted(related=RELATED)
    office.rules(related_route="closed")
    assert complaints(office, plan) == [("result", "route_closed")]
    office.decide(plan, result="rejected", votes_for=1, votes_against=5)
    assert office.look(plan).state == "rejected"


def test_a_meeting_before_the_rules_does_not_count_under_them(office):
    office.rules(adopted_on="2026-02-28")
    plan = office.submitted()
    assert complaints(office, plan) == [("held_on", "before_rules")]


def test_a_record_that_does_not_add_up_changes_nothing(office, ctx_for):
    office.rules()
    plan = office.submitted()
    assert complaints(office, plan, votes_for=7) == [("votes_for", "sum")]
    with ctx_for(SYSTEM) as ctx:
        assert ctx.session.query(Decision).count() == 0
    assert office.kinds(plan) == ["plan.drafted", "plan.submitted"]


def test_a_decided_plan_is_frozen_and_knows_its_rules_and_decision(app, office, ctx_for):
    rules = office.rules()
    plan = office.decided()
    row = office.look(plan)
    assert (row.rules_id, row.decision.subject, row.decision.subject_kind) == (rules, plan, "plan")
    assert row.digest == digest_of(document_of(row))
    with app.app_context():
        assert runtime().files.exists(row.digest)
    for act in (
        lambda: office.save(plan, risks="另写"),
        lambda: office.submit(plan),
        lambda: office.decide(plan),
        lambda: office.give_back(plan),
    ):
        with pytest.raises(Conflict):
            act()
    with ctx_for(SYSTEM) as ctx:
        assert ctx.session.get_one(Plan, plan).digest == row.digest


def test_a_plan_that_was_refused_is_not_kept_among_the_documents(app, office):
    office.rules()
    plan = office.submitted()
    office.decide(plan, result="rejected", votes_for=1, votes_against=5)
    with app.app_context():
        assert not runtime().files.exists(office.look(plan).digest)


def test_a_replacement_takes_the_place_of_the_plan_when_it_is_decided(office):
    office.rules()
    before = office.decided()
    made = office.replacing(before, price_fen=130 * WAN)
    assert office.look(before).state == "decided"
    office.submit(made)
    office.decide(made)
    assert (office.look(before).state, office.look(made).state) == ("superseded", "decided")
    assert office.kinds(before)[-1] == "plan.superseded"
    assert office.content(made).price_fen == 130 * WAN


def test_a_replacement_of_a_plan_that_was_given_up_meanwhile_stands_alone(office):
    office.rules()
    before = office.decided()
    made = office.replacing(before)
    office.withdraw(before)
    office.submit(made)
    office.decide(made)
    assert (office.look(before).state, office.look(made).state) == ("withdrawn", "decided")


def test_a_withdrawn_achievement_takes_its_plans_with_it(office):
    office.rules()
    plan, draft = office.submitted(), office.complete()
    for made in (plan, draft):
        office.desk.withdraw(office.look(made).achievement_id)
    with pytest.raises(Conflict):
        office.decide(plan)
    with pytest.raises(Conflict):
        office.submit(draft)


def test_decided_plans_are_listed_for_the_holder_and_its_zone_only(office, cast, ctx_for):
    office.rules()
    plan = office.decided()
    office.submitted()
    for part, expected in {
        "inventor": [plan],
        "supervisor": [plan],
        "moderator": [plan],
        "other_tto_officer": [],
        "firm_agent": [],
    }.items():
        with ctx_for(cast.members[part].actor) as ctx:
            assert [row.id for row in ctx.session.scalars(decided_plans(ctx))] == expected, part

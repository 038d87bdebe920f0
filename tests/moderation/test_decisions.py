"""Who decides what: with reasons, never alone where two are asked, never for one's own."""

import pytest

from marketplace.accounts.models import Membership
from marketplace.core.errors import Conflict, Forbidden, Invalid, NotFound
from marketplace.moderation.cases import close_case, decide, propose_take_down
from marketplace.moderation.grounds import Decision, Removal
from marketplace.moderation.models import Case
from tests.moderation.things import KIND, submitted

PUBLISH = Decision("publish")


def complaints(raised) -> set[tuple[str, str]]:
    return {(error.field, error.code) for error in raised.value.errors}


def state_of(ctx_for, member, case_id) -> tuple[str, str]:
    with ctx_for(member.actor) as ctx:
        case = ctx.session.get(Case, case_id)
        return case.state, case.outcome


def test_one_moderator_publishes_what_somebody_else_submitted(things, cast, ctx_for, case_id, journal):
    with ctx_for(cast.moderator.actor) as ctx:
        decide(ctx, case_id, PUBLISH)
    assert things.told == [("publish", "thg_1")]
    assert state_of(ctx_for, cast.moderator, case_id) == ("decided", "publish")
    kind, data = journal(case_id)[-1]
    assert kind == "case.decided"
    assert data == {
        "kind": KIND,
        "subject": "thg_1",
        "outcome": "publish",
        "reasons": [],
        "roles": ["moderator"],
        "zone": cast.zone_id,
    }


def test_a_return_hands_reasons_with_their_fields_and_the_note_to_the_owner(things, cast, ctx_for, case_id):
    with ctx_for(cast.moderator.actor) as ctx:
        decide(ctx, case_id, Decision("return", ("title_unclear", "price_unit", "title_unclear"), " 请补充 "))
    assert things.told == [("return", "thg_1", "title_unclear@title", "price_unit@price", "请补充")]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (Decision("return"), ("reasons", "required")),
        (Decision("return", (), "   "), ("reasons", "required")),
        (Decision("return", ("no_such_reason",)), ("reasons", "unknown_code")),
        (Decision("return", ("other",)), ("note", "missing")),
        (Decision("publish", ("title_unclear",)), ("reasons", "contradiction")),
        (Decision(""), ("outcome", "required")),
        (Decision("take_down"), ("outcome", "required")),
        (Decision("return", ("title_unclear",), "长" * 2_001), ("note", "length")),
    ],
)
def test_a_decision_without_what_it_needs_changes_nothing(
    things, cast, ctx_for, case_id, journal, given, expected
):
    with pytest.raises(Invalid) as raised, ctx_for(cast.moderator.actor) as ctx:
        decide(ctx, case_id, given)
    assert complaints(raised) == {expected}
    assert things.told == []
    assert [kind for kind, _data in journal(case_id)] == ["case.opened"]


def test_the_submitter_cannot_decide_even_as_a_moderator(things, cast, ctx_for):
    with ctx_for(cast.moderator.actor) as ctx:
        own = submitted(ctx, cast, by=cast.moderator)
    with pytest.raises(Forbidden), ctx_for(cast.moderator.actor) as ctx:
        decide(ctx, own, PUBLISH)
    assert things.told == []


def test_a_member_of_the_submitting_organisation_cannot_decide(things, cast, ctx_for, case_id, clock):
    with ctx_for(cast.zone_admin.actor) as ctx:
        own = Membership(
            user_id=cast.moderator.user_id, org_id=cast.inventor.org_id, roles=["inventor"], since=ctx.now
        )
        ctx.session.add(own)
    with pytest.raises(Forbidden), ctx_for(cast.moderator.actor) as ctx:
        decide(ctx, case_id, PUBLISH)
    assert things.told == []


def test_the_supervisor_sees_but_cannot_decide(things, cast, ctx_for, case_id):
    with pytest.raises(Forbidden), ctx_for(cast.supervisor.actor) as ctx:
        decide(ctx, case_id, PUBLISH)


def test_for_another_zones_moderator_the_case_is_not_there(things, cast, ctx_for, case_id, officer):
    with pytest.raises(NotFound), ctx_for(officer("moderator", elsewhere=True).actor) as ctx:
        decide(ctx, case_id, PUBLISH)


def test_where_the_zone_asks_for_two_the_second_must_be_another_person(things, cast, ctx_for, journal):
    with ctx_for(cast.tto_officer.actor) as ctx:
        case_id = submitted(ctx, cast, needs=("moderator", "moderator"))
    with ctx_for(cast.moderator.actor) as ctx:
        decide(ctx, case_id, PUBLISH)
    assert things.told == []
    with pytest.raises(Forbidden), ctx_for(cast.moderator.actor) as ctx:
        decide(ctx, case_id, PUBLISH)
    assert things.told == []
    with ctx_for(cast.second_moderator.actor) as ctx:
        decide(ctx, case_id, PUBLISH)
    assert things.told == [("publish", "thg_1")]
    assert [kind for kind, _data in journal(case_id)] == ["case.opened", "case.agreed", "case.decided"]


def test_the_second_of_two_may_return_alone(things, cast, ctx_for):
    with ctx_for(cast.tto_officer.actor) as ctx:
        case_id = submitted(ctx, cast, needs=("moderator", "moderator"))
    with ctx_for(cast.moderator.actor) as ctx:
        decide(ctx, case_id, PUBLISH)
    with ctx_for(cast.second_moderator.actor) as ctx:
        decide(ctx, case_id, Decision("return", ("price_unit",)))
    assert things.told == [("return", "thg_1", "price_unit@price", "")]


def test_a_security_officer_is_needed_by_name(things, cast, ctx_for, officer):
    with ctx_for(cast.tto_officer.actor) as ctx:
        case_id = submitted(ctx, cast, needs=("moderator", "security_officer"))
    with ctx_for(cast.moderator.actor) as ctx:
        decide(ctx, case_id, PUBLISH)
    with pytest.raises(Forbidden), ctx_for(cast.zone_admin.actor) as ctx:
        decide(ctx, case_id, PUBLISH)
    with ctx_for(officer("security_officer").actor) as ctx:
        decide(ctx, case_id, PUBLISH)
    assert things.told == [("publish", "thg_1")]


def test_a_decided_case_is_not_decided_again(things, cast, ctx_for, case_id):
    with ctx_for(cast.moderator.actor) as ctx:
        decide(ctx, case_id, PUBLISH)
    with pytest.raises(Conflict), ctx_for(cast.second_moderator.actor) as ctx:
        decide(ctx, case_id, Decision("return", ("price_unit",)))
    assert things.told == [("publish", "thg_1")]


def test_when_the_owner_refuses_nothing_is_decided(things, cast, ctx_for, case_id, journal):
    things.fails = True
    with pytest.raises(Conflict), ctx_for(cast.moderator.actor) as ctx:
        decide(ctx, case_id, PUBLISH)
    assert state_of(ctx_for, cast.moderator, case_id) == ("open", "")
    assert [kind for kind, _data in journal(case_id)] == ["case.opened"]


def test_a_case_whose_subject_was_taken_back_is_closed(things, cast, ctx_for, case_id, journal):
    with ctx_for(cast.tto_officer.actor) as ctx:
        close_case(ctx, KIND, "thg_1")
    assert state_of(ctx_for, cast.moderator, case_id) == ("closed", "")
    assert journal(case_id)[-1][0] == "case.closed"
    with pytest.raises(Conflict), ctx_for(cast.moderator.actor) as ctx:
        decide(ctx, case_id, PUBLISH)


def test_a_take_down_needs_a_second_officer(things, cast, ctx_for, officer):
    things.publish_unasked(cast)
    with ctx_for(cast.moderator.actor) as ctx:
        case_id = propose_take_down(ctx, KIND, "thg_1", Removal("inaccurate", "指标无法核实")).id
    assert things.told == []
    with pytest.raises(Forbidden), ctx_for(cast.moderator.actor) as ctx:
        decide(ctx, case_id, Decision("take_down"))
    with ctx_for(officer("security_officer").actor) as ctx:
        decide(ctx, case_id, Decision("take_down"))
    assert things.told == [("take_down", "thg_1", "inaccurate", "指标无法核实")]
    assert state_of(ctx_for, cast.moderator, case_id) == ("decided", "take_down")


def test_taking_down_closes_what_else_waits_about_the_subject(things, cast, ctx_for, case_id):
    things.publish_unasked(cast)
    with ctx_for(cast.moderator.actor) as ctx:
        removal = propose_take_down(ctx, KIND, "thg_1", Removal("inaccurate")).id
    with ctx_for(cast.second_moderator.actor) as ctx:
        decide(ctx, removal, Decision("take_down"))
    assert state_of(ctx_for, cast.moderator, case_id) == ("closed", "")


def test_the_second_officer_may_keep_the_publication_with_a_reason(things, cast, ctx_for):
    things.publish_unasked(cast)
    with ctx_for(cast.moderator.actor) as ctx:
        case_id = propose_take_down(ctx, KIND, "thg_1", Removal("inaccurate")).id
    with pytest.raises(Invalid) as raised, ctx_for(cast.zone_admin.actor) as ctx:
        decide(ctx, case_id, Decision("keep"))
    assert complaints(raised) == {("note", "missing")}
    with ctx_for(cast.zone_admin.actor) as ctx:
        decide(ctx, case_id, Decision("keep", (), "检测报告属实"))
    assert things.told == []
    assert state_of(ctx_for, cast.moderator, case_id) == ("decided", "keep")


@pytest.mark.parametrize(
    ("removal", "expected"),
    [
        (Removal(""), ("reason", "unknown_code")),
        (Removal("title_unclear"), ("reason", "unknown_code")),
        (Removal("other"), ("note", "missing")),
        (Removal("inaccurate", "长" * 501), ("note", "length")),
        (Removal("inaccurate", "致电 186 0000 0000"), ("note", "personal")),
    ],
)
def test_a_take_down_is_proposed_with_a_reason(things, cast, ctx_for, removal, expected):
    things.publish_unasked(cast)
    with pytest.raises(Invalid) as raised, ctx_for(cast.moderator.actor) as ctx:
        propose_take_down(ctx, KIND, "thg_1", removal)
    assert complaints(raised) == {expected}
    with ctx_for(cast.moderator.actor) as ctx:
        assert ctx.session.query(Case).count() == 0


def test_a_take_down_is_proposed_once(things, cast, ctx_for):
    things.publish_unasked(cast)
    with ctx_for(cast.moderator.actor) as ctx:
        propose_take_down(ctx, KIND, "thg_1", Removal("inaccurate"))
    with pytest.raises(Conflict), ctx_for(cast.second_moderator.actor) as ctx:
        propose_take_down(ctx, KIND, "thg_1", Removal("inaccurate"))


def test_nobody_takes_down_what_is_not_public_or_in_another_zone(things, cast, ctx_for, officer):
    with pytest.raises(NotFound), ctx_for(cast.moderator.actor) as ctx:
        propose_take_down(ctx, KIND, "thg_1", Removal("inaccurate"))
    things.publish_unasked(cast)
    for member in (officer("moderator", elsewhere=True), cast.supervisor, cast.tto_officer):
        with pytest.raises(Forbidden), ctx_for(member.actor) as ctx:
            propose_take_down(ctx, KIND, "thg_1", Removal("inaccurate"))

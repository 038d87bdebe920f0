"""By what counts a decision stands, whatever the numbers."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listings.decisions.record import DecisionRecord, Minutes, Recusal, from_json, to_json
from listings.decisions.rules import COUNTS, complaints

TODAY = date(2026, 3, 2)
MINUTES = Minutes("0" * 64, "纪要.pdf", "application/pdf", 12)
SOUND = DecisionRecord(
    body="校长办公会",
    held_on=date(2026, 2, 27),
    agenda_item="普通许可",
    members=9,
    present=7,
    quorum=5,
    recusals=(Recusal("沈禾", "完成人"),),
    votes_for=4,
    votes_against=1,
    votes_abstain=1,
    result="approved",
    resolution="云大办会〔2026〕7 号",
    minutes=MINUTES,
)


def found(record: DecisionRecord) -> list[tuple[str, str]]:
    return [(complaint.field, complaint.code) for complaint in complaints(record, TODAY)]


def test_a_sound_record_raises_no_complaint():
    assert found(SOUND) == []


@st.composite
def meetings(draw: st.DrawFn) -> DecisionRecord:
    """Meetings that could have been: a quorum was there and everybody who did not stand aside voted."""
    members = draw(st.integers(1, 40))
    quorum = draw(st.integers(members // 2 + 1, members))
    present = draw(st.integers(quorum, members))
    aside = draw(st.integers(0, min(present, 40)))
    voting = present - aside
    yes = draw(st.integers(0, voting))
    no = draw(st.integers(0, voting - yes))
    return replace(
        SOUND,
        members=members,
        quorum=quorum,
        present=present,
        recusals=(Recusal("某人", "有关系"),) * aside,
        votes_for=yes,
        votes_against=no,
        votes_abstain=voting - yes - no,
    )


@given(meetings())
def test_exactly_one_result_fits_a_vote_and_it_is_that_of_more_than_half_of_those_present(record):
    carried = (record.votes_for or 0) * 2 > (record.present or 0)
    right, wrong = ("approved", "rejected") if carried else ("rejected", "approved")
    assert found(replace(record, result=right)) == []
    assert [field for field, _code in found(replace(record, result=wrong))] == ["result"]


def test_more_votes_for_than_against_do_not_carry_when_most_abstain():
    two_to_one = replace(SOUND, recusals=(), votes_for=2, votes_against=1, votes_abstain=4)
    assert found(two_to_one) == [("result", "not_carried")]


@given(meetings(), st.integers(-3, 3).filter(bool))
def test_votes_that_do_not_add_up_are_refused(record, more):
    votes = (record.votes_abstain or 0) + more
    fields = {field for field, _code in found(replace(record, votes_abstain=votes))}
    assert fields & {"votes_for", "votes_abstain"}


@given(meetings(), st.integers(0, 60))
def test_a_quorum_is_more_than_half_of_the_members(record, quorum):
    members = record.members or 0
    complained = "quorum" in {field for field, _code in found(replace(record, quorum=quorum))}
    assert complained == (not members / 2 < quorum <= members)


@given(meetings())
def test_a_meeting_below_its_quorum_decides_nothing(record):
    short = replace(record, present=(record.quorum or 0) - 1)
    assert ("present", "no_quorum") in found(short)


@pytest.mark.parametrize("name", COUNTS)
def test_every_count_is_asked_for(name):
    assert (name, "required") in found(replace(SOUND, **{name: None}))
    assert (name, "range") in found(replace(SOUND, **{name: -1}))


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"minutes": None}, ("minutes", "required")),
        ({"resolution": " "}, ("resolution", "required")),
        ({"body": ""}, ("body", "required")),
        ({"held_on": None}, ("held_on", "required")),
        ({"held_on": TODAY + timedelta(days=1)}, ("held_on", "future")),
        ({"result": "postponed"}, ("result", "unknown_code")),
        ({"agenda_item": "议" * 301}, ("agenda_item", "too_long")),
        ({"resolution": "a\x00"}, ("resolution", "unstorable")),
        ({"recusals": (Recusal("", "完成人"),)}, ("recusals.0.name", "required")),
        ({"recusals": (Recusal("沈禾"),)}, ("recusals.0.reason", "required")),
        ({"present": 10}, ("present", "order")),
    ],
)
def test_what_is_missing_or_wrong_is_named(changes, complaint):
    assert complaint in found(replace(SOUND, **changes))


def test_a_meeting_of_today_has_been_held():
    assert found(replace(SOUND, held_on=TODAY)) == []


def test_a_record_survives_its_storage():
    assert from_json(to_json(SOUND)) == SOUND

"""What a grant must and must not say."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listings.grants.content import (
    EXCLUSIONS,
    OWNERSHIP,
    GrantContent,
    TeamMember,
    arranged,
    from_json,
    to_json,
)
from listings.grants.facts import Facts
from listings.grants.rules import shape_complaints, submission_complaints
from listings.shares import WHOLE_BP
from tests.listings.grants.desk import OWNERSHIP as WRITTEN
from tests.listings.grants.desk import REWARD, USE_RIGHT

FACTS = Facts(("沈禾",), least_bp=7_000)


def found(content, facts=FACTS):
    return {(error.field, error.code) for error in submission_complaints(content, facts)}


def said(**changes):
    return from_json({**to_json(GrantContent()), **WRITTEN, **changes})


@pytest.mark.parametrize("written", [WRITTEN, USE_RIGHT, REWARD])
def test_each_option_can_be_written_completely(written):
    assert not found(said(**written))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"option": ""}, ("option", "required")),
        ({"share_bp": None}, ("share_bp", "required")),
        ({"share_bp": 6_999}, ("share_bp", "below_minimum")),
        ({"share_bp": WHOLE_BP}, ("share_bp", "whole")),
        ({"use_years": 10}, ("use_years", "contradiction")),
        ({**USE_RIGHT, "use_years": 9}, ("use_years", "below_minimum")),
        ({**USE_RIGHT, "use_kind": ""}, ("use_kind", "required")),
        ({**USE_RIGHT, "use_kind": "assignment"}, ("use_kind", "unknown_code")),
        ({**REWARD, "share_bp": 7_000}, ("share_bp", "contradiction")),
        ({"income_bp": 4_999}, ("income_bp", "below_minimum")),
        ({"rights": []}, ("rights", "required")),
        ({"rights": [{"kind": "patent_invention", "number": "", "holder": "甲"}]}, ("rights.0.number", "required")),
        ({"rights": [{"kind": "copyleft", "number": "1", "holder": "甲"}]}, ("rights.0.kind", "unknown_code")),
        ({"team": [{"name": "旁人", "share_bp": WHOLE_BP}]}, ("team", "missing")),
        ({"team": [{"name": "沈禾", "share_bp": 9_999}]}, ("team", "share_sum")),
        ({"representative": "旁人"}, ("representative", "unknown")),
        ({"leaders": "yes"}, ("leaders_who", "required")),
        ({"leaders": "no", "leaders_who": "某校长"}, ("leaders_who", "contradiction")),
        ({"no_double_reward": False}, ("no_double_reward", "required")),
        ({"prospect": "\x00"}, ("prospect", "unstorable")),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_by_its_field(changes, expected):
    assert expected in found(said(**changes))


@pytest.mark.parametrize("code", EXCLUSIONS)
def test_one_point_of_the_negative_list_stops_the_grant(code):
    points = [{"code": one, "clear": one != code, "note": ""} for one in EXCLUSIONS]
    assert found(said(exclusions=points)) == {(f"exclusions.{code}.clear", "excluded")}


def test_a_list_with_a_point_left_out_is_not_a_clear_one():
    assert found(arranged(said(exclusions=[]))) == {
        (f"exclusions.{code}.clear", "excluded") for code in EXCLUSIONS
    }


shares = st.lists(st.integers(1, WHOLE_BP), min_size=1, max_size=12)


@given(shares)
def test_a_team_is_whole_only_when_its_parts_are_exactly_everything(parts):
    team = tuple(TeamMember(f"完成人{n}", share_bp=part) for n, part in enumerate(parts))
    content = replace(said(), team=team, representative="完成人0")
    wrong = ("team", "share_sum") in found(content, Facts(()))
    assert wrong == (sum(parts) != WHOLE_BP)


@given(st.integers(1, WHOLE_BP - 1), st.none() | st.integers(0, WHOLE_BP))
def test_a_share_is_refused_exactly_when_it_is_below_the_least(share, least):
    content = replace(said(), option=OWNERSHIP, share_bp=share)
    wrong = ("share_bp", "below_minimum") in found(content, Facts(("沈禾",), least))
    assert wrong == (least is not None and share < least)


@given(st.text(max_size=40), st.integers(-5, 20_000), st.text(max_size=10))
def test_any_shape_gets_complaints_and_never_a_crash(text, number, code):
    content = replace(
        said(),
        option=code,
        prospect=text,
        share_bp=number,
        use_years=number,
        leaders=code,
        representative=text,
    )
    list(shape_complaints(content))
    found(content)

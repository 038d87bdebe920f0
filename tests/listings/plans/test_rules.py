"""What a plan must say before the unit decides about it, and what contradicts itself."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listings.plans.content import (
    DILIGENCE,
    Buyer,
    Check,
    CompleterConsent,
    CoOwnerConsent,
    PlanContent,
    RelatedParty,
    arranged,
    from_json,
    to_json,
)
from listings.plans.facts import Facts
from listings.plans.labels import FIELDS, in_words
from listings.plans.related import bodies_for, route_complaints
from listings.plans.rules import REQUIRED, shape_complaints, submission_complaints
from listings.rights import ListedRight, co_owners
from listings.unit_rules.content import from_json as rules_from_json
from tests.listings.plans.office import PLAN, PRESIDENT, RELATED, RULES, VICE_PRESIDENT, WAN

FACTS = Facts("云岫大学", ("沈禾",), date(2026, 3, 2))
SOUND = from_json(
    {**PLAN, "rights": [{"kind": "patent_invention", "number": "ZL202010123456.2", "holder": "云岫大学"}]}
)
RULES_IN_FORCE = rules_from_json(RULES)


def found(content: PlanContent, facts: Facts = FACTS) -> list[tuple[str, str]]:
    return [(complaint.field, complaint.code) for complaint in submission_complaints(content, facts)]


def test_a_sound_plan_raises_no_complaint():
    assert found(SOUND) == []


@pytest.mark.parametrize("name", REQUIRED)
def test_everything_needed_is_asked_for(name):
    assert (name, "required") in found(replace(SOUND, **{name: getattr(PlanContent(), name)}))


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"price_fen": 0}, ("price_fen", "range")),
        ({"price_fen": -1}, ("price_fen", "range")),
        ({"price_fen": 2**53}, ("price_fen", "range")),
        ({"price_basis": "协商。"}, ("price_basis", "too_short")),
        ({"mode": "gift"}, ("mode", "unknown_code")),
        ({"price_bases": ("guess",)}, ("price_bases", "unknown_code")),
        ({"risks": "险" * 3001}, ("risks", "too_long")),
        ({"risks": "a\x00"}, ("risks", "unstorable")),
        ({"rights": (ListedRight("patent_invention", "", "云岫大学"),)}, ("rights.0.number", "required")),
        ({"rights": (ListedRight("know_how", "", ""),)}, ("rights.0.holder", "required")),
        ({"rights": (ListedRight("idea", "1", "云岫大学"),)}, ("rights.0.kind", "unknown_code")),
        ({"buyer": Buyer()}, ("buyer.kind", "required")),
        ({"buyer": Buyer("public")}, ("buyer.kind", "contradiction")),
        ({"buyer": Buyer("named", "", "")}, ("buyer.name", "required")),
        ({"buyer": Buyer("named", "拾光", "91330100MA00000330")}, ("buyer.credit_code", "check")),
        ({"pricing_method": "auction"}, ("buyer.kind", "contradiction")),
        ({"checks": ()}, ("checks.tech_title.note", "required")),
        ({"checks": (*SOUND.checks, Check("tea_leaves", done=True))}, ("checks", "unknown_code")),
        ({"related": RelatedParty()}, ("related.related", "required")),
        ({"related": RelatedParty("perhaps")}, ("related.related", "unknown_code")),
        ({"related": RelatedParty("no", "unit_interest")}, ("related.kind", "contradiction")),
        ({"related": RelatedParty("yes", "friendship")}, ("related.kind", "unknown_code")),
        ({"completers": (CompleterConsent("沈禾", None, "1"),)}, ("completers.0.signed_on", "required")),
        ({"completers": (CompleterConsent("沈禾", date(2026, 3, 3), "1"),)}, ("completers.0.signed_on", "future")),
        ({"completers": (CompleterConsent("沈禾", date(2026, 3, 2), ""),)}, ("completers.0.document", "required")),
        ({"completers": (CompleterConsent("叶知秋", date(2026, 3, 2), "1"),)}, ("completers", "missing")),
        ({"co_owners": (CoOwnerConsent("南屏理工大学"),)}, ("co_owners.0.document", "required")),
        ({"rights": (ListedRight("know_how", "", "云岫大学；南屏理工大学"),)}, ("co_owners", "missing")),
    ],
)  # fmt: skip
def test_what_is_missing_or_wrong_is_named(changes, complaint):
    assert complaint in found(replace(SOUND, **changes))


@pytest.mark.parametrize("missing", ["kind", "who", "explanation", "no_influence"])
def test_a_related_party_is_declared_in_full(missing):
    whole = RelatedParty(**RELATED)
    assert found(replace(SOUND, related=whole)) == []
    lacking = replace(whole, **{missing: getattr(RelatedParty(), missing)})
    assert found(replace(SOUND, related=lacking)) == [(f"related.{missing}", "required")]


def test_what_was_not_checked_says_why():
    checks = tuple(
        Check("tech_foreign", note="受让方为境内企业") if check.code == "tech_foreign" else check
        for check in SOUND.checks
    )
    assert found(replace(SOUND, checks=checks)) == []


def test_every_other_way_than_agreement_looks_for_a_buyer_in_public():
    for method in ("listing", "auction", "tender"):
        assert found(replace(SOUND, pricing_method=method, buyer=Buyer("public"))) == []


def test_co_owners_are_whoever_else_holds_a_right():
    rights = (
        ListedRight("know_how", "", "云岫大学；南屏理工大学、拾光储能有限公司"),
        ListedRight("software", "1", "南屏理工大学"),
    )
    assert co_owners(rights, "云岫大学") == ("南屏理工大学", "拾光储能有限公司")
    owners = tuple(CoOwnerConsent(name, "同意书") for name in co_owners(rights, "云岫大学"))
    assert found(replace(SOUND, rights=rights, co_owners=owners)) == []


@given(st.permutations(DILIGENCE), st.integers(0, len(DILIGENCE)))
def test_points_of_due_diligence_come_in_the_order_of_the_list(codes, cut):
    content = arranged(PlanContent(checks=tuple(Check(code, done=True) for code in codes[:cut])))
    assert tuple(check.code for check in content.checks) == DILIGENCE
    assert {check.code for check in content.checks if check.done} == set(codes[:cut])
    assert arranged(content) == content


@given(st.builds(PlanContent, price_fen=st.none() | st.integers(0, 10**15), risks=st.text(max_size=50)))
def test_a_text_survives_its_storage_and_can_always_be_judged_and_shown(content):
    assert from_json(to_json(content)) == content
    list(shape_complaints(content))
    assert found(content)
    for name in FIELDS:
        assert isinstance(in_words(content, name), str)


@pytest.mark.parametrize(
    ("price", "related", "body"),
    [
        (120 * WAN, "no", RULES["tiers"][0]["body"]),
        (200 * WAN, "no", VICE_PRESIDENT),
        (120 * WAN, "yes", VICE_PRESIDENT),
        (200 * WAN, "yes", PRESIDENT),
        (900 * WAN, "yes", PRESIDENT),
    ],
)
def test_a_related_party_takes_one_more_level_of_approval(price, related, body):
    content = replace(SOUND, price_fen=price, related=RelatedParty(related))
    assert bodies_for(content, RULES_IN_FORCE)[0] == body


def test_a_closed_route_leaves_tiers_alone_and_forbids_agreement():
    closed = replace(RULES_IN_FORCE, related_route="closed")
    content = replace(SOUND, related=RelatedParty(**RELATED))
    assert bodies_for(content, closed)[0] == RULES["tiers"][0]["body"]
    assert [error.code for error in route_complaints(content, closed)] == ["route_closed"]
    assert not list(route_complaints(replace(content, pricing_method="auction"), closed))
    assert not list(route_complaints(SOUND, closed))
    assert not list(route_complaints(content, RULES_IN_FORCE))

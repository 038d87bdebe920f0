"""The demonstration market's zones, organisations and people: valid codes, full desks, nobody real."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from listings.classification import codes

DATA = Path(__file__).parents[2] / "marketplace" / "demo" / "data"
CHINESE = re.compile(r"[\u3400-\u9fff]")
CHINESE_TEXT = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")

Row = dict[str, Any]


def read(name: str) -> Any:
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


ZONES: list[Row] = read("zones")
ORGANISATIONS: dict[str, Row] = {row["key"]: row for row in read("organisations")}
PEOPLE: dict[str, Row] = {row["key"]: row for row in read("people")}

KINDS = {"university": 6, "firm": 8, "agency": 5, "zone_authority": 3}
ROLES = {
    "university": {
        "inventor", "dept_reviewer", "tto_officer", "secrecy_officer", "unit_admin", "finance_officer",
        "decision_clerk",
    },
    "firm": {"firm_admin", "firm_agent"},
    "agency": {"broker", "agency_admin"},
    "zone_authority": {
        "zone_admin", "moderator", "supervisor", "security_officer", "settlement_clerk", "settlement_checker",
        "archivist",
    },
}  # fmt: skip

each_organisation = pytest.mark.parametrize("row", ORGANISATIONS.values(), ids=list(ORGANISATIONS))
each_person = pytest.mark.parametrize("row", PEOPLE.values(), ids=list(PEOPLE))


def social_credit_check(body: str) -> str:
    """GB 32100: weights are powers of 3 modulo 31 over an alphabet without I, O, S, V, Z."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(alphabet.index(character) * pow(3, place, 31) for place, character in enumerate(body))
    return alphabet[-total % 31]


def organisation_check(body: str) -> str:
    """GB 11714, the organisation code inside the social credit code: A = 10 … Z = 35, modulo 11."""
    total = sum(int(c, 36) * weight for c, weight in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    return "0123456789X"[-total % 11]


def test_check_characters_agree_with_published_examples():
    assert social_credit_check("91350100M000100Y4") == "3"
    assert organisation_check("D2143569") == "X"


def test_there_are_three_zones_with_an_authority_each():
    assert len(ZONES) == 3
    for zone in ZONES:
        assert ORGANISATIONS[zone["authority"]]["zone"] == zone["key"]
        assert ORGANISATIONS[zone["authority"]]["kind"] == "zone_authority"
        assert zone["region"] in codes("regions")
        assert all(theme in codes("technology_fields") for theme in zone["themes"])
        assert re.fullmatch(r"[a-z]+", zone["slug"])
        assert CHINESE.search(zone["name"])
        assert CHINESE.search(zone["text"])
        assert not CHINESE_TEXT.search(zone["name_en"] + zone["text_en"])


def test_there_are_as_many_organisations_of_each_kind_as_the_market_needs():
    assert Counter(row["kind"] for row in ORGANISATIONS.values()) == KINDS
    assert len({row["name"] for row in ORGANISATIONS.values()}) == len(ORGANISATIONS)
    assert len({row["uscc"] for row in ORGANISATIONS.values()}) == len(ORGANISATIONS)


@each_organisation
def test_an_organisation_has_a_valid_social_credit_code_of_its_region(row: Row):
    uscc = row["uscc"]
    assert len(uscc) == 18
    assert social_credit_check(uscc[:17]) == uscc[17]
    assert organisation_check(uscc[8:16]) == uscc[16]
    assert uscc[2:8] == row["region"]
    assert row["region"] in codes("regions")


@each_organisation
def test_an_organisation_is_introduced_in_both_languages_and_reachable_nowhere_real(row: Row):
    assert row["zone"] in {zone["key"] for zone in ZONES}
    assert row["verification"] in {"verified", "pending"}
    assert CHINESE.search(row["name"])
    assert CHINESE.search(row["intro"])
    assert not CHINESE_TEXT.search(row["name_en"] + row["intro_en"])
    contact = row["contact"]
    assert contact["email"].endswith(".example")
    assert contact["website"].endswith(".example/")
    assert re.fullmatch(r"0\d{2,3}-0000 0\d{3}", contact["phone"])
    assert any(
        person["name"] == contact["person"] and person["memberships"][0]["org"] == row["key"]
        for person in PEOPLE.values()
    )
    assert ("agency_kinds" in row) == (row["kind"] == "agency")
    assert all(kind in codes("agency_kinds") for kind in row.get("agency_kinds", ()))


def test_every_kind_of_service_is_offered_by_some_agency():
    offered = {kind for row in ORGANISATIONS.values() for kind in row.get("agency_kinds", ())}
    assert {root.code for root in codes("agency_kinds").roots()} <= offered


@each_person
def test_a_person_is_fictional_and_has_roles_their_organisation_knows(row: Row):
    assert re.fullmatch(r"[a-z]+\.[a-z]+", row["key"])
    assert row["email"].endswith(".example")
    assert CHINESE.search(row["name"])
    assert CHINESE.search(row["title"])
    assert not CHINESE_TEXT.search(row["name_en"] + row["title_en"])
    assert row["title_en"]
    for membership in row["memberships"]:
        assert set(membership["roles"]) <= ROLES[ORGANISATIONS[membership["org"]]["kind"]]
        assert membership["roles"]


def test_names_and_addresses_of_people_are_unique():
    for column in ("name", "email", "key"):
        assert len({row[column] for row in PEOPLE.values()}) == len(PEOPLE)


def staff(org: str, role: str) -> set[str]:
    return {
        key
        for key, row in PEOPLE.items()
        for membership in row["memberships"]
        if membership["org"] == org and role in membership["roles"]
    }


def test_every_zone_has_an_administrator_two_other_moderators_and_a_desk_of_two():
    for zone in ZONES:
        office = zone["authority"]
        assert staff(office, "zone_admin")
        assert len(staff(office, "moderator") - staff(office, "zone_admin")) >= 2
        clerks, checkers = staff(office, "settlement_clerk"), staff(office, "settlement_checker")
        assert clerks
        assert checkers
        assert not clerks & checkers
        assert not clerks & staff(office, "moderator")
        assert staff(office, "security_officer")


def test_every_organisation_has_somebody_for_each_duty():
    needed = {
        "university": (
            "tto_officer",
            "inventor",
            "secrecy_officer",
            "unit_admin",
            "finance_officer",
            "decision_clerk",
        ),
        "firm": ("firm_admin", "firm_agent"),
        "agency": ("agency_admin", "broker"),
        "zone_authority": ("zone_admin", "moderator"),
    }
    for key, row in ORGANISATIONS.items():
        for role in needed[row["kind"]]:
            assert staff(key, role), (key, role)
        assert not staff(key, "tto_officer") & staff(key, "secrecy_officer")

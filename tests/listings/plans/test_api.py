"""Plans through the API: the same rules, errors and rights."""

from datetime import timedelta

import pytest

from marketplace.accounts.identity import token_digest
from marketplace.accounts.models import ApiToken
from marketplace.core.clock import local_date
from marketplace.core.db import db
from marketplace.core.ids import new_id
from tests.listings.achievements.conftest import Program
from tests.listings.achievements.desk import RICH
from tests.listings.plans.office import PLAN


@pytest.fixture
def program(app, cast, clock):
    """A program of a part of the cast, with the given scopes."""

    def made(part: str = "tto_officer", *scopes: str) -> Program:
        member, granted = cast.members[part], scopes or ("read", "plans:write")
        secret = f"{part} {granted}"
        with app.app_context():
            db.session.add(
                ApiToken(
                    id=new_id("tok", clock.now()),
                    user_id=member.user_id,
                    org_id=member.org_id,
                    label="tests",
                    scopes=list(granted),
                    digest=token_digest(secret),
                    created_at=clock.now(),
                    expires_at=clock.now() + timedelta(days=9),
                    last_used_on=local_date(clock.now()),
                )
            )
            db.session.commit()
        return Program(app.test_client(), secret)

    return made


def test_a_program_writes_and_submits_a_plan(program, office):
    achievement, officer = office.desk.published(**RICH), program()
    made = officer.post("/api/v1/plans", json={"achievement_id": achievement})
    assert made.status_code == 201
    address = f"/api/v1/plans/{made.json['id']}"
    text = {**made.json["content"], **PLAN}
    saved = officer.put(address, json=text, headers={"If-Match": made.headers["ETag"]})
    assert (saved.status_code, saved.json["version"]) == (200, 2)
    assert officer.put(address, json=text, headers={"If-Match": '"1"'}).status_code == 409
    submitted = officer.post(f"{address}/submit")
    assert (submitted.status_code, submitted.json["state"]) == (200, "submitted")
    listed = officer.get("/api/v1/plans?state=submitted").json
    assert [item["id"] for item in listed["items"]] == [made.json["id"]]
    assert listed["items"][0]["price_fen"] == PLAN["price_fen"]


def test_complaints_name_their_fields(program, office):
    officer, address = program(), f"/api/v1/plans/{office.drafted()}"
    refused = officer.put(address, json={"price_fen": -1, "checks": [{"code": "tea"}]})
    assert refused.status_code == 422
    assert {error["field"] for error in refused.json["errors"]} == {"price_fen", "checks"}
    missing = officer.post(f"{address}/submit")
    assert missing.status_code == 422
    assert {"pricing_method", "related.related"} <= {error["field"] for error in missing.json["errors"]}
    both = officer.post("/api/v1/plans", json={})
    assert both.json["errors"][0]["field"] == "achievement_id"


def test_scopes_and_rights_are_those_of_the_pages(program, office):
    office.rules()
    plan = office.decided()
    decision = office.look(plan).decision_id
    address = f"/api/v1/plans/{plan}"
    assert program("tto_officer", "read").put(address, json=PLAN).status_code == 403
    assert program("supervisor", "read").get(address).json["state"] == "decided"
    assert program("other_tto_officer", "read").get(address).status_code == 404
    record = program("inventor", "read").get(f"/api/v1/decisions/{decision}").json["record"]
    assert (record["votes_for"], record["result"]) == (5, "approved")
    assert program("firm_agent", "read").get(f"/api/v1/decisions/{decision}").status_code == 403


def test_a_plan_is_begun_in_place_of_a_decided_one(program, office):
    office.rules()
    plan = office.decided()
    made = program().post("/api/v1/plans", json={"replaces": plan})
    assert (made.status_code, made.json["replaces_id"]) == (201, plan)
    assert made.json["content"]["price_fen"] == PLAN["price_fen"]

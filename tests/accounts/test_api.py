"""The JSON operations: the same commands, the same rights, the same complaints as the pages."""

import json

import pytest

from marketplace.accounts.models import Membership, Organisation
from marketplace.core.db import db
from tests.accounts.codes import credit_code
from tests.accounts.test_tokens import make  # noqa: F401 - a fixture

BODY = {
    "kind": "firm",
    "name": "澄江新材料有限公司",
    "credit_code": credit_code(7),
    "region": "330000",
    "contact": "0571-88880000",
}


@pytest.fixture
def bearer(make):  # noqa: F811
    def headers(member, *scopes):
        return {"Authorization": f"Bearer {make(member, *scopes)}"}

    return headers


def test_zones_and_verified_organisations_are_public(client, cast):
    zones = client.get("/api/v1/zones").json["items"]
    assert [zone["id"] for zone in zones] == [cast.zone_id]
    assert client.get(f"/api/v1/zones/{cast.zone_id}").json["name_en"] == "Yunxiu Zone"
    listed = client.get("/api/v1/organisations?per_page=2")
    assert listed.json["total"] == 6
    assert len(listed.json["items"]) == 2
    assert 'rel="next"' in listed.headers["Link"]
    agencies = client.get("/api/v1/agencies?kind=firm").json["items"]
    assert [agency["id"] for agency in agencies] == [cast.broker.org_id]
    one = client.get(f"/api/v1/organisations/{cast.inventor.org_id}")
    assert one.headers["ETag"] == f'"{one.json["version"]}"'
    assert client.get(f"/api/v1/agencies/{cast.inventor.org_id}").status_code == 404


@pytest.mark.parametrize("path", ["zones", "organisations", "agencies"])
@pytest.mark.parametrize("public_id", ["x", "%00", "usr_zzzzzzzzzzzzzzzzzzzz", "a" * 5_000])
def test_what_is_not_there_is_not_found(client, cast, path, public_id):
    answer = client.get(f"/api/v1/{path}/{public_id}")
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")


def test_me_is_whom_the_token_speaks_for(client, cast, bearer):
    answer = client.get("/api/v1/me", headers=bearer(cast.moderator, "read")).json
    assert answer["id"] == cast.moderator.user_id
    assert answer["zone_id"] == cast.zone_id
    assert answer["roles"] == ["moderator"]


def test_an_organisation_is_registered_once_for_each_key(client, app, cast, bearer, journal):
    headers = bearer(cast.inventor, "account") | {"Idempotency-Key": "k1"}
    journal.new()
    answers = [
        client.post("/api/v1/organisations", json=BODY | {"zone_id": cast.zone_id}, headers=headers)
        for _ in "ab"
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json["id"] == answers[1].json["id"]
    assert journal.new() == ["organisation.created", "membership.added"]
    with app.app_context():
        row = db.session.query(Membership).filter_by(org_id=answers[0].json["id"]).one()
        assert (row.user_id, row.roles) == (cast.inventor.user_id, ["firm_admin"])


def test_complaints_name_their_fields(client, cast, bearer, journal):
    headers = bearer(cast.inventor, "account")
    journal.new()
    answer = client.post(
        "/api/v1/organisations", json={"name": "", "credit_code": "1", "kind": "x"}, headers=headers
    )
    assert answer.status_code == 422
    fields = {(error["field"], error["code"]) for error in answer.json["errors"]}
    assert fields == {
        ("name", "missing"),
        ("credit_code", "length"),
        ("kind", "choice"),
        ("zone_id", "choice"),
    }
    assert journal.new() == []


@pytest.mark.parametrize(
    "body",
    [
        {"name": ["x"]},
        {"name": "half a pair"},
        {"services": "rd_design"},
        {"about": "x" * 50_000},
        {"name": "x" * 50_000},
        [],
        "x",
    ],
)
def test_hostile_bodies_are_refused(client, cast, bearer, journal, body):
    headers = bearer(cast.inventor, "account")
    journal.new()
    body = BODY | {"zone_id": cast.zone_id} | body if isinstance(body, dict) else body
    text = json.dumps(body).replace("half a pair", "\\ud800")
    answer = client.post("/api/v1/organisations", data=text, content_type="application/json", headers=headers)
    assert answer.status_code == 422
    assert journal.new() == []


def test_a_profile_is_replaced_under_its_version(client, app, cast, bearer, journal):
    path = f"/api/v1/organisations/{cast.unit_admin.org_id}"
    headers = bearer(cast.unit_admin, "account")
    now = client.get(path)
    body = {name: now.json[name] for name in ("name", "credit_code", "region", "contact")} | {
        "about": "新简介"
    }
    journal.new()
    done = client.put(path, json=body, headers=headers | {"If-Match": now.headers["ETag"]})
    assert (done.status_code, done.json["about"]) == (200, "新简介")
    assert journal.new() == ["organisation.edited"]
    late = client.put(
        path, json=body | {"about": "晚了"}, headers=headers | {"If-Match": now.headers["ETag"]}
    )
    assert late.status_code == 409
    with app.app_context():
        assert db.session.get(Organisation, cast.unit_admin.org_id).about == "新简介"


def test_nobody_edits_or_submits_the_organisation_of_another(client, cast, bearer, journal):
    headers = bearer(cast.unit_admin, "account", "read")
    journal.new()
    path = f"/api/v1/organisations/{cast.firm_agent.org_id}"
    assert client.put(path, json=BODY, headers=headers).status_code == 403
    assert client.post(f"{path}/submit", headers=headers).status_code == 403
    for method, rest in (
        ("GET", ""),
        ("POST", ""),
        ("PUT", f"/{cast.firm_agent.user_id}"),
        ("DELETE", f"/{cast.firm_agent.user_id}"),
    ):
        answer = client.open(
            f"{path}/members{rest}", method=method, json={"email": "a@b.cn", "roles": []}, headers=headers
        )
        assert answer.status_code == 404, (method, rest)
    assert journal.new() == []


def test_members_are_listed_invited_changed_and_removed(client, cast, bearer, journal, mailbox):
    headers = bearer(cast.unit_admin, "account")
    path = f"/api/v1/organisations/{cast.unit_admin.org_id}/members"
    listed = client.get(path, headers=headers).json["items"]
    assert {member["user_id"] for member in listed} >= {cast.unit_admin.user_id, cast.inventor.user_id}
    journal.new()
    invited = client.post(path, json={"email": "new.hand@example.cn", "roles": ["inventor"]}, headers=headers)
    assert (invited.status_code, invited.json["outcome"]) == (202, "invited")
    changed = client.put(f"{path}/{cast.inventor.user_id}", json={"roles": ["tto_officer"]}, headers=headers)
    assert (changed.status_code, changed.json["outcome"]) == (200, "changed")
    removed = client.delete(f"{path}/{cast.inventor.user_id}", headers=headers)
    assert (removed.status_code, removed.json["outcome"]) == (200, "removed")
    assert journal.new() == ["membership.invited", "membership.changed", "membership.removed"]
    assert client.delete(f"{path}/{cast.unit_admin.user_id}", headers=headers).status_code == 409


def test_tokens_are_listed_and_revoked_without_their_secrets(client, cast, bearer, journal):
    headers = bearer(cast.inventor, "account")
    listed = client.get("/api/v1/tokens", headers=headers).json["items"]
    assert set(listed[0]) == {"id", "label", "scopes", "org_id", "created_at", "expires_at", "last_used_on"}
    journal.new()
    assert client.delete(f"/api/v1/tokens/{listed[0]['id']}", headers=headers).status_code == 204
    assert journal.new() == ["token.revoked"]
    assert client.get("/api/v1/tokens", headers=headers).status_code == 401


def test_answers_speak_the_language_that_is_asked_for(client, cast):
    zh = client.get("/api/v1/organisations/x").json["title"]
    assert zh == "没有找到这个页面或记录"

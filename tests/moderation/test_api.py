"""The JSON door: the same rules as the pages."""

import pytest

from marketplace.accounts.tokens.services import NewToken, create_token
from tests.moderation.things import KIND

REPORT = {"kind": KIND, "subject": "thg_1", "reason": "not_owner", "statement": "权利人另有其人，见登记簿"}


@pytest.fixture
def as_member(ctx_for):
    """Headers of a program that acts for a member."""

    def headers(member, *scopes: str) -> dict[str, str]:
        with ctx_for(member.actor) as ctx:
            made = create_token(
                ctx, member.user_id, NewToken("tests", scopes or ("moderation:write",), member.org_id)
            )
        return {"Authorization": f"Bearer {made.secret}"}

    return headers


def test_cases_are_listed_with_their_age(things, cast, client, case_id, as_member, clock):
    clock.advance(days=1)
    answer = client.get("/api/v1/moderation/cases", headers=as_member(cast.moderator))
    assert answer.json["total"] == 1
    (item,) = answer.json["items"]
    assert item["id"] == case_id
    assert item["due_at"] == "2026-03-05T16:00:00Z"
    assert (item["working_days"], item["overdue"], item["missing"]) == (1, False, ["moderator"])


def test_a_case_is_read_decided_and_decided_only_once(things, cast, client, case_id, as_member):
    headers = {**as_member(cast.moderator), "Idempotency-Key": "a-program-1"}
    path = f"/api/v1/moderation/cases/{case_id}"
    before = client.get(path, headers=headers).json
    assert before["changes"][0]["after"] == "柔性钙钛矿组件"
    body = {"outcome": "return", "reasons": ["price_unit"], "note": "核对单位"}
    first = client.post(f"{path}/decision", json=body, headers=headers)
    second = client.post(f"{path}/decision", json=body, headers=headers)
    assert first.status_code == second.status_code == 200
    assert first.json["case"]["outcome"] == "return"
    assert first.json["reasons"] == [{"code": "price_unit", "field": "price"}]
    assert first.json["voices"] == second.json["voices"]
    assert len(things.told) == 1


def test_complaints_name_their_fields(things, cast, client, case_id, as_member):
    answer = client.post(
        f"/api/v1/moderation/cases/{case_id}/decision",
        json={"outcome": "return"},
        headers=as_member(cast.moderator),
    )
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == ["reasons"]


def test_the_same_people_are_refused_as_on_the_pages(things, cast, client, case_id, as_member, officer):
    path = f"/api/v1/moderation/cases/{case_id}"
    body = {"outcome": "publish"}

    def statuses(headers) -> tuple[int, int]:
        read = client.get(path, headers=headers)
        return read.status_code, client.post(f"{path}/decision", json=body, headers=headers).status_code

    assert statuses({}) == (401, 401)
    assert statuses(as_member(cast.supervisor)) == (200, 403)
    assert statuses(as_member(cast.tto_officer)) == (403, 403)
    assert statuses(as_member(cast.moderator, "read")) == (403, 403)
    assert statuses(as_member(officer("moderator", elsewhere=True))) == (404, 404)
    assert things.told == []


def test_the_log_is_public(things, cast, client, case_id, as_member):
    path = f"/api/v1/moderation/cases/{case_id}/decision"
    client.post(path, json={"outcome": "publish"}, headers=as_member(cast.moderator))
    (line,) = client.get("/api/v1/moderation/log").json["items"]
    assert (line["outcome"], line["title"], line["roles"]) == ("publish", "柔性钙钛矿组件", ["moderator"])
    assert len(line["commitment"]) == 64
    assert cast.moderator.user_id not in repr(line)


def test_a_report_is_taken_and_answered_with_a_number(things, cast, client):
    things.publish_unasked(cast)
    answer = client.post("/api/v1/reports", json=REPORT)
    assert answer.status_code == 201
    assert answer.json["number"] == "JB2026000001"
    assert client.get(answer.json["url"]).status_code == 200
    statuses = [client.post("/api/v1/reports", json=REPORT).status_code for _ in range(5)]
    assert statuses == [201] * 4 + [429]


def test_a_report_about_nothing_public_is_not_found(things, cast, client):
    assert client.post("/api/v1/reports", json=REPORT).status_code == 404

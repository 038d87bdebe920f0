"""Programs send files, ask how far they are, and read what became of each row."""

import json
from io import BytesIO

import pytest
from sqlalchemy import select

from listings.achievements.models import Achievement
from marketplace.accounts.identity import token_digest
from marketplace.accounts.models import ApiToken
from marketplace.core.db import db
from marketplace.core.uow import unit_of_work
from tests.listings.imports.sheets import HEADER, as_csv, complete, rows


@pytest.fixture
def token(app, cast):
    """A header that makes a request the officer's, within these scopes."""

    def make(*scopes, member=None):
        owner = member or cast.tto_officer
        secret = f"secret-{owner.user_id}-{'-'.join(scopes)}"
        with app.app_context(), unit_of_work(owner.actor) as ctx:
            ctx.session.add(
                ApiToken(
                    id=f"tok_{len(secret)}{abs(hash(secret)) % 10**8}",
                    user_id=owner.user_id,
                    org_id=owner.org_id,
                    label="t",
                    scopes=list(scopes),
                    digest=token_digest(secret),
                    created_at=ctx.now,
                    expires_at=ctx.now.replace(year=2030),
                )
            )
        return {"Authorization": f"Bearer {secret}"}

    return make


@pytest.fixture
def headers(token):
    return token("read", "achievements:write")


def send(client, headers, content, **fields):
    data = {
        "file": (BytesIO(content), "a.csv"),
        "review_document": "保审 1 号",
        "confirmed": "true",
        **fields,
    }
    return client.post("/api/v1/imports", data=data, headers=headers, content_type="multipart/form-data")


def test_a_dry_run_is_reported_row_by_row(app, client, headers, drain):
    sent = send(client, headers, as_csv([HEADER, complete(1), complete(2, 技术成熟度="12")]))
    assert sent.status_code == 201, sent.get_data(as_text=True)
    assert sent.json["state"] == "checking"
    drain()
    path = f"/api/v1/imports/{sent.json['id']}"
    found = client.get(path, headers=headers).json
    assert (found["state"], found["rows"], found["counts"]) == ("checked", 2, {"complete": 1, "failed": 1})
    report = client.get(f"{path}/report?outcome=failed", headers=headers).json
    assert report["total"] == 1
    (row,) = report["items"]
    assert (row["row"], row["notes"][0]["column"], row["notes"][0]["value"]) == (3, "技术成熟度", "12")
    assert client.post(f"{path}/run", headers=headers).json["state"] == "running"
    drain()
    assert client.get(path, headers=headers).json["counts"] == {"complete": 1, "failed": 1}


def test_the_whole_way_in_one_request(app, client, headers, drain):
    sent = send(
        client,
        headers,
        as_csv([("项目",), ("甲",)]),
        dry_run="false",
        mapping=json.dumps({"项目": "title"}),
        defaults=json.dumps({"trl": "4"}),
    )
    drain()
    drain()
    found = client.get(f"/api/v1/imports/{sent.json['id']}", headers=headers).json
    assert (found["state"], found["counts"]) == ("done", {"incomplete": 1})
    with app.app_context():
        (row,) = db.session.scalars(select(Achievement)).unique()
        assert (row.title, row.trl) == ("甲", 4)
    listed = client.get("/api/v1/imports", headers=headers).json
    assert [one["id"] for one in listed["items"]] == [sent.json["id"]]


def test_a_repeated_request_is_one_import(client, headers):
    again = {**headers, "Idempotency-Key": "k1"}
    first, second = (send(client, again, as_csv(rows(1))) for _ in range(2))
    assert first.json["id"] == second.json["id"]


def test_an_import_can_be_cancelled(client, headers):
    sent = send(client, headers, as_csv(rows(1)))
    assert (
        client.post(f"/api/v1/imports/{sent.json['id']}/cancel", headers=headers).json["state"] == "cancelled"
    )


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"confirmed": "false"}, "confirmed"),
        ({"review_document": ""}, "review_document"),
        ({"mapping": "{"}, "mapping"),
        ({"defaults": '{"trl": "99"}'}, "default.trl"),
        ({"dry_run": "perhaps"}, "dry_run"),
    ],
)
def test_complaints_name_their_field(client, headers, fields, field):
    answer = send(client, headers, as_csv(rows(1)), **fields)
    assert answer.status_code == 422
    assert field in {error["field"] for error in answer.json["errors"]}
    assert client.get("/api/v1/imports", headers=headers).json["items"] == []  # nothing was taken


def test_a_token_without_the_scope_or_the_unit_gets_nothing(client, cast, token, headers):
    assert send(client, token("read"), as_csv(rows(1))).status_code == 403
    assert send(client, {}, as_csv(rows(1))).status_code == 401
    sent = send(client, headers, as_csv(rows(1)))
    other = token("read", "achievements:write", member=cast.other_tto_officer)
    assert client.get(f"/api/v1/imports/{sent.json['id']}", headers=other).status_code == 404

"""The second door: the same commands, the same rights, and nothing confidential."""

import pytest

from listings.disclosures.content import Content, to_json
from marketplace.core.errors import Conflict
from tests.listings.achievements.conftest import _program
from tests.listings.disclosures.desk import COMPLETE, HARMLESS, SECRET, TITLE, TWO

ROOT = "/api/v1/disclosures"


@pytest.fixture
def program_of(app):
    """`program_of(member)` is that person's program, with every right of disclosures."""
    return lambda member, *scopes: _program(
        app, member, *(scopes or ("read", "disclosures:write")), member.user_id
    )


def test_the_way_by_program(program_of, cast, desk, client):
    inventor, officer = program_of(cast.inventor), program_of(cast.tto_officer)
    made = inventor.post(ROOT, headers={"Idempotency-Key": "k"})
    assert made.status_code == 201
    assert inventor.post(ROOT, headers={"Idempotency-Key": "k"}).json["id"] == made.json["id"]
    here = f"{ROOT}/{made.json['id']}"
    early = inventor.put(f"{here}/draft", json={"title": TITLE})
    assert (early.status_code, early.json["code"]) == (409, "not_cleared")
    cleared = inventor.post(f"{here}/assessment", json={"answers": HARMLESS, "documents": {}})
    assert cleared.json["clearance"] == "self_nonclassified"
    text = {**to_json(Content()), **COMPLETE}
    put = inventor.put(f"{here}/draft", json=text, headers={"If-Match": '"1"'})
    assert (put.status_code, put.headers["ETag"]) == (200, '"2"')
    stale = inventor.put(f"{here}/draft", json=text, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json["code"]) == (409, "stale")
    missing = inventor.post(f"{here}/ask")
    assert [error["field"] for error in missing.json["errors"]] == ["confidential"]
    desk.describe(made.json["id"], SECRET)
    digest = inventor.post(f"{here}/ask").json["digest"]
    unsaid = inventor.post(f"{here}/confirm", json={"digest": digest, "contributed": True, "agreed": False})
    assert [error["field"] for error in unsaid.json["errors"]] == ["agreed"]
    said = inventor.post(f"{here}/confirm", json={"digest": digest, "contributed": True, "agreed": True})
    assert said.json["completers"][0]["confirmed_at"]
    sent = inventor.post(f"{here}/submit", json={"truthful": True, "complete": True})
    assert sent.json["state"] == "submitted"
    assert (
        officer.post(f"{here}/review", json={"step": "submitted", "outcome": "take_up"}).json["state"]
        == "formal_check"
    )
    assert (
        inventor.post(f"{here}/review", json={"step": "formal_check", "outcome": "accept"}).status_code == 403
    )
    assert client.get(here).status_code == 401


def test_lists_hold_ones_own_and_nothing_confidential(program_of, cast, desk):
    made = desk.submitted()
    inventor, officer = program_of(cast.inventor), program_of(cast.tto_officer)
    listed = inventor.get(ROOT)
    assert [item["id"] for item in listed.json["items"]] == [made]
    assert officer.get(ROOT).json["items"] == []
    shown = officer.get(f"{ROOT}/{made}")
    assert shown.json["described"] is True
    for answer in (listed, shown):
        assert SECRET not in answer.text
    for member in (cast.zone_admin, cast.other_tto_officer, cast.firm_agent):
        assert program_of(member).get(f"{ROOT}/{made}").status_code in {403, 404}


def test_a_token_that_may_only_read_changes_nothing(program_of, cast, desk):
    made = desk.complete()
    reader = program_of(cast.inventor, "read")
    assert reader.get(f"{ROOT}/{made}").status_code == 200
    for method, path in (("put", "draft"), ("post", "ask"), ("post", "submit"), ("post", "confirm")):
        assert getattr(reader, method)(f"{ROOT}/{made}/{path}", json={}).status_code == 403


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"title": "名\0称"}, "title"),
        ({"completers": [{"name": "\ud800"}]}, "completers"),
        ({"completers": [{"share_bp": 10_001}]}, "completers.0.share_bp"),
        ({"completers": [{"share_bp": "half"}]}, "completers.0.share_bp"),
        ({"fields": ["nowhere"]}, "fields"),
        ({"rights": [{"number": "1"}]}, "rights.0.kind"),
        ({"completed_on": "24-06-30"}, "completed_on"),
        ({"firms": [{"name": "x" * 201}]}, "firms.0.name"),
    ],
)
def test_what_cannot_be_stored_is_named(program_of, cast, desk, body, field):
    made = desk.cleared()
    before = desk.look(made).version
    answer = program_of(cast.inventor).put(f"{ROOT}/{made}/draft", json={**to_json(Content()), **body})
    assert answer.status_code == 422
    assert field in {error["field"] for error in answer.json["errors"]}
    assert desk.look(made).version == before


def test_a_replaced_text_voids_what_was_confirmed(program_of, cast, desk):
    made = desk.confirmed(completers=TWO)
    put = program_of(cast.inventor).put(f"{ROOT}/{made}/draft", json={**to_json(Content()), **COMPLETE})
    assert put.json["asked_at"] is None
    with pytest.raises(Conflict):
        desk.submit(made)

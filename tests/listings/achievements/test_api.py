"""The second door: the same commands, the same rights, the same sentences."""

import pytest

from listings.achievements.content import Content, from_json, to_json
from listings.achievements.rules import LONGEST
from tests.listings.achievements.desk import COMPLETE, HARMLESS, RICH, TITLE
from tests.listings.achievements.pages import controls, words

ANSWERS = {"answers": HARMLESS, "documents": {}}
STATEMENT = {"review_document": "云保审〔2026〕12 号", "confirmed": True}


def text(**changes):
    return {**to_json(Content()), **COMPLETE, **changes}


def test_the_whole_way_by_program(program, desk, client):
    made = program.post("/api/v1/achievements", json={"external_id": "YX-2026-001"})
    assert made.status_code == 201
    achievement, root = made.json["id"], f"/api/v1/achievements/{made.json['id']}"
    assert program.post(f"{root}/assessment", json=ANSWERS).json["clearance"] == "self_nonclassified"
    put = program.put(f"{root}/draft", json=text(), headers={"If-Match": '"1"'})
    assert (put.status_code, put.headers["ETag"]) == (200, '"2"')
    stale = program.put(f"{root}/draft", json=text(title="别的"), headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json["code"]) == (409, "stale")
    assert program.get(f"{root}/draft").json["content"]["title"] == TITLE
    assert client.get(root).status_code == 404

    assert program.post(f"{root}/submit", json=STATEMENT).json["state"] == "submitted"
    assert program.post(f"{root}/recall").json["state"] == "draft"
    assert program.post(f"{root}/submit", json=STATEMENT).status_code == 200
    desk.give_back(achievement, "title_unclear", note="名称不清")
    draft = program.get(f"{root}/draft").json
    assert (draft["state"], draft["note"]) == ("returned", "名称不清")
    assert draft["reasons"] == [{"code": "title_unclear", "field": "title"}]
    program.put(f"{root}/draft", json=text(title="更清楚的名称"))
    assert program.get(f"{root}/draft").json["reasons"][0]["changed"] is True
    program.post(f"{root}/submit", json=STATEMENT)
    desk.publish(achievement)

    public = client.get(root).json
    assert (public["content"]["title"], public["state"]) == ("更清楚的名称", "published")
    listed = client.get("/api/v1/achievements").json
    assert [item["id"] for item in listed["items"]] == [achievement]
    gone = program.post(f"{root}/withdraw", json={"reason": "superseded", "note": ""})
    assert gone.json["state"] == "withdrawn"
    assert client.get(root).status_code == 410
    assert client.get("/api/v1/achievements").json["items"] == []


def test_a_repeated_request_starts_one_record(program):
    answers = [
        program.post("/api/v1/achievements", json={}, headers={"Idempotency-Key": "a-key"}) for _ in range(2)
    ]
    assert answers[0].json["id"] == answers[1].json["id"]


@pytest.mark.parametrize("key", ["", " ", "k" * 81, "k\0", "\ud800"])
def test_an_unfit_key_of_the_holder_is_refused(program, key):
    answer = program.post("/api/v1/achievements", json={"external_id": key})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == ["external_id"]


def test_a_key_of_the_holder_is_used_once(program):
    assert program.post("/api/v1/achievements", json={"external_id": "A"}).status_code == 201
    again = program.post("/api/v1/achievements", json={"external_id": "A"})
    assert (again.status_code, again.json["errors"][0]["code"]) == (422, "taken")


@pytest.mark.parametrize(
    ("section", "typed", "sent"),
    [
        ("basics", {"title": "名" * (LONGEST["title"] + 1)}, {"title": "名" * (LONGEST["title"] + 1)}),
        ("basics", {"keywords": "；".join("abcdefghi")}, {"keywords": list("abcdefghi")}),
        ("basics", {"ipc": "六部"}, {"ipc": ["六部"]}),
        ("maturity", {"trl": "12"}, {"trl": 12}),
        ("transfer", {"price_fen": "1500000000"}, {"price_fen": 1_500_000_000_000_000}),
        ("people", {"started": "21-03"}, {"started": "21-03"}),
        (
            "rights",
            {"rights-0-kind": "patent_invention", "rights-0-number": "ZL202010123456.3"},
            {"rights": [{"kind": "patent_invention", "number": "ZL202010123456.3"}]},
        ),
    ],
)
def test_both_doors_say_the_same(officer, program, desk, section, typed, sent):
    made = desk.cleared()
    path = f"/achievements/{made}/edit/{section}"
    page = officer.post(path, data={**controls(officer.get(path), path), **typed})
    answer = program.put(f"/api/v1/achievements/{made}/draft", json={**to_json(Content()), **sent})
    assert page.status_code == answer.status_code == 422
    (error,) = answer.json["errors"]
    assert error["message"] in words(page)
    assert error["field"].split(".")[0] in sent


def test_what_is_missing_is_said_at_once(program, desk):
    made = desk.cleared()
    answer = program.post(
        f"/api/v1/achievements/{made}/submit", json={"review_document": "", "confirmed": False}
    )
    fields = {error["field"] for error in answer.json["errors"]}
    assert fields == {
        *("title", "abstract", "keywords", "field", "trl", "modes", "price_mode", "completers"),
        *("review_document", "confirmed"),
    }


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"title": "名\0称"}, "title"),
        ({"title": "名\ud800"}, "title"),
        ({"keywords": ["\x1b"]}, "keywords"),
        ({"field": "\ud800"}, "field"),
        ({"title": 5}, "title"),
        ({"trl": "high"}, "trl"),
        ({"price_fen": 1.5}, "price_fen"),
        ({"trl_assessed_on": "24-06-30"}, "trl_assessed_on"),
        ({"completers": [{"title": "教授"}]}, "completers.0.name"),
        ({"restricted": [["abstract", "nda"]]}, "restricted"),
        ({"restricted": [["risks"]]}, "restricted.0.1"),
        ({"indicators": [{"name": "x" * 201}]}, "indicators.0.name"),
    ],
)
def test_what_cannot_be_stored_is_named(program, desk, body, field):
    made = desk.cleared()
    answer = program.put(f"/api/v1/achievements/{made}/draft", json={**to_json(Content()), **body})
    assert answer.status_code == 422
    assert field in {error["field"] for error in answer.json["errors"]}
    assert desk.working(made).version == 1


@pytest.mark.parametrize("note", ["说\0明", "\ud800"])
def test_a_note_that_cannot_be_stored_is_refused(program, desk, note):
    made = desk.published()
    answer = program.post(f"/api/v1/achievements/{made}/withdraw", json={"reason": "other", "note": note})
    assert answer.status_code == 422


def test_files_come_only_through_the_guards(program, desk):
    made = desk.cleared()
    forged = {"digest": "0" * 64, "name": "x.pdf", "media": "text/html", "size": 1}
    assert program.put(f"/api/v1/achievements/{made}/draft", json=text(files=[forged])).status_code == 200
    assert desk.working(made).content["files"] == []


def test_everything_that_can_be_read_can_be_sent_back(program, desk):
    made = desk.complete(**RICH)
    root = f"/api/v1/achievements/{made}/draft"
    before = program.get(root).json
    after = program.put(root, json=before["content"], headers={"If-Match": f'"{before["version"]}"'}).json
    assert after["content"] == before["content"]
    assert from_json(after["content"]) == from_json(desk.working(made).content)


@pytest.mark.parametrize("state", ["draft", "submitted", "published"])
def test_ones_own_in_each_state_and_nobody_elses(program, client, desk, state):
    wanted = {
        "draft": desk.complete(),
        "submitted": desk.submitted(title="二"),
        "published": desk.published(title="三"),
    }
    listed = program.get(f"/api/v1/achievements?mine=true&state={state}").json
    assert [item["id"] for item in listed["items"]] == [wanted[state]]
    public = client.get(f"/api/v1/achievements?state={state}").json["items"]
    assert [item["id"] for item in public] == ([wanted[state]] if state == "published" else [])
    assert client.get("/api/v1/achievements?mine=true").json["items"] == []


def test_an_unknown_state_is_no_filter(client):
    assert client.get("/api/v1/achievements?state=secret").status_code == 422


def test_a_token_without_the_scope_changes_nothing(reader, desk):
    made = desk.complete()
    for method, path in (("put", "draft"), ("post", "submit"), ("delete", "draft")):
        answer = getattr(reader, method)(f"/api/v1/achievements/{made}/{path}", json={})
        assert (answer.status_code, answer.json["code"]) == (403, "forbidden")


def test_a_draft_is_thrown_away(program, desk):
    made = desk.complete()
    assert program.delete(f"/api/v1/achievements/{made}/draft").status_code == 204
    assert desk.look(made).state == "discarded"
    assert program.delete(f"/api/v1/achievements/{made}/draft").status_code == 409

"""Programs and trades: what is public for everybody, what a seller does, and that the host's acts are closed to them."""

from datetime import timedelta

import pytest

from marketplace.accounts.identity import token_digest
from marketplace.accounts.models import ApiToken
from marketplace.core.context import SYSTEM
from marketplace.core.ids import new_id
from tests.auctions.floor import LISTING, LOT, TERMS

RIGHTS = [{"kind": "patent_invention", "number": "ZL202310000001.2", "holder": "云岫大学"}]
WHOLE = {**LOT, "rights": RIGHTS, "mode": "licence_ordinary", "nature": "state_institution"}


@pytest.fixture
def program(app, cast, ctx_for):
    """A client with a token of somebody, with some scopes; without a name, with none."""

    def of(part="", *scopes):
        secret = f"{part} {scopes}"
        if part:
            member = cast.members[part]
            with ctx_for(SYSTEM) as ctx:
                ctx.session.add(
                    ApiToken(
                        id=new_id("tok", ctx.now),
                        user_id=member.user_id,
                        org_id=member.org_id,
                        label="test",
                        scopes=list(scopes),
                        digest=token_digest(secret),
                        created_at=ctx.now,
                        expires_at=ctx.now + timedelta(days=90),
                    )
                )

        def call(method, path, headers=None, **body):
            bearer = {"Authorization": f"Bearer {secret}"} if part else {}
            return app.test_client().open(
                f"/api/v1{path}",
                method=method,
                headers={**bearer, **(headers or {})},
                json=body if method != "GET" else None,
            )

        return call

    return of


def test_a_program_brings_a_trade_to_the_host_and_takes_it_back(program, floor):
    achievement, plan = floor.planned()
    call = program("tto_officer", "read", "trades:write")
    made = call("POST", "/trades", kind=LISTING, achievement_id=achievement, plan_id=plan)
    assert made.status_code == 201, made.text
    trade = made.json["id"]
    assert made.json["terms"]["price_fen"] == 80_000_000
    missing = call("POST", f"/trades/{trade}/submit")
    assert missing.status_code == 422
    assert "contact" in {error["field"] for error in missing.json["errors"]}
    written = call("PUT", f"/trades/{trade}", {"If-Match": made.headers["ETag"]}, lot=WHOLE, terms=TERMS)
    assert written.status_code == 200, written.text
    stale = call("PUT", f"/trades/{trade}", {"If-Match": made.headers["ETag"]}, lot=WHOLE)
    assert stale.status_code == 409
    assert call("POST", f"/trades/{trade}/submit").json["state"] == "submitted"
    assert call("POST", f"/trades/{trade}/recall").json["state"] == "draft"
    mine = call("GET", "/trades?mine=true").json["items"]
    assert [row["id"] for row in mine] == [trade]
    assert program()("GET", "/trades").json["items"] == []
    assert program()("GET", f"/trades/{trade}").status_code == 404


@pytest.mark.parametrize(
    "terms",
    [
        {"price_fen": "viel"},
        {"price_fen": 10**30},
        {"deposit_fen": -1},
        {"conditions": "eine"},
        {"payment_terms": "\x00"},
        {"payment_terms": "长" * 30_000},
        {"appraisal_on": "某日"},
        {"regime": "private"},
        {"no_such_term": 1},
    ],
)
def test_terms_of_an_impossible_shape_are_refused_in_words(program, floor, terms):
    call = program("tto_officer", "read", "trades:write")
    answer = call("PUT", f"/trades/{floor.drafted()}", lot=WHOLE, terms=terms)
    assert answer.status_code == 422
    assert next(iter(terms)) in {error["field"].partition(".")[0] for error in answer.json["errors"]}


def test_everybody_reads_terms_period_gates_and_steps(program, floor):
    made = floor.announced(extensions=1)
    found = program()("GET", f"/trades/{made}").json
    assert found["state"] == "listed"
    assert found["group"] == "registering"
    assert found["terms"]["extensions"] == 1
    assert found["period"]["timezone"] == "Asia/Shanghai"
    assert found["period"]["end_at"] == floor.look(made).next_deadline.isoformat().replace("+00:00", "Z")
    assert found["period"]["days"]
    assert {gate["gate"] for gate in found["gates"]} == {"secrecy", "title", "export", "relations"}
    assert all("document" not in gate for gate in found["gates"])
    assert "current" in {step["state"] for step in found["timeline"]}
    listed = program()("GET", "/trades?group=registering&q=").json
    assert [row["id"] for row in listed["items"]] == [made]
    assert program()("GET", "/trades?group=nonsense").status_code == 422


def test_questions_are_asked_and_answered_by_programs_too(program, floor):
    made = floor.announced()
    asker, seller = program("firm_agent", "trades:write"), program("tto_officer", "trades:write")
    asked = asker("POST", f"/trades/{made}/questions", text="样机能否参观？")
    assert asked.status_code == 201, asked.text
    assert program()("GET", f"/trades/{made}").json["questions"] == []
    path = f"/trades/{made}/questions/{asked.json['id']}/answer"
    assert asker("POST", path, answer="可以。").status_code == 403
    assert seller("POST", path, answer="可以。").status_code == 200
    (shown,) = program()("GET", f"/trades/{made}").json["questions"]
    assert shown["answer"] == "可以。"
    assert set(shown) == {"id", "text", "asked_at", "answer", "answered_at"}


def test_a_token_withdraws_but_never_hosts(app, program, floor):
    made = floor.announced()
    call = program("tto_officer", "trades:write")
    assert call("POST", f"/trades/{made}/withdraw", note="另有安排。").json["state"] == "withdrawn"
    rules = [rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/v1/trades")]
    assert not [rule for rule in rules if "announce" in rule or "suspend" in rule or "gates" in rule]


def test_a_repeated_request_has_one_effect(program, floor):
    achievement, plan = floor.planned()
    call = program("tto_officer", "read", "trades:write")
    key = {"Idempotency-Key": "once"}
    first, second = (
        call("POST", "/trades", key, kind=LISTING, achievement_id=achievement, plan_id=plan) for _ in range(2)
    )
    assert first.json["id"] == second.json["id"]

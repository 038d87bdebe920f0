"""Programs around intents and deposits: the same commands, rights and complaints as the pages."""

from datetime import timedelta

import pytest

from marketplace.accounts.identity import token_digest
from marketplace.accounts.models import ApiToken
from marketplace.core.context import SYSTEM
from marketplace.core.ids import new_id
from tests.auctions.counter import ACCOUNTS, STATEMENT


@pytest.fixture
def program(app, cast, clock, ctx_for):
    """A client with a token of somebody, with some scopes."""

    def of(part, *scopes):
        member, secret = cast.members[part], f"{part} {scopes}"
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
                    expires_at=ctx.now + timedelta(days=30),
                )
            )

        def call(method, path, **body):
            return app.test_client().open(
                f"/api/v1{path}",
                method=method,
                headers={"Authorization": f"Bearer {secret}"},
                json=body if method != "GET" else None,
            )

        return call

    return of


def test_a_program_registers_reads_and_withdraws(program, floor):
    trade, call = floor.announced(), program("firm_agent", "read", "intents:write")
    made = call("POST", f"/trades/{trade}/intents", **STATEMENT)
    assert made.status_code == 201
    assert (made.json["code"], made.json["state"]) == ("01", "registered")
    listed = call("GET", "/intents?state=registered").json["items"]
    assert [item["id"] for item in listed] == [made.json["id"]]
    gone = call("POST", f"/intents/{made.json['id']}/withdraw")
    assert gone.json["state"] == "withdrawn"


def test_complaints_name_the_fields_of_the_statement(program, floor):
    call = program("firm_agent", "read", "intents:write")
    answer = call("POST", f"/trades/{floor.announced()}/intents", **{**STATEMENT, "truthful": False})
    assert answer.status_code == 422
    assert [(e["field"], e["code"]) for e in answer.json["errors"]] == [("truthful", "required")]


def test_a_program_without_the_scope_registers_nobody(program, floor):
    answer = program("firm_agent", "read")("POST", f"/trades/{floor.announced()}/intents", **STATEMENT)
    assert answer.status_code == 403


def test_a_rival_sees_no_intent_of_another(program, floor, counter):
    made = counter.registered(floor.announced())
    call = program("rival_agent", "read")
    assert call("GET", f"/intents/{made}").status_code == 404
    assert call("GET", "/intents").json["items"] == []


def test_the_seller_sees_who_registered(program, floor, counter):
    made = counter.registered(floor.announced())
    assert program("tto_officer", "read")("GET", f"/intents/{made}").json["position"] == 1


def test_a_program_declares_a_payment(program, floor, counter, clock):
    deposit = counter.deposit(counter.qualified(floor.announced()))
    call = program("firm_agent", "read", "intents:write")
    paid = {"payer": "拾光储能有限公司", "account": ACCOUNTS["firm_agent"], "amount_fen": deposit.due_fen}
    answer = call(
        "POST", f"/deposits/{deposit.id}/declare", **paid, value_date=clock.now().date().isoformat()
    )
    assert answer.status_code == 200, answer.text
    assert call("GET", f"/deposits/{deposit.id}").json["state"] == "declared"

"""From an achievement to a decided plan, through the pages that people use."""

import io
import json
from datetime import date

import pytest
from flask import Flask

from listings.documents import digest_of
from listings.plans.content import DILIGENCE
from listings.plans.services import document_of
from marketplace.core.runtime import runtime
from tests.cast import Cast
from tests.client import Client
from tests.core.uploads.documents_made import pdf
from tests.listings.achievements.desk import RICH, credit_code
from tests.listings.achievements.pages import controls, words
from tests.listings.plans.office import COUNTS, TRANSFER_OFFICE, Office


@pytest.fixture
def officer(app: Flask, cast: Cast) -> Client:
    made = app.test_client()
    assert isinstance(made, Client)
    return made.sign_in(cast.tto_officer)


@pytest.fixture
def admin(app: Flask, cast: Cast) -> Client:
    made = app.test_client()
    assert isinstance(made, Client)
    return made.sign_in(cast.unit_admin)


FILLED = {
    "pricing_method": "agreement",
    "buyer-kind": "named",
    "buyer-name": "拾光储能有限公司",
    "buyer-credit_code": credit_code("firm"),
    "price_bases": ["negotiation"],
    "price_fen": "120",
    "price_basis": "比照同类传感器许可的三笔交易，双方协商三轮，按五年销售额的百分之四折现。",
    "buyer_search": "在平台挂出四个月，收到两家意向。",
    "alternatives": "比较过独占许可。",
    "distribution": "净收益的 70% 奖励完成人。",
    "related-related": "no",
    "completers-0-signed_on": "2026年2月20日",
    "completers-0-document": "同意书 2026-01",
    **{f"checks-{code}-done": "y" for code in DILIGENCE},
}


def test_a_plan_goes_from_an_achievement_to_a_decision(
    app: Flask, cast: Cast, office: Office, officer: Client, admin: Client
):
    achievement = office.desk.published(**RICH)
    office.rules()
    assert "起草转化方案" in words(officer.get(f"/achievements/{achievement}"))

    new = f"/work/plans/new?achievement={achievement}"
    sent = controls(officer.get(new), "/work/plans/new")
    made = officer.post("/work/plans/new", data=sent)
    again = officer.post("/work/plans/new", data=sent)
    assert made.status_code == 303
    assert again.headers["Location"] == made.headers["Location"], "a double click makes one plan"
    edit = made.headers["Location"]
    plan_id = edit.split("/")[3]

    typed = controls(officer.get(edit), edit)
    assert typed["rights-0-number"] == ["ZL202010123456.2"], "the rights come from the public text"
    assert typed["completers-0-name"] == ["沈禾"]
    saved = officer.post(edit, data={**typed, **FILLED, "then": "check"})
    assert saved.status_code == 303, words(saved)

    check = f"/work/plans/{plan_id}/check"
    page = officer.get(check)
    assert f"由{TRANSFER_OFFICE}或更高层级决定" in words(page)
    submitted = officer.post(check, data=controls(page, check))
    assert submitted.headers["Location"] == f"/work/plans/{plan_id}", words(submitted)

    assert officer.get(f"/work/plans/{plan_id}/decision").status_code == 409, "nobody decides about their own"
    decision = f"/work/plans/{plan_id}/decision"
    form = controls(admin.get(decision), decision)
    record = {
        **form,
        **{name: str(value) for name, value in COUNTS.items()},
        "body": TRANSFER_OFFICE,
        "held_on": "2026-02-27",
        "agenda_item": "普通许可",
        "result": "approved",
        "resolution": "云大技转会〔2026〕7 号",
    }
    refused = admin.post(decision, data={**record, "votes_for": "9", "minutes": minutes()})
    assert refused.status_code == 422
    assert "应等于到会人数减去回避人数" in words(refused)
    kept = controls(refused, decision)
    assert kept["agenda_item"] == ["普通许可"]
    assert "不必再次上传" in words(refused)

    decided = admin.post(decision, data={**kept, "votes_for": "5"})
    assert decided.status_code == 303, words(decided)
    plan = office.look(plan_id)
    assert (plan.state, plan.decision.held_on) == ("decided", date(2026, 2, 27))
    assert plan.digest == digest_of(document_of(plan))
    with app.app_context():
        stored = json.loads(runtime().files.path(plan.digest).read_bytes())
        assert runtime().files.exists(plan.decision.minutes)
    assert stored["content"]["price_fen"] == 120_000_000
    assert office.kinds(plan_id) == ["plan.drafted", "plan.submitted", "plan.decided"]
    text = words(officer.get(f"/work/plans/{plan_id}"))
    assert "云大技转会〔2026〕7 号" in text
    assert plan.digest in text
    opened = admin.submit(f"/decisions/{plan.decision_id}/minutes", buffered=True)
    assert opened.status_code == 200
    assert "attachment" in opened.headers["Content-Disposition"]
    assert office.kinds(plan.decision_id)[-1] == "decision.minutes_viewed"


def minutes() -> tuple[io.BytesIO, str]:
    return io.BytesIO(pdf()), "纪要.pdf"

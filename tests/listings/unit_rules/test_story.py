"""Rules are drafted, published for everybody, and superseded; both editions stay readable."""

import json
from datetime import timedelta

import pytest

from listings.documents import digest_of
from listings.unit_rules.models import UnitRules
from listings.unit_rules.queries import rules_at, rules_in_force
from marketplace.core.context import SYSTEM
from marketplace.core.runtime import runtime
from tests.listings.achievements.pages import controls, words
from tests.listings.plans.office import PROCEDURE, RULES

EDIT, PUBLISH = "/work/rules/edit", "/work/rules/publish"
TYPED = {
    "title": "云岫大学科技成果转化管理办法",
    "document_number": "云大科〔2026〕3 号",
    "adopted_on": "2026年1月15日",
    "consulted_on": "2025-12-10",
    "consultation": "提交教职工代表大会审议。",
    "objection_procedure": PROCEDURE,
    "notice_url": "https://www.yunxiu.example/notices",
    "tiers-0-up_to_fen": "200",
    "tiers-0-body": "技术转移办公室",
    "tiers-1-up_to_fen": "",
    "tiers-1-body": "校长办公会",
    "related_route": "closed",
    "grant_share_min_bp": "70.5",
}


@pytest.fixture
def admin(client, cast):
    return client.sign_in(cast.unit_admin)


def test_an_administrator_writes_rules_and_everybody_reads_them(app, cast, admin, clock, office, ctx_for):
    page = f"/organisations/{cast.inventor.org_id}/rules"
    assert "还没有在平台发布制度" in words(app.test_client().get(page))
    sent = controls(admin.get(EDIT), EDIT)
    saved = admin.post(EDIT, data={**sent, **TYPED, "then": "check"})
    assert saved.headers["Location"] == PUBLISH, words(saved)
    assert "还没有在平台发布制度" in words(app.test_client().get(page)), "a draft is nobody else's business"

    checked = controls(admin.get(PUBLISH), PUBLISH)
    published = [admin.post(PUBLISH, data=checked) for _twice in range(2)]
    assert [answer.headers["Location"] for answer in published] == [page, page]
    text = words(app.test_client().get(page))
    for shown in ("200 万元以上：校长办公会", "70.5%", "不得协议定价", PROCEDURE):
        assert shown in text

    clock.advance(days=30)
    office.rules(document_number="云大科〔2026〕11 号")
    text = words(app.test_client().get(page))
    assert "云大科〔2026〕11 号" in text
    assert "第 1 版" in text
    assert "云大科〔2026〕3 号" in words(app.test_client().get(f"{page}?edition=1"))
    assert app.test_client().get(f"{page}?edition=3").status_code == 404


def test_what_was_in_force_at_a_moment_is_known(app, cast, clock, office, ctx_for):
    org, before = cast.inventor.org_id, clock.now()
    clock.advance(days=1)
    first = office.rules()
    began = clock.now()
    clock.advance(days=1)
    second = office.rules(grant_share_min_bp=8000)
    later = clock.now()
    with ctx_for(SYSTEM) as ctx:
        at = [rules_at(ctx, org, moment) for moment in (before, began, later - timedelta(seconds=1), later)]
        assert [rules.id if rules else None for rules in at] == [None, first, first, second]
        now = rules_in_force(ctx, org)
        assert now is not None
        assert (now.id, now.edition) == (second, 2)
    assert office.kinds(first) == ["unit_rules.published", "unit_rules.superseded"]


def test_the_published_text_is_kept_by_its_digest(app, ctx_for, office):
    made = office.rules()
    with ctx_for(SYSTEM) as ctx:
        rules = ctx.session.get_one(UnitRules, made)
        kept = json.loads(runtime().files.path(rules.digest).read_bytes())
        assert kept == rules.content
        assert digest_of(kept) == rules.digest


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"grant_share_min_bp": "七成"}, "填写百分数"),
        ({"adopted_on": "去年"}, "格式填写日期"),
        ({"tiers-0-up_to_fen": "两百"}, "金额无法识别"),
        ({"title": "名" * 101}, "不超过 100 个字"),
    ],
)
def test_what_is_not_understood_comes_back_as_typed(admin, office, typed, sentence):
    sent = controls(admin.get(EDIT), EDIT)
    answer = admin.post(EDIT, data={**sent, **TYPED, **typed})
    assert answer.status_code == 422
    assert sentence in words(answer)
    back = controls(answer, EDIT)
    assert {name: back[name] for name in TYPED} == {
        name: [value] for name, value in {**TYPED, **typed}.items()
    }


def test_a_draft_that_lacks_something_is_not_published(admin, office):
    office.rules_drafted(objection_procedure="向科研院提出。")
    answer = admin.submit(PUBLISH, {"version": "1"})
    assert answer.status_code == 422
    assert "至少 60 个字" in words(answer)


def test_a_colleague_who_saved_in_between_is_not_overwritten(admin, office):
    sent = controls(admin.get(EDIT), EDIT)
    office.rules_drafted(title="另一个名称")
    answer = admin.post(EDIT, data={**sent, **TYPED})
    assert answer.status_code == 409
    text = words(answer)
    assert "另一个名称" in text
    assert "70.5%" in text
    again = controls(answer, EDIT)
    assert again["title"] == [TYPED["title"]]
    assert admin.post(EDIT, data=again).status_code == 303


def test_what_was_looked_at_is_what_is_published(admin, office):
    office.rules_drafted()
    checked = controls(admin.get(PUBLISH), PUBLISH)
    office.rules_drafted(title="另一个名称")
    answer = admin.post(PUBLISH, data=checked)
    assert answer.status_code == 409
    assert "又保存过这份草稿" in words(answer)


def test_only_universities_and_institutes_have_rules(cast, client):
    assert client.get(f"/organisations/{cast.firm_agent.org_id}/rules").status_code == 404
    assert client.get("/organisations/org_00000000000000000000/rules").status_code == 404


@pytest.mark.parametrize(
    ("part", "statuses"),
    [
        ("unit_admin", (200, 200)),
        ("tto_officer", (200, 403)),
        ("inventor", (200, 403)),
        ("secrecy_officer", (403, 403)),
        ("firm_agent", (403, 403)),
        ("moderator", (403, 403)),
    ],
)
def test_only_the_administrator_writes(client, cast, part, statuses):
    client.sign_in(cast.members[part])
    assert (client.get("/work/rules").status_code, client.get(EDIT).status_code) == statuses


def test_programs_read_what_everybody_reads(app, client, cast, office):
    address = f"/api/v1/organisations/{cast.inventor.org_id}/rules"
    assert client.get(address).json["in_force"] is None
    office.rules(document_number="云大科〔2025〕9 号")
    office.rules()
    office.rules_drafted(title="尚未公开")
    answer = client.get(address).json
    assert [edition["edition"] for edition in answer["editions"]] == [2, 1]
    assert answer["in_force"]["edition"] == 2
    assert answer["in_force"]["content"]["tiers"] == RULES["tiers"]
    assert digest_of(answer["in_force"]["content"]) == answer["in_force"]["digest"]
    assert "尚未公开" not in json.dumps(answer, ensure_ascii=False)

"""Pages of plans: what is typed comes back, who sees what, who is told, and what waits for whom."""

import pytest

from listings.plans.content import DILIGENCE
from marketplace.core.context import SYSTEM
from marketplace.notifications.models import Message
from tests.listings.achievements.desk import RICH
from tests.listings.achievements.pages import controls, words
from tests.listings.plans.office import RELATED, TRANSFER_OFFICE


@pytest.fixture
def at(app, cast):
    """A browser of a part of the cast."""
    return lambda part: app.test_client().sign_in(cast.members[part])


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"price_fen": "十二"}, "金额无法识别"),
        ({"completers-0-signed_on": "上周"}, "格式填写日期"),
        ({"risks": "险" * 3001}, "不超过 3000 个字"),
        ({"checks-tech_title-note": "注" * 501}, "不超过 500 个字"),
        ({"related-explanation": "注" * 501}, "不超过 500 个字"),
    ],
)
def test_what_is_not_understood_comes_back_as_typed(at, office, typed, sentence):
    edit = f"/work/plans/{office.drafted()}/edit"
    officer = at("tto_officer")
    sent = {
        **controls(officer.get(edit), edit),
        "buyer-kind": "named",
        "buyer-name": "拾光",
        "price_bases": ["appraisal"],
    }
    sent |= {"checks-tech_title-done": "y", "related-related": "yes", **typed}
    answer = officer.post(edit, data=sent)
    assert answer.status_code == 422
    assert sentence in words(answer)
    back = controls(answer, edit)
    for name in (
        "buyer-name",
        "buyer-kind",
        "price_bases",
        "checks-tech_title-done",
        "related-related",
        *typed,
    ):
        assert back[name] == (sent[name] if isinstance(sent[name], list) else [sent[name]]), name


def test_a_list_grows_without_scripts(at, office):
    edit = f"/work/plans/{office.drafted()}/edit"
    officer = at("tto_officer")
    sent = controls(officer.get(edit), edit)
    rows = {name for name in sent if name.startswith("co_owners-")}
    sent |= {"co_owners-0-name": "甲", "co_owners-1-name": "乙", "more": "co_owners"}
    answer = officer.post(edit, data=sent)
    assert answer.status_code == 200
    assert len({name for name in controls(answer, edit) if name.startswith("co_owners-")}) > len(rows)


def test_a_colleague_who_saved_in_between_is_not_overwritten(at, cast, office):
    plan = office.complete()
    edit = f"/work/plans/{plan}/edit"
    officer = at("tto_officer")
    sent = {**controls(officer.get(edit), edit), "risks": "我写的风险"}
    office.save(plan, cast.inventor, risks="同事写的风险", distribution="同事写的分配")
    answer = officer.post(edit, data=sent)
    assert answer.status_code == 409
    text = words(answer)
    for shown in ("没有保存", "同事写的风险", "我写的风险", "同事写的分配", cast.inventor.name):
        assert shown in text
    assert office.content(plan).risks == "同事写的风险"
    again = controls(answer, edit)
    assert again["risks"] == ["我写的风险"]
    assert officer.post(edit, data=again).status_code == 303
    assert office.content(plan).risks == "我写的风险"


def test_a_plan_submitted_meanwhile_shows_what_was_typed(at, office):
    plan = office.complete()
    edit = f"/work/plans/{plan}/edit"
    inventor = at("inventor")
    sent = {**controls(inventor.get(edit), edit), "risks": "我写的风险"}
    office.submit(plan)
    answer = inventor.post(edit, data=sent)
    assert answer.status_code == 409
    assert controls(answer, edit)["risks"] == ["我写的风险"]


def test_the_check_page_names_what_is_missing_and_submits_what_was_looked_at(at, office):
    plan = office.drafted()
    check = f"/work/plans/{plan}/check"
    officer = at("tto_officer")
    text = words(officer.get(check))
    for sentence in ("选择定价途径", "说明怎样寻找受让方", "申报是否存在关联关系", "还没有发布制度"):
        assert sentence in text
    assert officer.submit(check, {"version": "1"}).status_code == 422
    other = office.complete()
    check = f"/work/plans/{other}/check"
    looked_at = controls(officer.get(check), check)
    office.save(other, risks="另写的风险")
    answer = officer.post(check, data=looked_at)
    assert answer.status_code == 409
    assert "另写的风险" in words(answer)
    assert office.look(other).state == "draft"


def test_an_inventor_writes_and_does_not_submit(at, office):
    plan = office.complete()
    inventor = at("inventor")
    assert inventor.get(f"/work/plans/{plan}/edit").status_code == 200
    assert inventor.get(f"/work/plans/{plan}/check").status_code == 403
    assert "核对并提交" not in words(inventor.get(f"/work/plans/{plan}"))


@pytest.mark.parametrize(
    ("part", "draft", "submitted", "decided", "rejected"),
    [
        ("inventor", 200, 200, 200, 200),
        ("unit_admin", 200, 200, 200, 200),
        ("moderator", 404, 404, 200, 404),
        ("supervisor", 404, 404, 200, 404),
        ("other_tto_officer", 404, 404, 404, 404),
        ("firm_agent", 403, 403, 403, 403),
        ("secrecy_officer", 403, 403, 403, 403),
    ],
)
def test_a_plan_is_its_units_affair_until_it_is_decided(
    at, office, part, draft, submitted, decided, rejected
):
    office.rules()
    refused = office.submitted()
    office.decide(refused, result="rejected", votes_for=1, votes_against=5)
    reader = at(part)
    for plan, status in (
        (office.drafted(), draft),
        (office.submitted(), submitted),
        (office.decided(), decided),
        (refused, rejected),
    ):
        assert reader.get(f"/work/plans/{plan}").status_code == status


def test_nobody_reads_a_plan_without_signing_in(client, office):
    office.rules()
    answer = client.get(f"/work/plans/{office.decided()}")
    assert answer.status_code == 303
    assert "/login" in answer.headers["Location"]


def test_the_own_list_shows_tabs_and_the_price(at, office):
    office.rules()
    achievement = office.desk.published(**RICH)
    office.decided(achievement)
    office.drafted(achievement)
    officer = at("tto_officer")
    assert "全部 2" in words(officer.get("/work/plans"))
    text = words(officer.get("/work/plans?state=decided"))
    assert "FA2026000001" in text
    assert "120 万元" in text
    assert "FA2026000002" not in text
    assert "还没有" not in text
    assert "这里将列出" in words(at("other_tto_officer").get("/work/plans"))


def test_a_plan_begins_from_a_public_achievement_of_ones_own(at, office):
    draft, public = office.desk.complete(), office.desk.published(**RICH)
    officer = at("tto_officer")
    assert officer.get(f"/work/plans/new?achievement={draft}").status_code == 409
    assert officer.submit("/work/plans/new", {"achievement": draft}).status_code == 409
    assert officer.get(f"/work/plans/new?achievement={public}").status_code == 200
    assert at("other_tto_officer").get(f"/work/plans/new?achievement={public}").status_code in (403, 404)
    assert "先选择一项成果" in words(officer.get("/work/plans/new"))


def test_acts_that_need_a_reason_ask_for_it(at, office):
    plan = office.submitted()
    admin = at("unit_admin")
    assert "说明原因" in words(admin.submit(f"/work/plans/{plan}/return", {"note": " "}))
    assert admin.submit(f"/work/plans/{plan}/return", {"note": "补充可比交易"}).status_code == 303
    assert "补充可比交易" in words(at("inventor").get(f"/work/plans/{plan}"))
    assert office.look(plan).submitted_by is None


def test_a_withdrawn_plan_tells_its_unit_why_and_the_zone_only_that(at, office):
    office.rules()
    plan = office.decided()
    assert at("unit_admin").submit(f"/work/plans/{plan}/withdraw", {"note": "受让方放弃"}).status_code == 303
    assert "受让方放弃" in words(at("inventor").get(f"/work/plans/{plan}"))
    seen = words(at("supervisor").get(f"/work/plans/{plan}"))
    assert "已撤销" in seen
    assert "受让方放弃" not in seen


def test_who_must_act_is_told_and_who_did_is_not(app, cast, ctx_for, drain, office):
    office.rules()
    plan = office.submitted()
    office.give_back(plan)
    office.submit(plan)
    office.decide(plan)
    drain()
    with ctx_for(SYSTEM) as ctx:
        told = [(row.user_id, row.title) for row in ctx.session.query(Message).order_by(Message.id)]
    mine = [(user, title) for user, title in told if "转化方案" in title]
    admin, officer = cast.unit_admin.user_id, cast.tto_officer.user_id
    number = office.look(plan).number
    assert sorted(mine) == sorted(
        [
            (admin, f"转化方案 {number} 待集体决策"),
            (officer, f"转化方案 {number} 已退回修改"),
            (admin, f"转化方案 {number} 待集体决策"),
            (officer, f"转化方案 {number} 已通过"),
        ]
    )


def test_the_workbench_says_what_waits_and_for_whom(at, office):
    plan = office.submitted()
    admin, officer = words(at("unit_admin").get("/work")), words(at("tto_officer").get("/work"))
    assert "发布单位制度" in admin
    assert "登记转化方案的集体决策" in admin
    assert "登记转化方案的集体决策" not in officer
    assert "发布单位制度" not in officer
    office.rules()
    office.give_back(plan)
    admin, officer = words(at("unit_admin").get("/work")), words(at("tto_officer").get("/work"))
    assert "发布单位制度" not in admin
    assert "修改并重新提交转化方案" in officer


def test_a_body_that_may_not_decide_is_not_offered(at, office):
    office.rules()
    plan = office.submitted(related=RELATED)
    page = at("unit_admin").get(f"/work/plans/{plan}/decision")
    assert f'value="{TRANSFER_OFFICE}"' not in page.text
    assert "已申报关联关系" in words(page)


def test_every_point_of_due_diligence_is_asked(at, office):
    edit = f"/work/plans/{office.drafted()}/edit"
    sent = controls(at("inventor").get(edit), edit)
    assert {f"checks-{code}-note" for code in DILIGENCE} <= sent.keys()

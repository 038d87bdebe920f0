"""The pages officers, reporters and the public see."""

import re

import pytest

from marketplace.moderation.models import AbuseReport, Case, Voice
from marketplace.moderation.subjects import Change
from tests.moderation.things import KIND, submitted

REPORT = {"reason": "not_owner", "statement": "权利人另有其人，见登记簿", "contact": "程砚 18600000000"}


def text_of(answer) -> str:
    """What a reader sees, tags gone."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)))


@pytest.fixture
def count(app, ctx_for, cast):
    def rows(model) -> int:
        with ctx_for(cast.moderator.actor) as ctx:
            return ctx.session.query(model).count()

    return rows


def test_the_queue_shows_age_deadline_and_who_is_needed(things, cast, client, case_id, clock):
    clock.advance(days=2)
    shown = text_of(client.sign_in(cast.moderator).get("/moderation"))
    for expected in ("柔性钙钛矿组件", "云岫大学", "2 / 3", "2026-03-05", "剩余 1 个工作日", "审核员"):
        assert expected in shown


def test_the_queue_tells_overdue_cases_by_the_clock_before_the_worker_does(
    things, cast, client, case_id, clock
):
    client.sign_in(cast.moderator)
    assert "柔性钙钛矿组件" not in text_of(client.get("/moderation?state=overdue"))
    clock.advance(days=9)
    shown = text_of(client.get("/moderation?state=overdue"))
    assert "柔性钙钛矿组件" in shown
    assert "已超期" in shown


def test_the_queue_can_be_narrowed_by_kind(things, cast, client, case_id):
    client.sign_in(cast.moderator)
    assert "柔性钙钛矿组件" in text_of(client.get(f"/moderation?kind={KIND}"))
    assert "柔性钙钛矿组件" not in text_of(client.get("/moderation?kind=organisation"))


def test_the_oldest_case_comes_first(things, cast, client, ctx_for, case_id, clock):
    clock.advance(hours=1)
    with ctx_for(cast.tto_officer.actor) as ctx:
        submitted(ctx, cast, subject="thg_2", title="水下焊接机器人")
    shown = text_of(client.sign_in(cast.moderator).get("/moderation"))
    assert shown.index("柔性钙钛矿组件") < shown.index("水下焊接机器人")


def test_a_longer_queue_costs_no_more_statements(things, cast, client, ctx_for, case_id, count_queries):
    client.sign_in(cast.moderator).get("/moderation")
    with count_queries() as short:
        client.get("/moderation")
    with ctx_for(cast.tto_officer.actor) as ctx:
        for number in range(2, 15):
            submitted(ctx, cast, subject=f"thg_{number}")
    with count_queries() as long:
        client.get("/moderation")
    assert len(long) == len(short)


@pytest.mark.parametrize("path", ["/moderation", "/moderation/reports"])
def test_officers_pages_are_closed_to_others(things, cast, client, path):
    assert client.get(path).status_code == 303
    assert client.sign_in(cast.tto_officer).get(path).status_code == 403


def test_a_case_shows_what_changed_against_the_published_version(things, cast, client, case_id):
    things.changes = [
        Change("title", "名称", "柔性钙钛矿组件", "刚性钙钛矿组件"),
        Change("price", "价格", "12 万元", "12 万元"),
    ]
    things.warnings = ["价格疑似填错单位"]
    answer = client.sign_in(cast.moderator).get(f"/moderation/{case_id}")
    page = answer.get_data(as_text=True)
    assert re.search(r"<del>.*?柔</del><ins>.*?刚</ins>性钙钛矿组件", page)
    assert "未改动的项目：1" in page
    assert "价格疑似填错单位" in page
    assert "期限怎样计算" in page
    assert "三个工作日内完成审核" in page


def test_a_first_submission_is_shown_whole(things, cast, client, case_id):
    page = client.sign_in(cast.moderator).get(f"/moderation/{case_id}").get_data(as_text=True)
    assert "首次提交" in page
    assert "<ins>" not in page


def test_reasons_stand_under_the_part_they_point_to(things, cast, client, case_id):
    page = client.sign_in(cast.moderator).get(f"/moderation/{case_id}").get_data(as_text=True)
    assert re.search(r"<legend>价格</legend>.*?价格单位有误", page, re.DOTALL)
    assert "写明技术对象" in page


def test_a_decision_by_form(things, cast, client, case_id):
    client.sign_in(cast.moderator)
    answer = client.submit(
        f"/moderation/{case_id}",
        {"outcome": "return", "reasons": ["price_unit", "title_unclear"], "note": "核对元与万元"},
    )
    assert (answer.status_code, answer.location) == (303, f"/moderation/{case_id}")
    assert things.told == [("return", "thg_1", "price_unit@price", "title_unclear@title", "核对元与万元")]
    shown = text_of(client.get(answer.location))
    assert "退回修改" in shown
    assert "核对元与万元" in shown
    assert "提交审核结果" not in shown


def test_a_decision_sent_twice_is_made_once_and_answered_alike(things, cast, client, case_id, count):
    client.sign_in(cast.moderator)
    data = {"outcome": "publish", "request_key": "one-click"}
    first = client.submit(f"/moderation/{case_id}", data)
    second = client.submit(f"/moderation/{case_id}", data)
    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert things.told == [("publish", "thg_1")]
    assert count(Voice) == 1


def test_a_return_without_reasons_comes_back_with_what_was_typed(things, cast, client, case_id, count):
    client.sign_in(cast.moderator)
    answer = client.submit(f"/moderation/{case_id}", {"outcome": "return", "reasons": ["other"]})
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "写明理由" in page
    assert re.search(r'<input[^>]*checked[^>]*value="other"', page)
    assert (things.told, count(Voice)) == ([], 0)


def test_a_second_voice_of_the_same_person_is_refused(things, cast, client, ctx_for, count):
    with ctx_for(cast.tto_officer.actor) as ctx:
        case_id = submitted(ctx, cast, needs=("moderator", "moderator"))
    client.sign_in(cast.moderator)
    client.submit(f"/moderation/{case_id}", {"outcome": "publish"})
    shown = text_of(client.get(f"/moderation/{case_id}"))
    assert "还须同意：审核员" in shown
    assert "须由另一名工作人员复核" in shown
    assert client.submit(f"/moderation/{case_id}", {"outcome": "publish"}).status_code == 403
    assert count(Voice) == 1


def test_the_supervisor_sees_the_case_and_no_form(things, cast, client, case_id):
    answer = client.sign_in(cast.supervisor).get(f"/moderation/{case_id}")
    assert "柔性钙钛矿组件" in text_of(answer)
    assert "提交审核结果" not in text_of(answer)
    assert client.submit(f"/moderation/{case_id}", {"outcome": "publish"}).status_code == 403


def test_another_zones_moderator_finds_no_such_case(things, cast, client, case_id, officer):
    client.sign_in(officer("moderator", elsewhere=True))
    assert client.get(f"/moderation/{case_id}").status_code == 404
    assert client.submit(f"/moderation/{case_id}", {"outcome": "publish"}).status_code == 404
    assert "柔性钙钛矿组件" not in text_of(client.get("/moderation"))


def test_a_take_down_from_proposal_to_agreement(things, cast, client):
    things.publish_unasked(cast)
    address = f"/moderation/take-down?kind={KIND}&subject=thg_1"
    client.sign_in(cast.moderator)
    assert "水下焊接机器人" in text_of(client.get(address))
    assert client.submit(address, {"reason": ""}).status_code == 422
    proposed = client.submit(address, {"reason": "inaccurate", "note": "指标无法核实"})
    assert proposed.status_code == 303
    assert "查看下架事项" in text_of(client.get(address))
    client.sign_in(cast.second_moderator)
    assert "复核下架" in text_of(client.get("/moderation"))
    assert "内容失实" in text_of(client.get(proposed.location))
    client.submit(proposed.location, {"outcome": "take_down"})
    assert things.told == [("take_down", "thg_1", "inaccurate", "指标无法核实")]
    assert client.get(address).status_code == 404


def test_a_report_from_form_to_answer(things, cast, client, app):
    things.publish_unasked(cast)
    address = f"/report?kind={KIND}&subject=thg_1"
    assert "发布者不是权利人" in text_of(client.get(address))
    assert client.submit(address, {**REPORT, "statement": "短"}).status_code == 422
    sent = client.submit(address, REPORT)
    assert sent.status_code == 303
    receipt = text_of(client.get(sent.location))
    assert "JB2026000001" in receipt
    assert "18600000000" not in receipt
    reader = app.test_client().sign_in(cast.moderator)
    inside = f"/moderation/reports/{sent.location.rsplit('/', 1)[1]}"
    assert "JB2026000001" in text_of(reader.get("/moderation/reports"))
    assert "18600000000" in text_of(reader.get(inside))
    assert reader.submit(inside, {"outcome": "upheld"}).status_code == 422
    assert reader.submit(inside, {"outcome": "upheld", "answer": "已核实"}).status_code == 303
    assert "已核实" in text_of(client.get(sent.location))
    assert "提出下架" in text_of(reader.get(inside))


def test_the_reporters_contact_is_kept_from_those_who_do_not_answer(things, cast, client, app):
    things.publish_unasked(cast)
    sent = client.submit(f"/report?kind={KIND}&subject=thg_1", REPORT)
    reader = app.test_client().sign_in(cast.supervisor)
    shown = text_of(reader.get(f"/moderation/reports/{sent.location.rsplit('/', 1)[1]}"))
    assert "权利人另有其人" in shown
    assert "18600000000" not in shown


def test_a_report_sent_twice_is_taken_once(things, cast, client, count):
    things.publish_unasked(cast)
    data = {**REPORT, "request_key": "one-click"}
    address = f"/report?kind={KIND}&subject=thg_1"
    assert client.submit(address, data).location == client.submit(address, data).location
    assert count(AbuseReport) == 1


def test_one_address_may_report_five_times_an_hour(things, cast, client, clock, count):
    things.publish_unasked(cast)
    address = f"/report?kind={KIND}&subject=thg_1"
    statuses = [client.submit(address, REPORT).status_code for _ in range(6)]
    assert statuses == [303] * 5 + [429]
    assert count(AbuseReport) == 5
    clock.advance(hours=2)
    assert client.submit(address, REPORT).status_code == 303


@pytest.mark.parametrize("query", ["", f"kind={KIND}&subject=thg_9", "kind=nothing&subject=thg_1"])
def test_there_is_no_form_for_what_is_not_public(things, cast, client, query):
    assert client.get(f"/report?{query}").status_code == 404


def test_the_public_log_is_open_and_paged(things, cast, client, ctx_for, app):
    officer = app.test_client().sign_in(cast.moderator)
    for number in range(3):
        with ctx_for(cast.tto_officer.actor) as ctx:
            case_id = submitted(ctx, cast, subject=f"thg_{number}", title=f"第 {number} 件")
        officer.submit(f"/moderation/{case_id}", {"outcome": "publish"})
    shown = text_of(client.get("/transparency/moderation?per_page=2"))
    assert "第 2 件" in shown
    assert "第 0 件" not in shown
    assert "第 0 件" in text_of(client.get("/transparency/moderation?per_page=2&page=2"))
    assert "纪明远" not in shown
    assert "云岫示范区" in shown


@pytest.mark.parametrize(
    "path", ["/moderation/x", "/moderation/%00", "/moderation/reports/%00", "/report/%00", "/report/x"]
)
def test_what_cannot_be_an_id_is_not_found(things, cast, client, path):
    assert client.sign_in(cast.moderator).get(path).status_code == 404


def test_characters_no_database_takes_are_complained_about(things, cast, client):
    things.publish_unasked(cast)
    answer = client.submit(f"/report?kind={KIND}&subject=thg_1", {**REPORT, "statement": "说明\x00情况" * 5})
    assert answer.status_code == 422
    assert client.sign_in(cast.moderator).get("/moderation?kind=%00").status_code == 200


def test_an_empty_log_says_so(things, client):
    assert "还没有审核记录" in text_of(client.get("/transparency/moderation"))


def test_every_page_also_speaks_english(things, cast, client, case_id, clock):
    things.publish_unasked(cast)
    clock.advance(days=9)
    sent = client.submit(f"/report?kind={KIND}&subject=thg_1", REPORT)
    client.sign_in(cast.moderator)
    reported = f"/moderation/reports/{sent.location.rsplit('/', 1)[1]}"
    for path in (
        "/moderation",
        "/moderation?state=decided",
        f"/moderation/{case_id}",
        f"/moderation/take-down?kind={KIND}&subject=thg_1",
        "/moderation/reports",
        reported,
        sent.location,
        f"/report?kind={KIND}&subject=thg_1",
        "/transparency/moderation",
    ):
        assert client.get(f"/en{path}").status_code == 200, path


def test_looking_changes_nothing(things, cast, client, case_id, clock, count, journal):
    clock.advance(days=9)
    client.sign_in(cast.moderator)
    for path in ("/moderation", f"/moderation/{case_id}", "/moderation/reports"):
        client.get(path)
    assert [kind for kind, _data in journal(case_id)] == ["case.opened"]
    assert count(Case) == 1


def test_earlier_decisions_about_the_same_subject_are_listed(things, cast, client, ctx_for, case_id, clock):
    client.sign_in(cast.moderator)
    client.submit(f"/moderation/{case_id}", {"outcome": "return", "reasons": ["price_unit"]})
    clock.advance(days=1)
    with ctx_for(cast.tto_officer.actor) as ctx:
        again = submitted(ctx, cast)
    page = client.get(f"/moderation/{again}").get_data(as_text=True)
    assert f"/moderation/{case_id}" in page

"""The rules page and the clock for programs: the same counting, the same complaints."""

import pytest

from tests.site.markup import words


def test_the_terms_in_force_stand_with_their_sources(client):
    text = words(client.get("/rules"))
    assert "受理机构自收到申请次日起三个工作日内完成审核" in text
    assert "不超过 3 个工作日" in text
    assert "据二手来源" in text


def test_the_api_lists_the_same_terms(client):
    items = {item["name"]: item for item in client.get("/api/v1/rules").json["items"]}
    assert items["moderation.review"]["amount"] == 3
    assert items["moderation.review"]["unit"] == "workday"
    assert items["moderation.review"]["bound"] == "ceiling"


def test_a_period_is_explained_day_by_day(client):
    answer = client.get("/rules?start=2026-02-02&amount=20&unit=working_days")
    assert answer.status_code == 200
    text = words(answer)
    for part in (
        "截止时间 2026-03-06（周五）24:00",
        "2026-02-14（周六） 10 调休上班（春节）",
        "2026-02-17（周二） -- 春节放假，不计入",
        "《民法典》第201条",
        "cn-2018-2026-",
    ):
        assert part in text


def test_english_pages_explain_in_english(client):
    text = words(client.get("/en/rules?start=2026-04-17&amount=15&unit=days"))
    assert "Wed 2026-05-06 24:00" in text
    assert "Civil Code, art. 201" in text


def test_a_period_over_unpublished_days_is_provisional(client):
    assert "暂定" in words(client.get("/rules?start=2027-03-01&amount=15&unit=days"))
    answer = client.get("/api/v1/clock/explain?start=2027-03-01&days=15").json
    assert answer["provisional"] is True


@pytest.mark.parametrize(
    ("query", "field", "typed"),
    [
        ("start=morgen&amount=15&unit=days", "start", "morgen"),
        ("start=20260202&amount=15&unit=days", "start", "20260202"),
        ("start=2026-02-30&amount=15&unit=days", "start", "2026-02-30"),
        ("start=1900-01-01&amount=15&unit=days", "start", "1900-01-01"),
        ("start=2026-02-02&amount=0&unit=days", "amount", "0"),
        ("start=2026-02-02&amount=-3&unit=days", "amount", "-3"),
        ("start=2026-02-02&amount=99999999999&unit=days", "amount", "99999999999"),
        ("start=2026-02-02&amount=vier&unit=days", "amount", "vier"),
        ("start=2026-02-02&amount=&unit=days", "amount", ""),
    ],
)
def test_what_cannot_be_counted_is_said_beside_its_field_and_kept(client, query, field, typed):
    answer = client.get(f"/rules?{query}")
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert f'href="#{field}"' in answer.text
    assert f'value="{typed}"' in answer.text
    assert "<title>错误：" in answer.text


def test_an_unknown_unit_is_refused(client):
    assert client.get("/rules?start=2026-02-02&amount=3&unit=fortnights").status_code == 422


@pytest.mark.parametrize(
    ("query", "last", "end"),
    [
        ("start=2026-09-16&days=15", "2026-10-08", "2026-10-08T16:00:00Z"),
        ("start=2026-09-14&working_days=15", "2026-10-10", "2026-10-10T16:00:00Z"),
        ("start=2026-09-14&hours=24", "2026-09-14", "2026-09-14T16:00:00Z"),
        ("start=2026-09-14T09:30&hours=2", "2026-09-14", "2026-09-14T03:30:00Z"),
        ("start=2026-09-14T09:30:00Z&hours=2", "2026-09-14", "2026-09-14T11:30:00Z"),
        ("start=2026-03-01T16:00:00Z&days=15", "2026-03-17", "2026-03-17T16:00:00Z"),
        ("start=2026-02-02&working_days=20", "2026-03-06", "2026-03-06T16:00:00Z"),
    ],
)
def test_programs_get_the_end_the_law_gives(client, query, last, end):
    answer = client.get(f"/api/v1/clock/explain?{query}")
    assert answer.status_code == 200
    assert (answer.json["last_date"], answer.json["end_at"]) == (last, end)


def test_programs_choose_the_language_of_the_words(client):
    headers = {"Accept-Language": "en"}
    answer = client.get("/api/v1/clock/explain?start=2026-02-02&working_days=20", headers=headers)
    assert answer.json["text"]["end"] == "Fri 2026-03-06 24:00"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("start=2026-09-16", "days"),
        ("start=2026-09-16&days=15&hours=1", "days"),
        ("start=2026-09-16&days=0", "days"),
        ("start=2026-09-16&working_days=1000000", "working_days"),
        ("start=2026-09-16&hours=many", "hours"),
        ("start=gestern&hours=1", "start"),
        ("days=15", "start"),
    ],
)
def test_programs_get_complaints_about_the_parameter_they_sent(client, query, field):
    answer = client.get(f"/api/v1/clock/explain?{query}")
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == [field]

"""The pages of the whole market answer in both languages and lead somewhere."""

import pytest

from tests.site.markup import content, links, words

PUBLIC = ["/", "/search", "/search?q=传感", "/rules", "/transparency", "/api/docs"]


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize(("prefix", "language"), [("", "zh-Hans"), ("/en", "en")])
def test_a_public_page_answers_in_both_languages(client, desk, drain, path, prefix, language):
    desk.published()
    drain()
    answer = client.get(prefix + path)
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.text
    assert "<h1" in answer.text


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_link_of_every_page_leads_somewhere(client, app, cast, desk, drain, prefix):
    desk.published()
    drain()
    pages = [*PUBLIC, f"/zones/{cast.zone_id}", "/work"]
    client.sign_in(cast.tto_officer)
    dead = set()
    for path in pages:
        answer = client.get(prefix + path)
        assert answer.status_code == 200, path
        for link in links(answer):
            if link.startswith("/") and client.get(link).status_code not in {200, 301, 303}:
                dead.add((path, link))
            assert link.startswith(("#", "/api/", prefix or "/")), link
    assert dead == set()


def test_home_shows_what_is_public_and_nothing_else(client, desk):
    desk.published(title="公开的成果一号")
    desk.submitted(title="待审核的成果二号")
    desk.withdraw(desk.published(title="下架的成果三号"))
    text = words(client.get("/"))
    assert "公开的成果一号" in text
    assert "二号" not in text
    assert "三号" not in text
    assert "已发布成果（项） 1" in text


def test_home_counts_each_field_with_what_lies_below_it(client, desk):
    desk.published(field="0105")
    desk.published(title="另一项成果", field="01")
    text = words(client.get("/"))
    assert "电子信息 2 项" in text
    assert "航空航天 0 项" in text


def test_a_field_on_the_home_page_leads_to_as_many_achievements(client, desk, drain, ids):
    desk.published(field="0105")
    drain()
    assert "/search?field=01" in links(client.get("/"))
    assert len(ids(field="01")) == 1


def test_an_empty_market_says_so(client):
    assert "还没有成果" in words(client.get("/"))


def test_english_pages_show_english_titles_and_mark_chinese_ones(client, desk):
    desk.published(title="一号传感器", title_en="First sensor")
    desk.published(title="二号传感器")
    page = content(client.get("/en/"))
    assert "First sensor" in page
    assert "一号传感器" not in page
    assert '<span lang="zh-Hans">二号传感器</span>' in page


def test_a_zone_shows_its_own_achievements_and_organisations(client, cast, desk):
    desk.published(title="本区的成果")
    answer = client.get(f"/zones/{cast.zone_id}")
    assert "本区的成果" in words(answer)
    assert "云岫大学" in words(answer)
    assert "云岫示范区管理局" not in words(answer)
    assert f"/search?zone={cast.zone_id}" in links(answer)


def test_an_unknown_zone_is_not_there(client):
    assert client.get("/zones/zon_nowhere").status_code == 404


def test_health_tells_how_far_behind_the_consumers_are(client, desk, drain):
    desk.published()
    assert client.get("/health").json["behind"]["search"] > 0
    drain()
    assert set(client.get("/health").json["behind"].values()) == {0}


def test_the_documentation_lists_every_operation_of_the_document(client):
    page = client.get("/api/docs").text
    paths = client.get("/api/v1/openapi.json").json["paths"]
    assert "/api/v1/search" in paths
    assert [path for path in paths if f"<code>{path}</code>" not in page] == []


def test_home_asks_the_database_a_few_times_only(client, desk, count_queries):
    for number in range(8):
        desk.published(title=f"成果之{number}")
    with count_queries() as statements:
        client.get("/")
    assert len(statements) <= 8

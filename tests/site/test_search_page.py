"""The search page: what it says, where it leads, and that it is the same search as the API's."""

import re

import pytest
from markupsafe import escape

from marketplace.core.db import db
from tests.site.markup import content, links, words


@pytest.fixture
def market(desk, drain):
    """Two achievements, with and without a price."""
    made = [
        desk.published(title="热障涂层喷涂工艺", keywords=["热障涂层"], field="05", price_fen=300_000_000),
        desk.published(title="人工智能分选机", field="0103", price_mode="negotiable", price_fen=None),
    ]
    drain()
    return made


def heading(answer):
    return re.search(r"找到 (\d+) 项成果", words(answer))[1]


def test_the_words_found_are_marked(client, market):
    page = content(client.get("/search?q=热障涂层"))
    assert "<mark>热障涂层</mark>喷涂工艺" in page


def test_what_is_typed_is_text_and_never_markup(client, market):
    typed = '"><script>alert(1)</script>'
    page = client.get("/search", query_string={"q": typed, "price_min": typed, "zone": typed}).text
    assert "<script>alert" not in page
    assert str(escape(typed)) in page


def test_each_filter_in_force_is_a_chip_that_takes_only_itself_away(client, market):
    answer = client.get("/search?q=涂层&field=05&trl=7&price_max=500")
    text = words(answer)
    for chip in ("技术领域：新材料及其应用", "技术成熟度：7 级", "价格不高于 500 万元"):
        assert chip in text
    assert "/search?q=%E6%B6%82%E5%B1%82&field=05&price_max=500" in links(answer)
    assert "/search?q=%E6%B6%82%E5%B1%82&trl=7&price_max=500" in links(answer)
    assert "/search?q=%E6%B6%82%E5%B1%82" in links(answer)


def test_a_chosen_field_opens_the_ones_below_it(client, market):
    assert 'value="0103"' not in content(client.get("/search"))
    page = content(client.get("/search?field=01"))
    assert re.search(r'value="01" checked', page)
    assert 'value="0103"' in page
    assert 'value="0501"' not in page


def test_a_chosen_value_that_counts_nothing_can_still_be_unchosen(client, market):
    assert re.search(r'value="02" checked', content(client.get("/search?field=02")))


def test_an_amount_that_is_none_is_said_and_ignored(client, market):
    answer = client.get("/search?price_min=便宜")
    assert "没有看懂价格“便宜”" in words(answer)
    assert heading(answer) == "2"


def test_a_price_may_have_a_unit_of_its_own(client, market):
    for typed in ("300", "300万", "3000000元", "0.03亿", "３００"):
        assert heading(client.get("/search", query_string={"price_min": typed, "price_max": typed})) == "1"


def test_synonyms_are_shown_and_can_be_turned_off(client, market):
    answer = client.get("/search?q=AI")
    assert "已同时搜索近义词：人工智能、" in words(answer)
    assert heading(answer) == "1"
    assert "/search?q=AI&synonyms=0" in links(answer)
    off = client.get("/search?q=AI&synonyms=0")
    assert heading(off) == "0"
    assert "/search?q=AI" in links(off)


def test_partial_hits_are_marked_as_such(client, market):
    text = words(client.get("/search?q=热障 分选机"))
    assert text.count("部分匹配") == 3  # the explanation and both hits
    assert "含全部检索词的有 0 项" in text


def test_an_empty_page_offers_what_each_filter_costs(client, market):
    answer = client.get("/search?q=涂层&trl=7&price_max=5")
    assert "没有符合全部条件的成果" in words(answer)
    assert "不限价格 1 项" in words(answer)
    assert "/search?q=%E6%B6%82%E5%B1%82&trl=7" in links(answer)


def test_an_empty_page_that_no_single_filter_explains_offers_to_clear_all(client, market):
    answer = client.get("/search?trl=1&field=02")
    assert "清除全部条件" in words(answer)
    assert "/search" in links(answer)


def test_an_empty_page_without_filters_advises(client, market):
    assert "换一个说法" in words(client.get("/search?q=zzzzqqqq"))


@pytest.mark.parametrize("typed", ["CG2026000001", "cg2026000001", "ＣＧ２０２６０００００１"])
def test_an_exact_number_leads_straight_to_its_thing(client, market, typed):
    answer = client.get("/search", query_string={"q": typed})
    assert (answer.status_code, answer.location) == (303, f"/achievements/{market[0]}")


def test_a_number_with_a_filter_or_asked_by_a_script_stays_a_search(client, market):
    assert client.get("/search?q=CG2026000001&trl=7").status_code == 200
    assert client.get("/search?q=CG2026000001", headers={"HX-Request": "true"}).status_code == 200


def test_the_number_of_something_withdrawn_leads_nowhere(client, desk, market):
    desk.withdraw(market[0])
    assert client.get("/search?q=CG2026000001").status_code == 200


def test_pages_follow_each_other_and_keep_the_search(client, desk, drain):
    made = {desk.published(title=f"传感器第 {n} 号") for n in range(5)}
    drain()
    seen = set()
    for number in (1, 2, 3):
        answer = client.get(f"/search?q=传感器&per_page=2&page={number}")
        seen |= {link.rpartition("/")[2] for link in links(answer) if link.startswith("/achievements/ach_")}
    assert seen == made
    assert "/search?q=%E4%BC%A0%E6%84%9F%E5%99%A8&per_page=2&page=2" in links(
        client.get("/search?q=传感器&per_page=2")
    )


def test_the_filters_come_along_for_scripts(client, market):
    plain, live = client.get("/search"), client.get("/search", headers={"HX-Request": "true"})
    assert "hx-swap-oob" not in plain.text
    assert live.text.count('hx-swap-oob="outerMorph"') == 2


def test_the_api_finds_what_the_page_finds(client, found, market):
    for query in ("q=涂层", "q=AI", "field=01", "sort=dearest", "q=热障 分选机", "trl=7&mode=licence"):
        page, answer = client.get(f"/search?{query}"), client.get(f"/api/v1/search?{query}").json
        assert heading(page) == str(answer["total"]), query
        shown = [link.rpartition("/")[2] for link in links(page) if link.startswith("/achievements/ach_")]
        assert shown == [hit["item"]["id"] for hit in answer["items"]], query


@pytest.mark.parametrize("path", ["/search?q=成果", "/api/v1/search?q=成果", "/en/search?q=成果"])
def test_twenty_hits_cost_as_many_questions_as_two(client, app, desk, drain, count_queries, path):
    def asked():
        with app.app_context():
            db.session.remove()
        with count_queries() as statements:
            assert client.get(path).status_code == 200
        return len(statements)

    for number in range(2):
        desk.published(title=f"成果第 {number} 号")
    drain()
    few = asked()
    for number in range(2, 20):
        desk.published(title=f"成果第 {number} 号")
    drain()
    assert asked() == few <= 6

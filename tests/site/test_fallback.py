"""Without an index the search page answers from the database, and says so."""

import sqlite3

import pytest

from marketplace.core.runtime import EXTENSION
from search_index import wiring
from search_index.wiring import ensure_index
from tests.site.markup import words


@pytest.fixture
def market(desk):
    """Published, but nobody has read the journal: there is no index."""
    return {
        "sensor": desk.published(title="六通道气体传感阵列", field="0105", trl=7, price_fen=10_000_000),
        "coating": desk.published(title="高温合金热障涂层", field="05", trl=5, price_fen=500_000_000),
        "draft": desk.submitted(title="待审核的涂层"),
    }


def test_the_page_answers_and_says_that_it_is_not_complete(client, market):
    answer = client.get("/search?q=涂层")
    assert answer.status_code == 200
    text = words(answer)
    assert "搜索索引正在建立" in text
    assert "找到 1 项成果" in text
    assert "待审核" not in text
    assert "<mark>涂层</mark>" in answer.text


def test_no_request_creates_the_index(client, app, market):
    for path in ("/search?q=涂层", "/suggest?q=涂", "/api/v1/search?q=涂层", "/"):
        assert client.get(path).status_code == 200
    assert not (app.extensions[EXTENSION].settings.data / "index").exists()


@pytest.mark.parametrize(
    ("parameters", "wanted"),
    [
        ({"q": "气体"}, ["sensor"]),
        ({"q": "CG2026000002"}, ["coating"]),
        ({"q": "云岫大学 涂层"}, ["coating"]),
        ({"q": "100%"}, []),
        ({"field": "01"}, ["sensor"]),
        ({"trl": "5"}, ["coating"]),
        ({"year": "2026", "q": "阵列"}, ["sensor"]),
        ({"year": "1"}, []),
        ({"zone": "zon_nowhere"}, []),
        ({"price_max_fen": 10_000_000}, ["sensor"]),
        ({"price_min_fen": 10_000_001}, ["coating"]),
        ({"sort": "dearest"}, ["coating", "sensor"]),
        ({"sort": "cheapest"}, ["sensor", "coating"]),
    ],
)
def test_names_numbers_holders_and_most_filters_work(found, market, parameters, wanted):
    answer = found(**parameters)
    assert not answer["indexed"]
    assert [hit["item"]["id"] for hit in answer["items"]] == [market[name] for name in wanted]
    assert answer["total"] == len(wanted)
    assert answer["facets"] == {}


def test_filters_that_cannot_be_answered_are_named(client, market):
    text = words(client.get("/search?mode=licence&ip=software"))
    assert "暂时不能按这些条件筛选：转化方式、权利类型" in text


def test_suggestions_wait_for_the_index(client, market):
    assert client.get("/suggest?q=气体").json == {"items": []}


def test_the_notice_goes_when_the_index_is_there(client, app, market):
    with app.app_context():
        assert ensure_index()
    assert "搜索索引正在建立" not in words(client.get("/search?q=涂层"))


def test_while_the_words_are_written_anew_the_page_answers_from_the_database(
    client, app, market, monkeypatch
):
    with app.app_context():
        ensure_index()
    app.extensions[wiring.EXTENSION].close()

    def locked(*_arguments):
        raise sqlite3.OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(wiring, "TermTable", locked)
        assert "找到 1 项成果" in words(client.get("/search?q=涂层"))
    assert "搜索索引正在建立" not in words(client.get("/search?q=涂层"))

"""Search from publication to result, through the relay: what is found, and what must never be."""

import pytest

from tests.site.markup import words


def test_a_publication_is_found_once_the_journal_is_read(desk, drain, ids):
    made = desk.published(title="高温合金涂层")
    assert desk.kinds(made)[-1] == "published"
    drain()
    assert ids("高温合金") == [made]


def test_a_withdrawn_one_is_not_shown_even_before_the_journal_is_read(client, desk, drain, found, ids):
    stays, goes = desk.published(title="涂层甲"), desk.published(title="涂层乙")
    drain()
    desk.withdraw(goes)
    assert ids("涂层") == [stays]
    assert found("涂层")["total"] == 1
    assert "涂层乙" not in words(client.get("/search?q=涂层"))
    assert goes not in client.get("/suggest?q=涂层").text
    drain()
    assert ids("涂层") == [stays]
    assert found("涂层")["facets"]["kind"] == {"achievement": 1}


def test_a_draft_a_submission_and_a_returned_one_leave_no_trace(client, desk, drain, found):
    secret = {"title": "黯晶谐振腔", "keywords": ["黯晶谐振"], "abstract": "黯晶谐振腔" * 20}
    desk.complete(**secret)
    desk.submitted(**secret)
    desk.give_back(desk.submitted(**secret), "abstract_thin", note="请补充黯晶谐振腔的内容")
    desk.published(title="公开的谐振器")
    drain()
    for query in ("黯晶", "黯晶谐振腔", "anjing"):
        answer = found(query)
        assert answer["exact_total"] == 0, query
        assert "黯晶" not in str(answer["items"])
        assert client.get(f"/suggest?q={query}").json == {"items": []}
    assert found()["facets"]["kind"] == {"achievement": 1}


def test_what_is_kept_above_the_public_level_is_not_found(client, desk, drain, found):
    desk.published(
        principle="霁光耦合原理",
        market="潮汐腔市场",
        restricted=[["principle", "nda"], ["market", "verified"]],
    )
    drain()
    assert found("霁光耦合")["total"] == 0
    assert found("潮汐腔")["total"] == 0
    assert client.get("/suggest?q=霁光").json == {"items": []}
    assert "霁光" not in client.get("/search?q=气体").text


def test_an_edited_publication_is_found_by_its_new_words_only_when_they_are_public(desk, drain, found, ids):
    made = desk.published(title="旧名传感阵列")
    drain()
    desk.save(made, title="新名传感阵列")
    desk.submit(made)
    drain()
    assert found('"新名传感"')["exact_total"] == 0
    desk.publish(made)
    drain()
    assert ids('"新名传感"') == [made]


@pytest.fixture
def three(desk, drain):
    """Three achievements: a sensor in electronics, a coating in materials, a robot in manufacturing."""
    made = {
        "sensor": desk.published(
            title="六通道气体传感阵列",
            title_en="Six-channel gas sensor array",
            keywords=["气体传感器", "微热板", "sensor array"],
            ipc=["G01N 27/12"],
            rights=[{"kind": "patent_invention", "number": "ZL202010123456.2", "state": "granted"}],
            price_fen=10_000_000,
            trl=7,
        ),
        "coating": desk.published(
            title="高温合金热障涂层",
            keywords=["热障涂层"],
            field="05",
            modes=["assignment", "licence_exclusive"],
            price_fen=500_000_000,
            trl=5,
        ),
        "robot": desk.published(
            title="打磨机器人人工智能工艺包",
            keywords=["打磨机器人"],
            field="03",
            price_mode="negotiable",
            price_fen=None,
            trl=7,
        ),
    }
    drain()
    return made


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("气体传感器", "sensor"),
        ("sensors", "sensor"),  # another form of the word
        ("AI", "robot"),  # a synonym in another language
        ("G01N", "sensor"),  # a class of patents
        ("g01n27/12", "sensor"),
        ('"热障涂层"', "coating"),
        ("云岫大学 涂层", "coating"),  # the holder's name counts
        ("ZL 2020 1 0123456.2", "sensor"),
    ],
)
def test_each_way_of_asking_finds_it_first(three, ids, query, wanted):
    assert ids(query)[0] == three[wanted]


@pytest.mark.parametrize(("typed", "meant"), [("气体传敢器", "气体传感器"), ("热樟涂层", "热障涂层")])
def test_a_word_that_sounds_the_same_is_corrected(found, three, typed, meant):
    answer = found(typed)
    assert meant in {answer["corrected"], answer["did_you_mean"]}


def test_a_misspelt_english_word_is_corrected_and_the_page_says_so(client, three, found):
    assert found("arrey")["corrected"] == "array"
    text = words(client.get("/search?q=arrey"))
    assert "没有找到“arrey”，以下是相近词 array 的结果" in text
    assert "六通道气体传感阵列" in text


@pytest.mark.parametrize("typed", ["气体", "qiti", "qtcg", "QTCGQ"])
def test_beginnings_pinyin_and_initials_suggest_the_same_word(client, three, typed):
    assert {"text": "气体传感器", "kind": "技术词"} in client.get(f"/suggest?q={typed}").json["items"]


def test_a_suggested_title_leads_to_its_page(client, three):
    (item,) = client.get("/suggest?q=六通道").json["items"]
    assert item["href"] == f"/achievements/{three['sensor']}"


def test_each_filter_finds_as_many_as_it_says(three, found):
    for query in ("", "涂层 传感 机器人"):
        for facet, counts in found(query)["facets"].items():
            name = "type" if facet == "kind" else facet
            for value, count in counts.items():
                assert found(query, **{name: value})["total"] == count, (query, facet, value)


def test_values_of_one_facet_widen_and_facets_together_narrow(three, ids):
    assert set(ids(trl=["5", "7"])) == set(three.values())
    assert ids(trl="7", field="01") == [three["sensor"]]
    assert ids(trl="5", field="01") == []


def test_a_chosen_code_finds_what_lies_below_it_and_a_lower_one_narrows_it(three, ids):
    assert set(ids(mode="licence")) == set(three.values())
    assert ids(mode=["licence", "licence_exclusive"]) == [three["coating"]]


def test_prices_are_a_range_and_without_a_price_a_thing_is_in_none(three, ids):
    assert set(ids(price_min_fen=1)) == {three["sensor"], three["coating"]}
    assert ids(price_max_fen=10_000_000) == [three["sensor"]]
    assert ids(price_min_fen=10_000_001) == [three["coating"]]
    assert ids(sort="cheapest") == [three["sensor"], three["coating"], three["robot"]]
    assert ids(sort="dearest") == [three["coating"], three["sensor"], three["robot"]]


def test_with_too_few_hits_those_with_some_of_the_words_follow_and_say_so(three, found):
    answer = found("热障 机器人")
    assert answer["exact_total"] == 0
    assert {hit["partial"] for hit in answer["items"]} == {True}
    assert answer["total"] == 2


def test_words_that_are_nowhere_find_nothing_and_are_no_error(three, found):
    assert found("zzzzqqqq")["total"] == 0
    assert found("\x00")["total"] == 0
    assert found("”“『")["total"] == 0

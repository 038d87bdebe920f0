from datetime import date

import pytest

from search_index.query import Facet, In, Sort
from search_index.results import FacetValue, SearchRequest
from search_index.schema import document
from search_index.synonyms import SynonymTable
from tests.search_index.corpus import PUBLIC, SECRET, indexed, papers


def doc(id_, title, body="", audiences=PUBLIC, **more):
    return document(id=id_, kind="achievement", title=title, body=body, audiences=audiences, **more)


def asked(text, **more):
    return SearchRequest(PUBLIC, text, **more)


def ids(results):
    return [hit.id for hit in results.hits]


def test_all_words_come_first_and_some_words_fill_up(service):
    service.apply([doc("some", "石墨烯散热膜"), doc("all", "石墨烯电池"), doc("none", "小麦育种")])
    results = service.search(asked("石墨烯电池"))
    assert ids(results) == ["all", "some"]
    assert [hit.partial for hit in results.hits] == [False, True]
    assert (results.total, results.exact_total, results.partial) == (2, 1, True)


def test_with_enough_hits_nothing_is_filled_up(service):
    service.apply([*(doc(f"all{n}", "石墨烯电池") for n in range(10)), doc("some", "石墨烯")])
    results = service.search(asked("石墨烯电池"))
    assert (results.total, results.partial) == (10, False)


def test_pages_follow_each_other_without_gap_or_repetition(service):
    service.apply(
        [*(doc(f"all{n}", "石墨烯电池") for n in range(4)), *(doc(f"some{n}", "石墨烯") for n in range(9))]
    )
    pages = [service.search(asked("石墨烯电池", page=page, per_page=3)) for page in range(1, 6)]
    found = [id_ for page in pages for id_ in ids(page)]
    assert len(found) == len(set(found)) == 13
    assert all(id_.startswith("all") for id_ in found[:4])
    assert pages[0].pages == 5


def test_an_excluded_word_is_not_filled_up(service):
    service.apply([doc("acid", "铅酸电池"), doc("lithium", "锂离子电池")])
    assert ids(service.search(asked("电池 -铅酸"))) == ["lithium"]


def test_titles_and_snippets_are_marked_and_safe(service):
    service.apply([doc("x", "<i>电池</i>", "一种<b>电池</b>的制备")])
    (hit,) = service.search(asked("电池")).hits
    assert hit.title == "&lt;i&gt;<mark>电池</mark>&lt;/i&gt;"
    assert hit.snippet == "一种&lt;b&gt;<mark>电池</mark>&lt;/b&gt;的制备"


def test_synonyms_cross_languages_are_named_and_can_be_turned_off(service):
    service.apply([doc("en", "Lithium Battery Pack"), doc("zh", "锂电池组")])
    results = service.search(asked("锂电池"))
    assert ids(results) == ["zh", "en"]
    assert not results.partial
    assert "lithium battery" in results.synonyms[0].also
    without = service.search(asked("锂电池", synonyms_on=False))
    assert ids(without) == ["zh"]
    assert without.synonyms == ()


def test_the_synonym_table_can_be_replaced(service):
    service.apply([doc("en", "Lithium Battery Pack")])
    service.synonyms = SynonymTable()
    assert service.search(asked("锂电池")).total == 0


def test_a_misspelt_english_keyword_is_found(service):
    service.apply([doc("x", "Autonomous underwater vehicle", "A navigation method for vehicles")])
    for misspelt in ("navigaton", "navigatoin", "navigationn", "navigqtion"):
        results = service.search(asked(misspelt))
        assert ids(results) == ["x"]
        assert results.corrected == "navigation"


def test_a_mistyped_chinese_word_is_asked_about_when_that_gives_more(service):
    service.apply([doc("x", "遥感影像", "遥感影像分类", keywords=["遥感影像"]), doc("y", "影像资料")])
    results = service.search(asked("遥干影像"))
    assert results.did_you_mean == "遥感影像"
    assert results.corrected is None
    assert results.partial  # 影像 alone


def test_no_correction_is_offered_when_the_words_are_found(service):
    service.apply([doc("x", "遥感影像", keywords=["遥感影像"]), doc("y", "高分辨遥感成像技术")])
    results = service.search(asked("遥感成像"))
    assert results.did_you_mean is results.corrected is None


def test_an_empty_page_offers_to_remove_filters(service):
    service.apply([indexed(paper, place) for place, paper in enumerate(papers()[:30])])
    results = service.search(asked("", filters=(In("zone", ("zone-x",)), In("state", ("open",)))))
    open_ones = service.search(asked("", filters=(In("state", ("open",)),))).total
    assert (results.total, dict(results.relaxations)) == (0, {"zone": open_ones})


def test_facets_know_what_is_selected_and_keep_it_at_zero(service):
    service.apply([indexed(paper, place) for place, paper in enumerate(papers()[:30])])
    results = service.search(asked("", filters=(In("state", ("open", "gone")),), facets=(Facet("state"),)))
    values = {value.value: value for value in results.facets["state"]}
    assert values["open"].selected
    assert not values["signed"].selected
    assert values["signed"].count + values["open"].count == 30
    assert values["gone"] == FacetValue("gone", 0, True)


def test_an_exact_number_leads_to_its_document(service):
    service.apply(
        [
            doc("ach_1", "一种电池", numbers=("CG2026000001", "ZL 2020 1 0123456.7")),
            doc("ach_2", "另一种电池", "参见 CG2026000001"),
        ]
    )
    assert service.search(asked("cg2026000001")).jump == "ach_1"
    assert service.search(asked("CN202010123456")).jump == "ach_1"
    assert ids(service.search(asked("CG2026000001"))) == ["ach_1", "ach_2"]
    assert service.search(asked("CG2026000009")).jump is None


def test_a_number_does_not_lead_to_what_may_not_be_seen(service):
    service.apply([doc("ach_1", "机密", numbers=("CG2026000001",), audiences={SECRET})])
    assert service.search(asked("CG2026000001")).jump is None
    reader = SearchRequest(frozenset({SECRET}), "CG2026000001")
    assert service.search(reader).jump == "ach_1"
    assert service.search(reader, lambda _ids: set()).jump is None


def test_rights_are_checked_again_and_the_page_is_filled(service):
    service.apply([doc(f"x{n}", "石墨烯电池") for n in range(12)])
    withdrawn = {"x1", "x3"}
    results = service.search(asked("石墨烯电池", per_page=5), lambda found: set(found) - withdrawn)
    assert len(results.hits) == 5
    assert not withdrawn & set(ids(results))
    assert results.total < 12


def test_what_others_may_not_see_is_nowhere(service):
    service.apply(
        [
            doc("open", "公开的石墨烯", keywords=["石墨烯"]),
            doc("closed", "机密的石墨烯装甲", audiences={SECRET}, keywords=["石墨烯装甲"]),
        ]
    )
    results = service.search(asked("石墨烯", facets=(Facet("kind"),)))
    assert ids(results) == ["open"]
    assert results.total == 1
    assert results.facets["kind"] == (FacetValue("achievement", 1, False),)
    assert [one.text for one in service.suggest("石墨")] == ["石墨烯"]
    assert service.suggest("机密") == ()
    assert service.search(asked("石墨烯装假")).did_you_mean is None  # 装甲 is known only from the closed one
    assert {hit.id for hit in service.search(SearchRequest(PUBLIC | {SECRET}, "石墨烯")).hits} == {
        "open",
        "closed",
    }


def test_a_withdrawn_document_leaves_hits_and_suggestions(service):
    service.apply([doc("x", "石墨烯", keywords=["石墨烯"])])
    service.apply([doc("x", "石墨烯", keywords=["石墨烯"], audiences={SECRET})])
    assert service.search(asked("石墨烯")).total == 0
    assert service.suggest("石墨") == ()
    service.apply([doc("x", "石墨烯", keywords=["石墨烯"])])
    service.apply([], ["x"])
    assert service.search(asked("石墨烯")).total == 0
    assert service.suggest("石墨") == ()


def test_without_text_the_newest_come_first(service):
    service.apply([doc(f"d{n}", "电池", published=date(2026, 1, n)) for n in (1, 3, 2)])
    assert ids(service.search(asked(""))) == ["d3", "d2", "d1"]
    assert ids(service.search(asked("电池", sort=Sort("published", descending=False)))) == ["d1", "d2", "d3"]


def test_a_rebuild_replaces_everything(service):
    service.apply([doc("old", "旧的电池", keywords=["旧的电池"])])
    service.rebuild([doc("new", "新的电池", keywords=["新的电池"])])
    assert ids(service.search(asked("电池"))) == ["new"]
    assert service.suggest("旧") == ()
    assert service.suggest("新")


def test_a_failed_rebuild_changes_nothing(service):
    service.apply([doc("old", "旧的电池", keywords=["旧的电池"])])
    with pytest.raises(ValueError, match="twice"):
        service.rebuild([doc("new", "新的电池"), doc("new", "新的电池")])
    assert ids(service.search(asked("电池"))) == ["old"]
    assert service.suggest("旧")


@pytest.mark.parametrize(
    "text", ["", " ", "!!!", "-", '"', "的", "the", "a" * 500, "\x00\ud800", "<script>", "😀"]
)
def test_whatever_is_typed_gets_an_answer(service, text):
    service.apply([doc("x", "电池")])
    assert service.search(asked(text)).total <= 1
    assert len(service.suggest(text)) <= 1


def test_pages_out_of_range_are_empty_or_the_first(service):
    service.apply([doc("x", "电池")])
    assert ids(service.search(asked("电池", page=0))) == ["x"]
    assert ids(service.search(asked("电池", page=10**9))) == []

"""Search for programs: shapes, limits and complaints."""

import pytest

from marketplace.web.paging import MOST


def test_hits_of_a_page_come_with_links_to_the_others(client, desk, drain):
    for number in range(3):
        desk.published(title=f"传感器第 {number} 号")
    drain()
    answer = client.get("/api/v1/search?q=传感器&per_page=1&page=2")
    assert (answer.json["total"], answer.json["page"], answer.json["per_page"]) == (3, 2, 1)
    assert len(answer.json["items"]) == 1
    assert {'rel="first"', 'rel="prev"', 'rel="next"', 'rel="last"'} <= set(
        answer.headers["Link"].replace(",", ";").replace(" ", "").split(";")
    )


def test_a_hit_is_the_thing_and_how_well_it_fits(desk, drain, found):
    made = desk.published(title="气体传感阵列")
    drain()
    (hit,) = found("气体传感")["items"]
    assert hit["item"]["id"] == made
    assert hit["item"]["url"].endswith(f"/achievements/{made}")
    assert hit["item"]["price_fen"] == 120_000_000
    assert hit["score"] > 0
    assert not hit["partial"]
    assert "<" not in hit["snippet"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("type=trade", "type"),
        ("sort=cheap", "sort"),
        ("price_min_fen=12.5", "price_min_fen"),
        ("price_max_fen=-1", "price_max_fen"),
        ("synonyms=maybe", "synonyms"),
        ("page=x", "page"),
    ],
)
def test_what_makes_no_sense_is_a_complaint_about_its_field(client, query, field):
    answer = client.get(f"/api/v1/search?{query}")
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == [field]


def test_unknown_values_of_a_facet_find_nothing(desk, drain, found):
    desk.published()
    drain()
    assert found(zone="zon_nowhere")["total"] == 0
    assert found(field="9999")["total"] == 0


def test_too_large_a_page_is_brought_into_range(found):
    answer = found(per_page=100_000, page=-3)
    assert (answer["per_page"], answer["page"]) == (MOST, 1)


def test_the_document_describes_the_parameters_and_the_answer(client):
    operation = client.get("/api/v1/openapi.json").json["paths"]["/api/v1/search"]["get"]
    assert {"q", "field", "price_min_fen", "page"} <= {one["name"] for one in operation["parameters"]}
    assert "content" in operation["responses"]["200"]

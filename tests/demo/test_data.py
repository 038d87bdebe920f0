"""The demonstration market's achievements and corpora: well-formed, free of contradictions, free of real people, nothing said twice."""

import gzip
import itertools
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from listings.classification import codes

DATA = Path(__file__).parents[2] / "marketplace" / "demo" / "data"
CHINESE = re.compile(r"[\u3400-\u9fff]")
CHINESE_TEXT = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
LATEST = date(2026, 11, 23)

Row = dict[str, Any]


def read(name: str) -> Any:
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


ORGANISATIONS: dict[str, Row] = {row["key"]: row for row in read("organisations")}
PEOPLE: dict[str, Row] = {row["key"]: row for row in read("people")}
ACHIEVEMENTS: list[Row] = [
    row
    for path in sorted(DATA.glob("achievements_*.json"))
    for row in json.loads(path.read_text(encoding="utf-8"))
]

STATES = {"published": 46, "submitted": 5, "draft": 4, "returned": 3, "withdrawn": 2}
ENGLISH = ("title_en", "abstract_en")
CHINESE_TEXTS = (
    "title", "abstract", "pain_point", "principle", "application_cases", "market", "conditions", "risks", "cooperation",
)  # fmt: skip
COLUMNS = {
    "key", "state", "holder", "submitted_by", "region", "field", "industries", *CHINESE_TEXTS, *ENGLISH, "indicators",
    "keywords", "keywords_en", "trl", "ip", "transfer_modes", "price_mode", "price_fen", "completers", "funding",
    "class", "form", "attribute", "level", "completed",
}  # fmt: skip

each_achievement = pytest.mark.parametrize("row", ACHIEVEMENTS, ids=[row["key"] for row in ACHIEVEMENTS])


def patent_check(digits: str) -> str:
    """Application number: twelve digits, weights 2 to 9 and again 2 to 5, modulo 11."""
    weights = (*range(2, 10), *range(2, 6))
    return "0123456789X"[sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11]


def test_the_check_digit_agrees_with_a_published_example():
    assert patent_check("200310102344") == "5"


# Achievements


def test_there_are_sixty_achievements_in_all_eleven_fields_in_mixed_states():
    assert Counter(row["state"] for row in ACHIEVEMENTS) == STATES
    fields = codes("technology_fields")
    assert {fields.root(row["field"]).code for row in ACHIEVEMENTS} == {root.code for root in fields.roots()}
    assert len({row["key"] for row in ACHIEVEMENTS}) == len(ACHIEVEMENTS)
    assert {row["holder"] for row in ACHIEVEMENTS} == {
        key for key, row in ORGANISATIONS.items() if row["kind"] == "university"
    }


@each_achievement
def test_an_achievement_has_every_column_and_a_decision_only_where_one_was_made(row: Row):
    decided = {"decision"} if row["state"] in {"returned", "withdrawn"} else set()
    assert set(row) == COLUMNS | decided
    if decided:
        reasons = codes("return_reasons" if row["state"] == "returned" else "withdrawal_reasons")
        assert row["decision"]["reasons"]
        assert all(reason in reasons for reason in row["decision"]["reasons"])
        assert row["decision"]["comment"]


@each_achievement
def test_an_achievement_uses_known_codes(row: Row):
    single = {
        "region": "regions", "field": "technology_fields", "price_mode": "price_modes", "class": "achievement_classes",
        "form": "achievement_forms", "attribute": "attributes", "level": "levels",
    }  # fmt: skip
    for column, name in single.items():
        assert row[column] in codes(name), column
    assert row["industries"]
    assert all(industry in codes("industries") for industry in row["industries"])
    assert row["transfer_modes"]
    assert all(mode in codes("transfer_modes") for mode in row["transfer_modes"])
    assert row["trl"]["level"] in codes("trl")
    assert row["trl"]["assessor"] in codes("assessor_kinds")
    assert row["funding"]["source"] in codes("funding_sources")
    for right in row["ip"]:
        assert right["kind"] in codes("ip_kinds")
        assert right["state"] in codes("ip_states")


@each_achievement
def test_an_achievement_is_described_at_length_with_figures(row: Row):
    assert 150 <= len(row["abstract"]) <= 300
    assert len(re.findall(r"\d+(?:\.\d+)?", row["abstract"])) >= 5
    assert len(re.findall(r"[.!?](?:\s|$)", row["abstract_en"])) in {2, 3}
    for column in CHINESE_TEXTS:
        assert CHINESE.search(row[column]), column
        assert row[column] == row[column].strip()
        assert column == "title" or row[column].endswith("。"), column
    for column in ENGLISH:
        assert row[column]
        assert not CHINESE_TEXT.search(row[column]), column
    assert len(row["indicators"]) >= 2
    for indicator in row["indicators"]:
        assert set(indicator) == {"name", "value", "state_of_the_art"}
        assert indicator["name"]
        assert re.search(r"\d|下降|减少", indicator["value"])
    assert 1 <= len(row["keywords"]) <= 3
    assert len(row["keywords_en"]) == len(row["keywords"])
    assert not any(CHINESE_TEXT.search(word) for word in row["keywords_en"])


@each_achievement
def test_people_of_an_achievement_are_in_order_and_somebody_of_the_holder_submitted_it(row: Row):
    assert [person["order"] for person in row["completers"]] == list(range(1, len(row["completers"]) + 1))
    assert len({person["name"] for person in row["completers"]}) == len(row["completers"])
    assert row["completers"][0]["unit"].startswith(ORGANISATIONS[row["holder"]]["name"])
    assert all(person["title"] for person in row["completers"])
    assert PEOPLE[row["submitted_by"]]["memberships"][0]["org"] == row["holder"]
    assert row["region"] == ORGANISATIONS[row["holder"]]["region"]


@each_achievement
def test_a_price_is_stated_as_its_mode_says(row: Row):
    price = row["price_fen"]
    if row["price_mode"] == "negotiable":
        assert price is None
    else:
        assert isinstance(price, int)
        assert price > 0
        assert price % 1_000_000 == 0  # whole ten thousands of yuan


@each_achievement
def test_an_evaluated_readiness_level_names_an_evaluator_and_a_rank_needs_an_evaluation(row: Row):
    trl = row["trl"]
    assert trl["evidence"]
    if trl["assessor"] == "evaluated":
        assert "evaluator" in ORGANISATIONS[trl["evaluator"]]["agency_kinds"]
    else:
        assert trl["evaluator"] is None
    if row["level"] != "not_evaluated":
        assert trl["assessor"] != "self"
    assert date.fromisoformat(trl["date"]) <= LATEST
    assert date.fromisoformat(row["completed"] + "-01") <= LATEST


NUMBER_FORMS = {
    "patent_invention": r"(ZL)?(\d{4}) 1 9\d{6}\.[\dX]",
    "utility_model": r"(ZL)?(\d{4}) 2 9\d{6}\.[\dX]",
    "design": r"(ZL)?(\d{4}) 3 9\d{6}\.[\dX]",
    "software": r"()(\d{4})SR9\d{6}",
    "ic_layout": r"()BS\.(\d{2})9\d{6}",
    "plant_variety": r"()CNA(\d{4})9\d{6}",
}


@each_achievement
def test_rights_have_well_formed_numbers_outside_the_range_ever_issued(row: Row):
    assert row["ip"]
    for right in row["ip"]:
        when = date.fromisoformat(right["date"])
        assert when <= LATEST
        assert right["holder"] == ORGANISATIONS[row["holder"]]["name"]
        if right["kind"] in {"trade_secret", "know_how"}:
            assert right["number"] is None
            assert right["state"] == "secret"
            continue
        # Serial numbers start with 9: no office has counted that far in a year, so none of them is somebody's right.
        form = re.fullmatch(NUMBER_FORMS[right["kind"]], right["number"])
        assert form, right["number"]
        assert int(form[2]) % 100 <= when.year % 100
        if right["kind"] in {"patent_invention", "utility_model", "design"}:
            assert bool(form[1]) == (right["state"] == "granted")
            digits = re.sub(r"ZL|[ .]", "", right["number"])
            assert patent_check(digits[:12]) == digits[12]


def test_no_right_is_offered_twice():
    numbers = [right["number"] for row in ACHIEVEMENTS for right in row["ip"] if right["number"]]
    assert len(set(numbers)) == len(numbers)


def texts(row: Row) -> list[str]:
    return [
        *(row[column] for column in (*CHINESE_TEXTS, *ENGLISH)),
        row["trl"]["evidence"],
        row["funding"]["project"],
        row.get("decision", {}).get("comment", ""),
    ]


def test_no_sentence_is_said_twice():
    sentences = Counter(
        sentence.strip()
        for row in ACHIEVEMENTS
        for text in texts(row)
        for sentence in re.split(r"[。；！？]|(?<=[a-z\d%])\.\s", text)
        if len(sentence.strip()) >= 6
    )
    assert [sentence for sentence, count in sentences.items() if count > 1] == []


def test_no_two_descriptions_resemble_each_other():
    def shingles(row: Row) -> set[str]:
        text = "".join(re.findall(r"[\u3400-\u9fff]+", row["abstract"] + row["principle"] + row["market"]))
        return {text[n : n + 4] for n in range(len(text) - 3)}

    cut = [(row["key"], shingles(row)) for row in ACHIEVEMENTS]
    for (one, left), (other, right) in itertools.combinations(cut, 2):
        assert len(left & right) / min(len(left), len(right)) < 0.06, (one, other)


def test_the_data_names_no_filler():
    everything = "".join(path.read_text(encoding="utf-8") for path in DATA.glob("*.json"))
    assert not re.search(r"(?i)lorem|todo|xxx|示例文字|待补充|占位", everything)


# Corpora for the large market

CORPORA = {"csl_1k": ("discipline", 1000), "nasa_t2_patent": ("category", 633)}


@pytest.mark.parametrize("name", CORPORA)
def test_a_corpus_is_whole_and_every_subject_in_it_has_a_technology_field(name: str):
    subject, size = CORPORA[name]
    with gzip.open(DATA / "corpus" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        papers: list[Row] = [json.loads(line) for line in lines]
    assert len(papers) == size
    assert all(paper["id"] and paper["title"] and paper["abstract"] for paper in papers)
    mapping = json.loads((DATA / "corpus" / "discipline_fields.json").read_text(encoding="utf-8"))[name]
    assert set(mapping) == {paper[subject] for paper in papers}
    assert all(code in codes("technology_fields") for code in mapping.values())
    assert f"`{name}.jsonl.gz`" in (DATA / "corpus" / "LICENSES.md").read_text(encoding="utf-8")

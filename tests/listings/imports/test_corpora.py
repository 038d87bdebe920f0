"""Real files of other people go in as they are: Chinese papers and NASA's technologies on offer."""

import gzip
import json
from importlib.resources import files

import pytest

from listings.imports.models import ImportJob
from listings.imports.queries import plan_of
from marketplace.core.db import db

CORPUS = files("marketplace.demo").joinpath("data", "corpus")
DEFAULTS = {
    "trl": "4",
    "trl_evidence": "实验室样机测试记录",
    "modes": "许可",
    "price_mode": "面议",
    "completer_unit": "云岫大学",
}


def lines(name, count):
    return b"".join(gzip.decompress(CORPUS.joinpath(name).read_bytes()).splitlines(keepends=True)[:count])


@pytest.mark.parametrize(
    ("name", "meanings"),
    [
        (
            "csl_1k.jsonl.gz",
            {"id": "external_id", "title": "title", "abstract": "abstract", "keywords": "keywords", "discipline": "field", "category": ""},
        ),
        (
            "nasa_t2_patent.jsonl.gz",
            {"id": "", "title": "title", "abstract": "abstract", "code": "external_id", "category": "field", "release": "", "center": "completer_unit"},
        ),
    ],
)  # fmt: skip
def test_columns_are_matched_by_name_and_by_what_they_hold(app, cast, check, job, name, meanings):
    assert job(check(cast.tto_officer.actor, "a.jsonl", lines(name, 50))).mapping == meanings


def test_a_word_that_meant_something_in_another_file_is_not_believed_against_the_values(
    cast, bring_in, check, job
):
    by = cast.tto_officer.actor
    bring_in(by, "a.jsonl", lines("nasa_t2_patent.jsonl.gz", 50))
    mapping = job(check(by, "b.jsonl", lines("csl_1k.jsonl.gz", 50))).mapping
    assert (mapping["category"], mapping["discipline"]) == ("", "field")


def test_papers_become_complete_drafts_with_defaults_and_incomplete_ones_without(cast, bring_in, job, held):
    content = lines("csl_1k.jsonl.gz", 120)
    done = job(bring_in(cast.tto_officer.actor, "a.jsonl", content, defaults=DEFAULTS))
    assert done.rows == 120
    assert set(done.counts) <= {"complete", "incomplete"}
    assert done.counts["complete"] > 90
    drafts = held(cast.tto_officer)
    assert all(content.field for content in drafts.values())
    first = json.loads(content.splitlines()[0])
    assert (drafts["CG2026000001"].title, drafts["CG2026000001"].keywords) == (
        first["title"],
        tuple(first["keywords"]),
    )
    other = job(bring_in(cast.other_tto_officer.actor, "a.jsonl", content))
    assert other.counts == {"incomplete": 120}


def test_english_texts_stand_in_both_places(cast, bring_in, job, held):
    content = lines("nasa_t2_patent.jsonl.gz", 100)
    done = job(
        bring_in(
            cast.tto_officer.actor, "a.jsonl", content, defaults={**DEFAULTS, "keywords": "NASA"}, submit=True
        )
    )
    assert done.counts == {"submitted": 100}
    first = held(cast.tto_officer)["CG2026000001"]
    source = json.loads(content.splitlines()[0])
    assert first.title == first.title_en == source["title"]
    assert first.abstract == first.abstract_en
    assert [person.name for person in first.completers] == [source["center"]]


def test_defaults_stand_in_for_empty_cells_only(app, cast, check):
    job_id = check(
        cast.tto_officer.actor,
        "a.jsonl",
        b'{"title": "a", "trl": 9}\n{"title": "b"}\n',
        defaults={"trl": "4"},
    )
    with app.app_context():
        plan = plan_of(db.session.get_one(ImportJob, job_id))
    assert plan.defaults == {"trl": 4}

"""The content itself: it survives storage, its digest means it, and no content makes the rules fail."""

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listings.achievements.content import (
    SECTIONS,
    Content,
    content_digest,
    from_json,
    to_json,
)
from listings.achievements.forms.fields import fen_as_wan
from listings.achievements.labels import every_field, in_words
from listings.achievements.returned import GROUPS
from listings.achievements.rules import shape_complaints, submission_complaints
from listings.classification import codes
from marketplace.core.money import parse_yuan
from tests.listings.achievements.desk import COMPLETE, RICH

contents = st.builds(
    Content,
    price_fen=st.none() | st.integers(-(2**40), 2**52),
    trl=st.none() | st.integers(-5, 15),
    trl_assessed_on=st.none() | st.dates(),
    rights_checked_on=st.none() | st.dates(),
)


@given(contents)
def test_content_survives_storage(content):
    assert from_json(to_json(content)) == content


@given(contents)
def test_the_rules_never_fail_and_always_name_a_field(content):
    known = {field.name for field in fields(Content)}
    for complaint in submission_complaints(content):
        assert complaint.field.partition(".")[0] in known
        assert str(complaint.message)


@given(contents)
def test_what_may_be_saved_has_a_digest_that_means_it(content):
    if any(shape_complaints(content)):
        return
    assert content_digest(content) == content_digest(from_json(to_json(content)))
    assert content_digest(replace(content, title=content.title + "。")) != content_digest(content)


@given(contents)
def test_every_field_can_be_put_into_words(app, content):
    with app.test_request_context():
        for name in every_field():
            assert isinstance(in_words(content, name), str)


@given(st.integers(0, 10**15))
def test_an_amount_is_typed_again_as_it_was_stored(fen):
    assert parse_yuan(fen_as_wan(fen) + "万元") == fen


@pytest.mark.parametrize("complete", [COMPLETE, RICH])
def test_a_complete_text_has_no_complaints(complete):
    assert list(submission_complaints(from_json({**to_json(Content()), **complete}))) == []


@pytest.mark.parametrize("missing", ["title", "abstract", "keywords", "field", "trl", "trl_evidence", "modes", "price_mode", "price_fen", "completers"])  # fmt: skip
def test_each_missing_part_is_named(missing):
    left = {name: value for name, value in COMPLETE.items() if name != missing}
    complaints = list(submission_complaints(from_json({**to_json(Content()), **left})))
    assert [(c.field, c.code) for c in complaints] == [(missing, "required")]


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"abstract": "太短"}, "abstract", "too_short"),
        ({"price_mode": "negotiable"}, "price_fen", "contradiction"),
        ({"trl_assessor": "evaluated"}, "trl_assessor_name", "required"),
        ({"started": "2024-05", "finished": "2024-04"}, "finished", "order"),
        ({"completers": [{"name": " "}]}, "completers.0.name", "required"),
        ({"indicators": [{"name": "", "value": "5"}]}, "indicators.0.name", "required"),
        ({"title": "名\0称"}, "title", "unstorable"),
        ({"completers": [{"name": "名\ud800"}]}, "completers", "unstorable"),
        ({"rights": [{"kind": "know_how", "granted": date(24, 1, 1)}]}, "rights.0.granted", "range"),
    ],
)
def test_each_contradiction_is_named(changes, field, code):
    content = from_json({**to_json(Content()), **COMPLETE, **changes})
    assert [(c.field, c.code) for c in submission_complaints(content)] == [(field, code)]


def test_every_field_is_on_one_page_of_the_form():
    assert sorted(name for section in SECTIONS for name in section.fields) == sorted(
        field.name for field in fields(Content)
    )


def test_every_group_of_return_reasons_leads_somewhere_or_is_about_the_whole():
    known = {field.name for field in fields(Content)}
    assert {name for names in GROUPS.values() for name in names} <= known
    assert {item.code for item in codes("field_groups")} - set(GROUPS) == {"secrecy", "general"}

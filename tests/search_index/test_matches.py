"""Matches over arrays are what they would be over dictionaries of document and score."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.matches import Matches, all_of, any_of

scored = st.dictionaries(st.integers(0, 30), st.sampled_from([0.25, 0.5, 1.0, 2.0, 3.5]), max_size=20)
documents = st.sets(st.integers(0, 30))


def made(scores):
    docs = sorted(scores)
    return Matches(np.array(docs, np.int64), np.array([scores[doc] for doc in docs]))


def array(docs):
    return np.array(sorted(docs), np.int64)


def as_dict(matches):
    assert len(matches.docs) == len(matches.scores)
    assert list(matches.docs) == sorted(set(matches.docs))
    return dict(zip(matches.docs.tolist(), matches.scores.tolist(), strict=True))


@given(st.lists(scored, min_size=1, max_size=5))
def test_all_of_adds_the_scores_of_those_in_every_part(parts):
    common = set.intersection(*(set(part) for part in parts))
    assert as_dict(all_of([made(part) for part in parts])) == {
        doc: sum(part[doc] for part in parts) for doc in common
    }


@given(st.lists(scored, max_size=5))
def test_any_of_adds_the_scores_of_those_in_some_part(parts):
    some = set().union(*parts)
    assert as_dict(any_of([made(part) for part in parts])) == {
        doc: sum(part.get(doc, 0.0) for part in parts) for doc in some
    }


@given(scored, documents)
def test_among_and_without_part_the_matches(scores, docs):
    matches = made(scores)
    assert as_dict(matches.among(array(docs))) == {doc: scores[doc] for doc in scores if doc in docs}
    assert as_dict(matches.without(array(docs))) == {doc: scores[doc] for doc in scores if doc not in docs}


@given(scored, st.integers(0, 25))
def test_the_best_come_first_and_equal_ones_by_number(scores, size):
    expected = sorted(scores, key=lambda doc: (-scores[doc], doc))[:size]
    assert made(scores).best(size) == (expected, [scores[doc] for doc in expected])


def test_nothing_is_never_satisfied():
    assert as_dict(any_of([])) == {}
    with pytest.raises(ValueError):
        all_of([])

"""Documents and scores over arrays are those of Whoosh's own matchers and BM25F, segments and deletions and all."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import index, scoring
from whoosh.query import And, Or, Phrase, Prefix, Term

from search_index import bm25
from search_index.evaluation import LARGE_INDEX, RAREST_IN_LARGE_INDEX, Evaluator
from search_index.postings import Postings
from search_index.query import Alternative, Clauses, Match, Query
from search_index.whoosh_engine import WhooshEngine, _schema
from tests.search_index.corpus import PUBLIC, SCHEMA, docs

EVERYTHING = 10_000


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """Several segments, with documents replaced and removed."""
    made = WhooshEngine(tmp_path_factory.mktemp("index"), SCHEMA)
    made.rebuild(docs()[:60])
    for start in (60, 80, 50):
        made.upsert(docs()[start : start + 20])
        made.delete([doc.id for doc in docs()[start - 40 : start - 35]])
        made.commit()
    assert made.stats().segments > 1
    yield made
    made.close()


@pytest.fixture(scope="module")
def searcher(engine):
    folder = index.open_dir(str(engine._directories.current()), schema=_schema())
    with folder.searcher(weighting=scoring.BM25F(B=bm25.B, K1=bm25.K1)) as opened:
        yield opened


def sections():
    return [section for doc in docs()[:100] for section in doc.sections]


@st.composite
def alternatives(draw):
    section = draw(st.sampled_from(sections()))
    start, length = draw(st.integers(0, len(section) - 1)), draw(st.integers(1, 4))
    found, match = section[start : start + length], draw(st.sampled_from(Match))
    tokens = (found[0][0],) if match is Match.PREFIX else found
    return Alternative(tokens, match, draw(st.sampled_from([1.0, 0.6])))


groups = st.lists(alternatives(), min_size=1, max_size=3).map(tuple)


def in_whoosh(alternative):
    tokens, boost = alternative.tokens, alternative.boost
    if alternative.match is Match.PREFIX:
        return Prefix("text", tokens[0], boost=boost, constantscore=False)
    if alternative.match is Match.PHRASE and len(tokens) > 1:
        return Phrase("text", list(tokens), boost=boost)
    return And([Term("text", token, boost=boost) for token in tokens])


def any_in_whoosh(some):
    either = Or([in_whoosh(alternative) for alternative in some])
    either.matcher_type = Or.DEFAULT_MATCHER
    return either


def found_by(engine, clauses, **more):
    with engine._shared.use() as reader, reader.lock:
        matches = reader.evaluator.matches(Query(clauses, PUBLIC, **more))
    return dict(zip(matches.docs.tolist(), matches.scores.tolist(), strict=True))


@given(st.lists(groups, min_size=1, max_size=3).map(tuple))
def test_all_words_are_found_and_scored_as_whoosh_does(engine, searcher, groups):
    expected = searcher.search(And([any_in_whoosh(group) for group in groups]), limit=EVERYTHING)
    assert found_by(engine, Clauses(groups)) == pytest.approx(dict(expected.items()))


@given(st.lists(groups, min_size=1, max_size=3).map(tuple))
def test_any_words_are_found_and_scored_as_whoosh_does(engine, searcher, groups):
    clauses = Clauses(groups)
    expected = searcher.search(any_in_whoosh(clauses.optional()), limit=EVERYTHING)
    assert found_by(engine, clauses, any_word=True) == pytest.approx(dict(expected.items()))


@given(groups, st.lists(alternatives(), min_size=1, max_size=2).map(tuple))
def test_excluded_words_take_documents_away_and_change_no_score(engine, searcher, group, excluded):
    without = {doc for one in excluded for doc in in_whoosh(one).docs(searcher)}
    expected = {
        doc: score for doc, score in found_by(engine, Clauses((group,))).items() if doc not in without
    }
    assert found_by(engine, Clauses((group,), excluded)) == expected


def test_without_words_everything_that_is_not_deleted_is_found(engine, searcher):
    assert found_by(engine, Clauses()) == dict.fromkeys(searcher.reader().all_doc_ids(), 0.0)


class LargeIndex:
    """So many documents that have the token 9 less often than the token 1; nothing is in all of them."""

    everything = np.arange(LARGE_INDEX + 1)

    def __init__(self):
        self.read = []

    def frequency(self, token):
        return 1_000 // int(token)

    def term(self, token):
        self.read.append(token)
        return Postings(np.array([int(token)]), np.ones(1, np.float32), self.frequency(token))


class Flat:
    def scores(self, postings):
        return np.ones(len(postings))


def test_in_a_large_index_any_word_means_the_rarest():
    postings = LargeIndex()
    words = Clauses(tuple((Alternative((str(number),)),) for number in range(1, 10)))
    matches = Evaluator(postings, Flat()).matches(Query(words, PUBLIC, any_word=True))
    assert matches.docs.tolist() == sorted(map(int, postings.read)) == [5, 6, 7, 8, 9]
    assert len(matches.docs) == RAREST_IN_LARGE_INDEX

"""Known items must be found: the keywords of a paper (not indexed) and pieces of its title find the paper."""

import random
import re
from datetime import date
from statistics import mean

import pytest

from search_index.engine import Hit
from search_index.ranking import rerank
from search_index.results import SearchRequest
from tests.search_index.corpus import PUBLIC, papers

LONGEST_RUN = re.compile(r"[\u4e00-\u9fff]+")


@pytest.fixture(scope="module")
def reciprocal_ranks(market):
    def ranks(queries):
        found = []
        for text, wanted in queries:
            results = market.search(SearchRequest(PUBLIC, text, per_page=10))
            ids = [hit.id for hit in results.hits]
            found.append((1 / (ids.index(wanted) + 1) if wanted in ids else 0.0, bool(ids)))
        return mean(rank for rank, _ in found), mean(not any_ for _, any_ in found)

    return ranks


def piece(text, length, chance):
    run = max(LONGEST_RUN.findall(text) or [text], key=len)
    start = chance.randrange(max(len(run) - length, 0) + 1)
    return run[start : start + length]


@pytest.mark.parametrize(
    ("name", "query", "target"),
    [
        ("all keywords", lambda paper, chance: " ".join(paper.keywords), 0.98),
        ("two keywords", lambda paper, chance: " ".join(chance.sample(paper.keywords, 2)), 0.86),
        ("8 characters of the title", lambda paper, chance: piece(paper.title, 8, chance), 0.99),
        ("5 characters of the title", lambda paper, chance: piece(paper.title, 5, chance), 0.95),
    ],
)
def test_known_items_come_first(reciprocal_ranks, name, query, target):
    chance = random.Random(5)
    sample = [paper for paper in papers() if len(paper.keywords) >= 3][::2]
    reciprocal, empty = reciprocal_ranks([(query(paper, chance), paper.id) for paper in sample])
    assert reciprocal >= target, name
    assert empty < 0.01, name


def test_of_equal_hits_the_fresh_and_complete_one_comes_first():
    today = date(2026, 7, 1)
    old = Hit("old", 10.0, date(2016, 1, 1), 0)
    new = Hit("new", 10.0, date(2026, 6, 30), 0)
    complete = Hit("complete", 10.0, date(2016, 1, 1), 100)
    assert [hit.id for hit in rerank([old, complete, new], today)] == ["new", "complete", "old"]


def test_freshness_moves_a_hit_only_gently():
    today = date(2026, 7, 1)
    better = Hit("better", 12.1, date(2000, 1, 1), 0)
    fresher = Hit("fresher", 10.0, today, 100)
    assert [hit.id for hit in rerank([better, fresher], today)] == ["better", "fresher"]

"""Ten thousand rows are never held at once: what is in memory does not grow with the file."""

import tracemalloc

import pytest
from sqlalchemy import func, select

from listings.achievements.models import Achievement
from listings.imports.columns import BY_NAME
from listings.imports.pieces import pieces
from listings.imports.plan import Holder, Plan
from listings.imports.running import run
from listings.imports.services import start
from marketplace.core.db import db
from marketplace.core.tabular.reading import Row
from marketplace.core.uow import unit_of_work
from tests.listings.imports.sheets import ABSTRACT, HEADER, as_csv, complete

ROWS = 2_000
MOST = 40_000_000  # bytes


@pytest.fixture
def content():
    long = ABSTRACT * 15
    return as_csv([HEADER, *(complete(number, 成果简介=long) for number in range(ROWS))])


def test_two_thousand_rows_need_no_more_than_a_piece(app, cast, check, content):
    assert len(content) > 5_000_000
    job_id = check(cast.tto_officer.actor, "a.csv", content)
    with app.app_context():
        with unit_of_work(cast.tto_officer.actor) as ctx:
            start(ctx, job_id)
        tracemalloc.start()
        try:
            run(job_id)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert db.session.scalar(select(func.count(Achievement.id))) == ROWS
    assert peak < MOST


def test_a_piece_ends_early_when_its_rows_are_large():
    plan = Plan(Holder("org_1", "zon_1"), ("成果名称", "成果简介"), (BY_NAME["title"], BY_NAME["abstract"]))
    rows = iter([Row(number, ("名称", "长" * 1_500_000)) for number in range(1, 8)])
    assert [len(piece) for piece in pieces(plan, rows)] == [3, 3, 1]


def test_a_piece_has_at_most_two_hundred_rows():
    plan = Plan(Holder("org_1", "zon_1"), ("成果名称",), (BY_NAME["title"],))
    rows = iter([Row(number, (f"名称 {number}",)) for number in range(450)])
    assert [len(piece) for piece in pieces(plan, rows)] == [200, 200, 50]

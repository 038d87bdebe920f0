"""Pages of a list: every row on exactly one page, few statements, links that keep the question."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from marketplace.core.db import db
from marketplace.core.ids import Series
from marketplace.web.paging import DEEPEST, MOST, PER_PAGE, Page, link_header, paged

ROWS = 47


@pytest.fixture
def rows(app):
    with app.app_context():
        db.session.add_all(Series(name=f"S{number:03d}", last=number) for number in range(ROWS))
        db.session.commit()


@pytest.fixture
def asked(app, rows):
    """The page that an address asks for, and its links."""

    def ask(address):
        with app.test_request_context(address):
            page = paged(db.session(), select(Series).order_by(Series.name))
            return [row.name for row in page.rows], page, link_header(page)

    return ask


@given(per_page=st.integers(1, MOST))
def test_every_row_is_on_exactly_one_page(asked, per_page):
    shown = []
    _names, first, _links = asked(f"/list?per_page={per_page}")
    for number in range(1, first.last + 1):
        shown += asked(f"/list?per_page={per_page}&page={number}")[0]
    assert shown == [f"S{number:03d}" for number in range(ROWS)]


@pytest.mark.parametrize("address", ["/list", "/list?page=x&per_page=y", "/list?page=0", "/list?page=-3"])
def test_nonsense_is_the_first_page(asked, address):
    names, page, _links = asked(address)
    assert (page.number, page.per_page, len(names)) == (1, PER_PAGE, PER_PAGE)


def test_a_page_behind_the_last_is_empty_and_says_how_many_there_are(asked):
    names, page, _links = asked("/list?page=99")
    assert (names, page.total) == ([], ROWS)


def test_nobody_asks_for_more_than_the_most(asked):
    _names, page, _links = asked("/list?per_page=100000&page=100000")
    assert (page.per_page, page.number) == (MOST, DEEPEST)


def test_a_page_costs_two_statements(app, rows, count_queries):
    with app.test_request_context("/list?page=2"), count_queries() as statements:
        paged(db.session(), select(Series).order_by(Series.name))
    assert len(statements) == 2


def test_links_keep_the_question_and_name_the_neighbours(asked):
    _names, _page, links = asked("/api/v1/list?q=储能&page=2&tag=a&tag=b")
    found = {rel: url for url, rel in re.findall(r'<([^>]+)>; rel="(\w+)"', links)}
    question = "q=%E5%82%A8%E8%83%BD&tag=a&tag=b"
    base = f"http://localhost/api/v1/list?{question}"
    assert found == {"first": base, "prev": base, "next": f"{base}&page=3", "last": f"{base}&page=3"}


def test_the_first_page_has_no_previous_and_the_last_no_next(asked):
    assert 'rel="prev"' not in asked("/list")[2]
    assert 'rel="next"' not in asked("/list?page=3")[2]


@given(number=st.integers(1, 60), total=st.integers(0, 1200))
def test_the_numbers_shown_lead_to_both_ends_and_to_the_neighbours(number, total):
    page = Page([], number, 20, total)
    shown = [n for n in page.numbers() if n is not None]
    assert shown == sorted(set(shown))
    assert {1, page.last} <= set(shown)
    assert {n for n in (number - 1, number, number + 1) if 1 <= n <= page.last} <= set(shown)
    assert len(page.numbers()) <= 9

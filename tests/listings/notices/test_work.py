"""What waits for people around notices, and what the list costs."""

import pytest

from listings.notices.work import work_items


@pytest.fixture
def several(desk):
    """So many notices of each sort that a unit's list shows, one more each time it is asked."""
    numbers = iter(range(1, 1000))

    def make(state):
        desk.subject = f"pln_{next(numbers):020d}"
        if state == "correcting":
            made = desk.running()
            desk.rule(desk.admitted(made), "partly", "restart")
            return made
        return getattr(desk, state)()

    return make


def cost(app, desk, member, count_queries):
    """How many statements the list takes, and how long it is."""
    with app.test_request_context(), desk.as_(member) as ctx, count_queries() as sent:
        items = list(work_items(ctx))
        return len(sent), len(items)


@pytest.mark.parametrize("part", ["tto_officer", "unit_admin"])
def test_a_longer_list_takes_as_many_statements_as_a_short_one(
    app, desk, clock, several, part, count_queries
):
    member = desk.cast.members[part]
    for state in ("scheduled", "running", "correcting", "objected_to", "expired"):
        several(state)
    short, few = cost(app, desk, member, count_queries)
    for state in ("scheduled", "running", "correcting", "objected_to", "expired") * 3:
        several(state)
    long, many = cost(app, desk, member, count_queries)
    assert many > few
    assert long == short

"""Every page that needs no parameters, for the public and for people at work: accessible, in its window, without complaint."""

from collections.abc import Iterator

import pytest
from flask import Flask

from marketplace.core.context import ANONYMOUS
from tests.browser.accessibility import assert_accessible, assert_fits
from tests.browser.looks import Look, every_look
from tests.cast import Cast, Member, organisation_id
from tests.house.matrix import routes

#: Two looks cover every stylesheet branch; the public's pages are seen in all eight.
TWO_LOOKS = [Look("zh", 1280, "light"), Look("en", 390, "dark")]


def pages(app: Flask, member: Member | None) -> Iterator[str]:
    """The addresses of pages that somebody may open; what is no page, or does not open, is for other tests."""
    actor = member.actor if member else ANONYMOUS
    for route in routes(app):
        if (
            route.method == "GET"
            and not route.api
            and not route.parameters
            and route.permission.possible(actor)
        ):
            client = app.test_client()
            answer = (client.sign_in(member) if member else client).get(route.path())
            if answer.status_code == 200 and answer.mimetype == "text/html":
                yield route.path()


def inspect(visit, page, paths) -> None:
    """Open each page and examine it; every fault of every page is reported."""
    faults = []
    for path in paths:
        visit(path)
        for examine in (assert_accessible, assert_fits):
            try:
                examine(page)
            except AssertionError as fault:
                faults.append(f"{path}: {fault}")
    assert not faults, "\n".join(faults)


@every_look
def test_public_pages(app: Flask, cast: Cast, visit, page):
    subjects = [
        f"/organisations/{organisation_id(app, 'university')}",
        f"/agencies/{organisation_id(app, 'agency')}",
    ]
    inspect(visit, page, [*pages(app, None), *subjects])


@pytest.mark.parametrize("look", TWO_LOOKS, ids=str)
@pytest.mark.parametrize("part", ["tto_officer", "unit_admin", "moderator", "zone_admin"])
def test_pages_of_people_at_work(app: Flask, cast: Cast, sign_in, visit, page, part):
    member = cast.members[part]
    sign_in(member)
    inspect(visit, page, pages(app, member))

"""The stories of grants of rights, as they stand on the day the market is loaded."""

import pytest
from flask import Flask
from sqlalchemy import select

from listings.achievements.models import Achievement
from listings.grants.models import RightsGrant
from listings.grants.ownership import ownership_of
from listings.grants.queries import notice_of
from listings.notices import models as m
from marketplace.core.context import ANONYMOUS
from marketplace.core.db import db
from marketplace.core.uow import reading
from marketplace.demo.reading import achievements, rows


def told(story: str) -> RightsGrant:
    """The grant of a story, found by its achievement's title."""
    key = next(row["achievement"] for row in rows("grants") if row["story"] == story)
    title = next(row["title"] for row in achievements() if row["key"] == key)
    query = select(RightsGrant).join(Achievement).where(Achievement.title == title)
    return db.session.scalars(query).unique().one()


@pytest.fixture(autouse=True)
def session(market: Flask):
    with market.app_context():
        yield


def test_one_is_in_effect_and_stands_on_the_achievements_page(market):
    grant = told("effective")
    assert grant.state == "effective"
    owned = ownership_of(reading(ANONYMOUS), grant.achievement_id)
    assert (owned.completers_bp, owned.deal_mandate) == (7_000, "joint")
    page = market.test_client().get(f"/achievements/{grant.achievement_id}").text
    assert "赋权后的权属" in page


def test_one_is_being_shown_to_the_public():
    grant = told("noticed")
    notice = notice_of(reading(ANONYMOUS), grant.id)
    assert (grant.state, notice.state) == ("decided", m.RUNNING)


def test_one_waits_for_the_signature_of_a_completer_who_can_log_in():
    grant = told("asked")
    assert grant.state == "draft"
    assert [row.name for row in grant.completers if row.user_id is not None] == ["沈墨岚"]

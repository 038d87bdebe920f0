"""Gates: what an assessment must rest on, and how long it counts."""

from datetime import timedelta

import pytest

from auctions.gates.services import Assessment, assess
from auctions.gates.standing import standing_records
from auctions.trades.models import Trade
from auctions.trades.services import announce_trade
from listings.achievements.models import Achievement
from marketplace.core.clock import local_date
from marketplace.core.context import SYSTEM
from marketplace.core.errors import Conflict, Invalid


@pytest.fixture
def today(clock):
    return local_date(clock.now())


def refused(floor, made, given):
    with floor.host() as ctx, pytest.raises(Invalid) as caught:
        assess(ctx, made, given)
    return {(error.field, error.code) for error in caught.value.errors}


def test_the_title_is_looked_up_within_thirty_days(floor, today):
    made = floor.submitted()
    paper = "登记簿 2026-1"
    assert refused(floor, made, Assessment("title", "passed", paper)) == {("checked_on", "required")}
    old = today - timedelta(days=31)
    assert refused(floor, made, Assessment("title", "passed", paper, old)) == {("checked_on", "stale")}
    assert refused(floor, made, Assessment("title", "not_concerned")) == {("result", "concerned")}
    with floor.host() as ctx:
        kept = assess(ctx, made, Assessment("title", "passed", paper, today - timedelta(days=30)))
        assert kept.expires_on == today


def test_no_trade_is_announced_on_an_old_look_at_the_register(floor, clock):
    made = floor.assessed()
    clock.advance(days=31)
    with floor.host() as ctx:
        assert "title" not in standing_records(ctx, ctx.session.get_one(Trade, made))
    with floor.host() as ctx, pytest.raises(Conflict) as caught:
        announce_trade(ctx, made)
    assert caught.value.code == "gates"


def test_what_stays_in_the_country_is_assessed_for_export(floor, ctx_for):
    made = floor.submitted()
    with ctx_for(SYSTEM) as ctx:
        trade = ctx.session.get_one(Trade, made)
        ctx.session.get_one(Achievement, trade.achievement_id).domestic_only = True
    assert refused(floor, made, Assessment("export", "not_concerned")) == {("result", "domestic_only")}
    assert refused(floor, made, Assessment("export", "passed")) == {("document", "required")}
    with floor.host() as ctx:
        assess(ctx, made, Assessment("export", "passed", "核查意见 2026-3"))


def test_the_page_of_a_gate_shows_what_is_known_and_keeps_what_was_typed(app, cast, floor):
    made = floor.submitted()
    host = app.test_client().sign_in(cast.moderator)
    for gate in ("secrecy", "title", "export", "relations"):
        assert host.get(f"/work/trade-desk/{made}/gates/{gate}").status_code == 200
    assert host.get(f"/work/trade-desk/{made}/gates/weather").status_code == 404
    sent = {"result": "passed", "document": "登记簿 2026-1", "checked_on": ""}
    page = host.submit(f"/work/trade-desk/{made}/gates/title", sent)
    assert page.status_code == 422
    assert "登记簿 2026-1" in page.text

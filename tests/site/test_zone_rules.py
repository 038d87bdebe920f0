"""On a zone's page stands what its authority asks for beyond the law, once it is in force."""

from datetime import timedelta

from listings.grants.zone_minimum import NewMinimum, set_minimum
from listings.notices.zone_terms import NewZoneTerm, set_zone_term
from marketplace.core.clock import local_date
from tests.listings.achievements.pages import words


def test_a_zones_own_rules_are_public_from_the_day_they_hold(app, cast, clock, ctx_for):
    tomorrow = local_date(clock.now()) + timedelta(days=1)
    with ctx_for(cast.zone_admin.actor) as ctx:
        set_zone_term(ctx, NewZoneTerm("grant", 20, tomorrow))
        set_minimum(ctx, NewMinimum(8_000, tomorrow))
    path = f"/zones/{cast.zone_id}"
    before = words(app.test_client().get(path))
    assert "公示期规定" not in before
    assert "赋权最低份额" not in before
    clock.advance(days=1)
    after = words(app.test_client().get(path))
    assert "不少于 20 日" in after
    assert "完成人取得不少于 80%" in after


def test_the_zones_authority_finds_its_rules_on_the_workbench(app, cast):
    page = words(app.test_client().sign_in(cast.zone_admin).get("/work"))
    assert "公示期规定" in page
    assert "赋权最低份额" in page

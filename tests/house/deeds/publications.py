"""Deeds around what is public: withdrawn, opened to those under an agreement, looked at by them."""

import io

from listings.achievements.files import add_file
from marketplace.moderation.cases import propose_take_down
from marketplace.moderation.grounds import Removal
from tests.house.deeds.deed import Call, Deed, fact, nothing, said
from tests.house.deeds.drafts import DOCUMENT, about
from tests.house.deeds.market import Market
from tests.listings.achievements.desk import RICH, credit_code

LOOKED = said("achievement.confidential_viewed", because="the look itself is what is kept")
NO_REASON = {"reason": "bored"}


def withdraw(market: Market) -> Call:
    return about(market.desk.published(), {"reason": "title_dispute"})


def withdraw_in_review(market: Market) -> Call:
    """The next text is in review, and the zone has proposed to take the public one down."""
    made = market.desk.published()
    with market.as_("moderator") as ctx:
        propose_take_down(ctx, "achievement", made, Removal("inaccurate"))
    market.desk.save(made, title="另一个名称")
    market.desk.submit(made)
    return about(made, {"reason": "title_dispute"})


def agree(market: Market) -> Call:
    fields = {"credit_code": credit_code("firm"), "agreement": "云岫密协 2026-07"}
    return about(market.desk.published(), fields)


def agree_again(market: Market) -> Call:
    call = agree(market)
    market.desk.agree(call.at["achievement_id"])
    return call


def look(market: Market) -> Call:
    made = market.desk.published(**RICH)
    market.desk.agree(made)
    return Call("firm_agent", {"achievement_id": made})


def take_a_file(market: Market) -> Call:
    made, actor = market.desk.complete(**RICH), market.cast.tto_officer.actor
    with market.app.app_context():
        kept = add_file(actor, made, DOCUMENT.name, io.BytesIO(DOCUMENT.content), "nda")
    market.desk.submit(made)
    market.desk.publish(made)
    market.desk.agree(made)
    return Call("firm_agent", {"achievement_id": made, "digest": kept.digest})


DEEDS = (
    Deed("achievement_acts.withdraw_now", withdraw, fact("achievement.withdrawn"), mistake=NO_REASON),
    Deed(
        "achievement_acts.withdraw_now",
        withdraw_in_review,
        fact("achievement.withdrawn", "case.closed", "case.closed"),
        "with a review and a take-down waiting",
    ),
    Deed(
        "achievement_acts.give_access",
        agree,
        fact("achievement.access_granted"),
        mistake={"credit_code": "123"},
    ),
    Deed("achievement_acts.give_access", agree_again, nothing(because="it is known already"), "again"),
    Deed("achievement_acts.confidential", look, LOOKED),
    Deed("achievement_acts.confidential_download", take_a_file, LOOKED),
    Deed("api_achievements.withdraw_achievement", withdraw, fact("achievement.withdrawn"), mistake=NO_REASON),
)

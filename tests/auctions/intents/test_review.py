"""Looking at parties: the host's opinion, the seller's answer, silence, and reasons that were published."""

from datetime import timedelta

import pytest

from auctions.intents.reply import agree_to, object_to
from auctions.intents.review import (
    Rejection,
    ask_supplement,
    opine_qualified,
    overrule_objection,
    reject_intent,
)
from auctions.intents.services import supplement_intent
from auctions.intents.supplements import rounds_of
from auctions.trades.services import terminate_trade
from marketplace.core.errors import Conflict, Forbidden, Invalid
from marketplace.core.ticker import tick


def test_the_host_asks_and_the_party_supplements(floor, counter):
    made = counter.registered(floor.announced())
    with floor.host() as ctx:
        ask_supplement(ctx, made, "请提供产线清单。")
    with counter.acting("firm_agent") as ctx:
        supplement_intent(ctx, made, "清单见附件。")
    found = counter.look(made)
    assert found.state == "registered"
    assert [(one.asked, one.answer) for one in rounds_of(found)] == [("请提供产线清单。", "清单见附件。")]


@pytest.mark.parametrize(
    "given",
    [
        Rejection("condition", 2, "没有产线。"),
        Rejection("condition", None, "没有产线。"),
        Rejection("too_small", None, "规模太小。"),
    ],
)
def test_what_was_not_published_is_no_reason_to_reject(floor, counter, given):
    made = counter.registered(floor.announced())
    with floor.host() as ctx, pytest.raises(Invalid) as caught:
        reject_intent(ctx, made, given)
    assert {error.code for error in caught.value.errors} == {"unpublished_condition"}


def test_a_published_condition_or_a_statutory_ground_rejects(floor, counter):
    trade = floor.announced()
    made, other = counter.registered(trade), counter.registered(trade, "rival_agent")
    with floor.host() as ctx:
        reject_intent(ctx, made, Rejection("condition", 1, "没有产线。"))
    with floor.host() as ctx:
        reject_intent(ctx, other, Rejection("identity", None, "授权书已过期。"))
    assert {counter.look(one).state for one in (made, other)} == {"rejected"}
    assert all(counter.look(one).settled_at for one in (made, other))


def test_the_silence_of_the_seller_is_consent(app, floor, counter, clock):
    made = counter.opined(floor.announced())
    clock.move_to(counter.look(made).next_deadline + timedelta(seconds=1))
    with app.app_context():
        tick()
    assert counter.look(made).state == "qualified"
    assert counter.deposit(made).state == "required"


def test_the_seller_objects_and_the_host_decides(floor, counter):
    trade = floor.announced()
    made, other = counter.opined(trade), counter.opined(trade, "rival_agent")
    for intent in (made, other):
        with floor.seller() as ctx:
            object_to(ctx, intent, "对方与我单位有诉讼。")
    with floor.host() as ctx:
        overrule_objection(ctx, made, "公告没有这项条件。")
    with floor.host() as ctx:
        reject_intent(ctx, other, Rejection("condition", 1, "没有产线。"))
    assert counter.look(made).state == "qualified"
    assert counter.look(other).state == "rejected"


def test_only_the_host_opines_and_only_the_seller_answers(floor, counter):
    made = counter.registered(floor.announced())
    with floor.seller() as ctx, pytest.raises(Forbidden):
        opine_qualified(ctx, made)
    with floor.host() as ctx:
        opine_qualified(ctx, made)
    with counter.acting("firm_agent") as ctx, pytest.raises(Forbidden):
        agree_to(ctx, made)


def test_who_settles_money_in_a_trade_does_not_judge_its_parties(floor, counter, ctx_for, cast):
    trade = floor.announced()
    counter.recorded(trade)
    made = counter.registered(trade, "rival_agent")
    actor = cast.settlement_clerk.actor
    both = type(actor)(**{**actor.__dict__, "roles": frozenset({"settlement_clerk", "moderator"})})
    with ctx_for(both) as ctx, pytest.raises(Conflict) as caught:
        opine_qualified(ctx, made)
    assert caught.value.code == "settlement_officer"


def test_without_a_deposit_who_qualifies_is_eligible_and_the_trade_goes_on_by_itself(
    app, floor, counter, clock
):
    trade = floor.announced(deposit_fen=0)
    made = counter.registered(trade)
    floor.run_out(trade)
    with floor.host() as ctx:
        opine_qualified(ctx, made)
    clock.advance(days=20)
    with app.app_context():
        tick()
    assert counter.look(made).state == "eligible"
    found = floor.look(trade)
    assert floor.kinds(trade).count("trade.one_eligible") == 1
    assert found.state in {"agreeing", "unsold"}


def test_two_eligible_parties_quote(floor, counter):
    trade = floor.announced()
    counter.eligible(trade, 2)
    floor.run_out(trade)
    assert floor.look(trade).state == "quoting"


def test_undecided_parties_lapse_with_their_trade(floor, counter):
    trade = floor.announced()
    made = counter.opined(trade)
    with floor.host() as ctx:
        terminate_trade(ctx, trade, "成果权属发生争议。")
    assert counter.look(made).state == "lapsed"

"""Offers by commands: one for each party, final, in the order of the log, at the right moment or not at all."""

import hashlib
import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from auctions.offers.models import TradeOffer
from auctions.offers.queries import opened_offers, own_intent, own_offer, receipt_of
from auctions.offers.services import NewOffer, take_offer
from auctions.trades.services import terminate_trade
from marketplace.core.context import SYSTEM
from marketplace.core.errors import Conflict, Forbidden, Invalid, NotFound
from marketplace.core.journal import entries_of
from tests.auctions.parties import FIRMS
from tests.listings.plans.office import WAN
from tests.threads import together


def said(floor, trade, kind):
    with floor.ctx_for(SYSTEM) as ctx:
        return [entry.data for entry in entries_of(ctx.session, trade) if entry.kind == kind]


def test_a_sole_party_meets_the_price_and_the_trade_is_decided(parties, floor):
    made = parties.offering(1)
    assert floor.look(made).state == "agreeing"
    parties.offer(made, "firm_agent", 80)
    assert floor.look(made).state == "decided"
    assert said(floor, made, "trade.offer_received")[0]["amount_fen"] == 80 * WAN


def test_a_sealed_offer_is_journalled_without_its_amount_until_all_are_opened(parties, floor):
    made = parties.offering(2)
    parties.offer(made, "firm_agent", 81)
    parties.offer(made, "rival_agent", 82)
    for entry in said(floor, made, "trade.offer_received"):
        assert set(entry) == {"code", "position", "commitment"}
    with floor.ctx_for(SYSTEM) as ctx:
        assert opened_offers(ctx, made) == []
    floor.run_out(made)
    (opened,) = said(floor, made, "trade.offers_opened")
    amounts = [(one["code"], one["position"], one["amount_fen"]) for one in opened["offers"]]
    assert amounts == [("01", 1, 81 * WAN), ("02", 2, 82 * WAN)]
    kinds = floor.kinds(made)
    assert kinds[-2:] == ["trade.opened", "trade.offers_opened"]


def test_the_commitment_is_the_digest_of_what_the_receipt_says(parties, floor):
    made = parties.offering(2)
    parties.offer(made, "rival_agent", 90.5)
    with floor.ctx_for(parties.member("rival_agent").actor) as ctx:
        receipt = receipt_of(own_offer(ctx, own_intent(ctx, made)))
    assert hashlib.sha256(receipt.text.encode()).hexdigest() == receipt.commitment
    assert json.loads(receipt.text)["offer"]["amount_fen"] == 9_050 * WAN // 100


def test_an_offer_is_made_once_and_a_retry_gets_the_first(parties, floor):
    made = parties.offering(2)
    first = parties.offer(made, "firm_agent", 81, key="one")
    assert parties.offer(made, "firm_agent", 99, key="one") == first
    with pytest.raises(Conflict) as caught:
        parties.offer(made, "firm_agent", 99, key="two")
    assert caught.value.code == "repeated"
    assert said(floor, made, "trade.offer_refused") == [{"code": "01", "reason": "repeated"}]


def test_an_offer_below_the_price_is_refused_and_only_that_is_said(parties, floor):
    made = parties.offering(2)
    with pytest.raises(Invalid):
        parties.offer(made, "firm_agent", 79.99)
    assert said(floor, made, "trade.offer_refused") == [{"code": "01", "reason": "below_price"}]
    parties.offer(made, "firm_agent", 80)


def test_the_instant_of_the_deadline_is_closed(parties, floor, clock):
    made = parties.offering(2)
    end = floor.look(made).next_deadline
    clock.move_to(end - timedelta(microseconds=1))
    parties.offer(made, "firm_agent", 81)
    clock.move_to(end)
    with pytest.raises(Conflict) as caught:
        parties.offer(made, "rival_agent", 99)
    assert caught.value.code == "late"
    assert floor.look(made).state == "decided"
    assert said(floor, made, "trade.offer_refused") == [{"code": "02", "reason": "late"}]


def test_nobody_offers_while_the_trade_is_suspended(parties, floor):
    made = parties.offering(2)
    floor.suspend(made)
    with pytest.raises(Conflict) as caught:
        parties.offer(made, "firm_agent", 81)
    assert caught.value.code == "suspended"


def test_only_eligible_parties_offer(parties, floor):
    made = floor.announced()
    parties.register(made, "third_agent", state="rejected")
    parties.offering(2, made)
    with pytest.raises(Conflict) as caught:
        parties.offer(made, "third_agent", 81)
    assert caught.value.code == "not_eligible"
    with pytest.raises(Forbidden):
        parties.offer(made, "broker", 81)
    with pytest.raises(NotFound):
        parties.offer("trd_00000000000000000000", "firm_agent", 81)


def test_an_offer_before_its_time_is_no_attempt(parties, floor):
    made = floor.announced()
    parties.register(made, "firm_agent")
    with pytest.raises(Conflict) as caught:
        parties.offer(made, "firm_agent", 81)
    assert caught.value.code == "not_open"
    assert said(floor, made, "trade.offer_refused") == []


def test_what_was_not_opened_before_the_end_stays_sealed(parties, floor):
    made = parties.offering(2)
    parties.offer(made, "firm_agent", 81)
    with floor.host() as ctx:
        terminate_trade(ctx, made, "出让方被依法冻结资产。")
    with floor.ctx_for(SYSTEM) as ctx:
        assert opened_offers(ctx, made) == []
    assert said(floor, made, "trade.offers_opened") == []


def test_offers_at_the_same_moment_get_places_without_gaps(app, parties, floor):
    made = parties.offering(3)
    actors = [parties.member(part).actor for part in FIRMS]

    def offer(index):
        try:
            return take_offer(actors[index % 3], made, NewOffer((80 + index) * WAN), f"key {index % 3}")
        except Conflict as conflict:
            return conflict.code

    answers = together(app, 12, offer)
    assert len(set(answers)) == 3
    with floor.ctx_for(SYSTEM) as ctx:
        kept = ctx.session.execute(select(TradeOffer.position, TradeOffer.intent_id)).all()
    assert sorted(position for position, _ in kept) == [1, 2, 3]
    assert len({intent for _, intent in kept}) == 3
    assert len(said(floor, made, "trade.offer_received")) == 3

"""Who buys in a listing for sale: an oracle that knows nothing of the code, whatever order things are told in."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from auctions.procedure import ELIGIBLE, EXERCISED, OUT, SILENT, WAIVED, Bidder, Facts, Holder, Offer
from auctions.procedures.listing_for_sale import PROCEDURE
from auctions.terms.listing import ListingTerms

START = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
PRICE = 1_000
amounts = st.integers(min_value=PRICE - 2, max_value=PRICE + 3)  # few of them, so that many are equal


@st.composite
def facts_drawn(draw):
    """Up to seven bidders, some of them out, each with an offer near the price, in any order."""
    count = draw(st.integers(0, 7))
    states = [draw(st.sampled_from([ELIGIBLE, ELIGIBLE, OUT])) for _ in range(count)]
    bidders = [Bidder(f"{n + 1:02d}", n + 1, state, START) for n, state in enumerate(states)]
    offering = draw(st.permutations(bidders))[: draw(st.integers(0, count))]
    offers = [
        Offer(bidder.code, draw(amounts), n + 1, START + timedelta(minutes=n))
        for n, bidder in enumerate(offering)
    ]
    holders = [
        Holder(f"Y{n + 1:02d}", draw(st.integers(1, 3)), START, draw(st.sampled_from([SILENT, WAIVED, EXERCISED])), START)
        for n in range(draw(st.integers(0, 3)))
    ]  # fmt: skip
    return Facts("decided", ListingTerms(PRICE), (), None, tuple(bidders), tuple(offers), tuple(holders))


def oracle(facts):
    """Walk through the log; a later offer wins only by being higher. Then the first holder in rank steps in."""
    eligible = {bidder.code for bidder in facts.bidders if bidder.state == ELIGIBLE}
    best = None
    for offer in sorted(facts.offers, key=lambda one: one.position):
        counts = offer.bidder in eligible and offer.amount_fen >= PRICE
        if counts and (best is None or offer.amount_fen > best.amount_fen):
            best = offer
    if best is None:
        return None
    buyer = best.bidder
    for rank in (1, 2, 3):
        takers = sorted(h.code for h in facts.holders if h.rank == rank and h.answer == EXERCISED)
        if takers:
            buyer = takers[0]
            break
    return buyer, best.amount_fen


def shuffled(draw, facts):
    parts = {
        name: tuple(draw(st.permutations(getattr(facts, name)))) for name in ("bidders", "offers", "holders")
    }
    return Facts(facts.state, facts.terms, **parts)


@given(st.data())
def test_the_award_is_the_oracles_in_whatever_order_it_is_told(data):
    facts = data.draw(facts_drawn())
    found = PROCEDURE.result(shuffled(data.draw, facts))
    assert (None if found is None else (found.buyer, found.price_fen)) == oracle(facts)
    assert found == PROCEDURE.result(facts)


def sealed(*offers, holders=()):
    """Offers as (bidder, amount, position) of eligible parties."""
    bidders = tuple(Bidder(code, int(code), ELIGIBLE, START) for code in sorted({one[0] for one in offers}))
    made = tuple(Offer(code, amount, position, START) for code, amount, position in offers)
    return Facts("decided", ListingTerms(PRICE), (), None, bidders, made, holders)


def test_of_equal_offers_the_earliest_in_the_log_wins_in_both_directions():
    first = PROCEDURE.result(sealed(("01", 1_500, 1), ("02", 1_500, 2)))
    second = PROCEDURE.result(sealed(("01", 1_500, 2), ("02", 1_500, 1)))
    assert (first.buyer, first.how, first.offer) == ("01", "earliest", 1)
    assert (second.buyer, second.how, second.offer) == ("02", "earliest", 1)


def test_equal_offers_below_the_best_do_not_make_a_tie():
    found = PROCEDURE.result(sealed(("01", 1_200, 1), ("02", 1_200, 2), ("03", 1_500, 3)))
    assert (found.buyer, found.how) == ("03", "highest")


def test_an_equal_offer_of_somebody_who_is_out_makes_no_tie():
    facts = sealed(("01", 1_500, 2), ("02", 1_500, 1), ("03", 1_100, 3))
    out = tuple(Bidder(b.code, b.position, OUT if b.code == "02" else b.state, START) for b in facts.bidders)
    found = PROCEDURE.result(Facts("decided", facts.terms, bidders=out, offers=facts.offers))
    assert (found.buyer, found.how) == ("01", "highest")


def test_a_sole_party_buys_at_what_it_offered():
    found = PROCEDURE.result(sealed(("01", 1_700, 1)))
    assert (found.buyer, found.price_fen, found.how) == ("01", 1_700, "sole")


@given(st.permutations([1, 2, 3]))
def test_the_first_in_rank_steps_in_at_the_price_found(ranks):
    holders = tuple(Holder(f"Y{rank:02d}", rank, START, EXERCISED, START) for rank in ranks)
    found = PROCEDURE.result(sealed(("01", 1_500, 1), ("02", 1_400, 2), holders=holders))
    assert (found.buyer, found.price_fen, found.how, found.offer) == ("Y01", 1_500, "first_refusal", 1)


def test_whoever_waived_or_kept_silent_steps_in_never():
    holders = (Holder("Y01", 1, START, WAIVED, START), Holder("Y02", 2, START, SILENT, None))
    assert PROCEDURE.result(sealed(("01", 1_500, 1), holders=holders)).buyer == "01"


def test_without_an_offer_there_is_nothing_to_refuse_first():
    holders = (Holder("Y01", 1, START, EXERCISED, START),)
    assert PROCEDURE.result(sealed(("01", PRICE - 1, 1), holders=holders)) is None

"""What every procedure must keep to: asked of each file in the folder, and of one that only the tests have."""

import dataclasses
import inspect
import re
import sys
from datetime import date

import pytest

import auctions.procedures
from auctions.procedure import HOST, PUBLIC, RESTART, RESUME, SELLER, SUSPEND
from auctions.trades import kinds
from auctions.trades.diagrams import diagram, document, terms_of
from auctions.trades.kinds import found_in, procedures, terms_from, terms_json
from auctions.trades.policy import PERMISSIONS
from auctions.trades.services import announce_trade, submit_trade
from marketplace.core.calendar import load_calendar
from tests.auctions.floor import LOT
from tests.auctions.procedures import toys

CALENDAR = load_calendar(None)
FOUND = {**found_in(auctions.procedures), **found_in(toys)}
NAME = re.compile(r"[a-z]+(_[a-z]+)*")
each = pytest.mark.parametrize("procedure", FOUND.values(), ids=FOUND.keys())


def edges(procedure):
    for act in (*procedure.moves, *procedure.clocks):
        for source in act.source:
            yield act, source, act.target if act.target is not None else source


@each
def test_every_state_can_be_reached(procedure):
    reached, before = {procedure.initial}, set()
    while reached != before:
        before = set(reached)
        reached |= {target for _, source, target in edges(procedure) if source in reached}
    assert reached == set(procedure.states)


@each
def test_only_final_states_are_dead_ends(procedure):
    leaving = {source for _, source, target in edges(procedure) if target != source}
    assert set(procedure.states) - leaving == procedure.final


@each
def test_every_move_leads_from_known_states_to_a_known_state(procedure):
    for _, source, target in edges(procedure):
        assert {source, target} <= set(procedure.states)
    assert len(set(procedure.states)) == len(procedure.states)
    for group in (procedure.registering, procedure.offering, procedure.final):
        assert group <= set(procedure.states)
    assert procedure.sealed <= procedure.offering
    assert procedure.succeeded <= procedure.final


@each
def test_every_move_has_a_name_words_in_both_languages_and_a_place_in_the_journal(procedure):
    acts = (*procedure.moves, *procedure.clocks)
    assert len({act.name for act in acts}) == len(acts)
    for act in acts:
        assert NAME.fullmatch(act.name)
        assert NAME.fullmatch(act.event)
        assert act.effect in {"", SUSPEND, RESUME, RESTART}
        assert act.words.zh
        assert act.words.en.isascii()
    for stage in procedure.stages:
        assert stage.seen in {SELLER, HOST, PUBLIC}
        assert stage.words.zh
        assert stage.words.en.isascii()


@each
def test_every_right_is_in_the_policy(procedure):
    assert {move.permission for move in procedure.moves} <= set(PERMISSIONS)


@each
def test_every_clock_counts_by_a_term_with_a_legal_basis(procedure):
    chosen = procedure.terms()
    for clock in procedure.clocks:
        for state in clock.source:
            terms = [*clock.terms, *procedure.stage(state).terms(chosen)]
            assert terms, (clock.name, state)
            for term in terms:
                assert term.basis.law
                assert term.basis.text


@each
def test_every_period_stands_in_a_state_that_the_clock_leaves(procedure):
    for stage in procedure.stages:
        if stage.period:
            assert any(stage.state in clock.source and clock.target for clock in procedure.clocks)
            assert list(stage.terms(procedure.terms()))


@each
def test_terms_are_frozen_and_survive_being_stored(procedure):
    assert dataclasses.is_dataclass(procedure.terms)
    assert procedure.terms.__dataclass_params__.frozen
    chosen = procedure.terms()
    assert terms_from(procedure, terms_json(procedure, chosen)) == chosen


@each
def test_the_days_are_foreseen_in_order(procedure):
    chosen = dataclasses.replace(procedure.terms(), price_fen=80_000_000)
    days = [milestone.on for milestone in procedure.foresee(chosen, date(2026, 3, 2), CALENDAR)]
    assert days
    assert days == sorted(days)


@each
def test_every_state_and_move_is_in_the_drawing(procedure):
    drawn = "\n".join(diagram(procedure))
    for stage in procedure.stages:
        assert f"{stage.state}: {stage.words.en}" in drawn
    for act in (*procedure.moves, *procedure.clocks):
        assert act.name in drawn
    assert all(term.name in document(procedure) for term in terms_of(procedure))


@each
def test_a_file_is_named_after_its_kind(procedure):
    package = toys if procedure.kind in found_in(toys) else auctions.procedures
    assert found_in(package)[procedure.kind] is procedure
    assert f"{package.__name__}.{procedure.kind}" in sys.modules


def test_a_procedure_sees_neither_tables_nor_the_clock_of_the_house():
    """Pure: core without the database, and what the procedures share."""
    allowed = (
        "auctions.procedure",
        "auctions.procedures",
        "auctions.terms",
        "auctions.guards",
        "auctions.steps",
        "auctions.regimes",
    )
    forbidden = (
        "marketplace.core.db",
        "marketplace.core.uow",
        "marketplace.core.journal",
        "marketplace.core.runtime",
    )
    for kind in procedures():
        source = inspect.getsource(sys.modules[f"auctions.procedures.{kind}"])
        imported = re.findall(
            r"^(?:from|import) ((?:auctions|marketplace|listings)[\w.]*)", source, re.MULTILINE
        )
        for name in imported:
            assert name.startswith((*allowed, "marketplace.core")), name
            assert not name.startswith(forbidden), name


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("first_come", {"price_fen": "80"}),
        ("live_listing", {"price_fen": "80", "step_fen": "1", "open_d": "12"}),
    ],
)
def test_a_procedure_is_edited_by_a_form_made_from_its_terms(client, cast, floor, monkeypatch, kind, typed):
    monkeypatch.setattr(kinds, "procedures", lambda: FOUND)
    made = floor.drafted_as(kind, *floor.planned())
    seller = client.sign_in(cast.tto_officer)
    page = seller.get(f"/work/trades/{made}/edit")
    assert all(f'name="{name}"' in page.text for name in typed)
    lot = {**LOT, "mode": "licence_ordinary", "nature": "state_institution", "version": "1"}
    answer = seller.submit(f"/work/trades/{made}/edit", {**lot, **typed})
    assert answer.status_code == 303, answer.text
    stored = floor.look(made).terms
    assert stored["price_fen"] == 80_000_000
    assert stored.get("step_fen", 1_000_000) == 1_000_000
    assert stored.get("open_d", 12) == 12
    assert seller.get(f"/trades/{made}").status_code == 200


def test_one_file_is_a_procedure_that_the_house_serves(client, floor, monkeypatch):
    monkeypatch.setattr(kinds, "procedures", lambda: FOUND)
    achievement, plan = floor.planned()
    made = floor.drafted_as("first_come", achievement, plan)
    floor.save(made, price_fen=80_000_000, **LOT)
    with floor.seller() as ctx:
        submit_trade(ctx, made)
    with floor.host() as ctx:
        announce_trade(ctx, made)
    assert floor.look(made).number.startswith("XS2026")
    assert "先到先得" in client.get(f"/trades/{made}").text
    assert client.get(f"/api/v1/trades/{made}").json["kind"] == "first_come"
    floor.run_out(made)
    assert floor.look(made).state == "unsold"
    assert floor.kinds(made)[-2:] == ["trade.announced", "trade.lapsed"]

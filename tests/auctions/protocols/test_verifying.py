"""A genuine protocol verifies from the file alone; whatever figure of it is altered, somebody who recomputes it sees."""

import copy
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from auctions.protocols.cli import protocol
from auctions.protocols.verifying import verify
from auctions.protocols.writing import found_result, protocol_of
from auctions.trades.engine import catch_up
from auctions.trades.models import Trade
from auctions.trades.services import resume_trade, terminate_trade
from marketplace.core.context import SYSTEM
from marketplace.core.errors import Conflict, Invalid, NotFound


def protocol_now(floor, trade_id) -> dict[str, Any]:
    with floor.ctx_for(SYSTEM) as ctx:
        trade = ctx.session.get_one(Trade, trade_id)
        catch_up(ctx, trade)
        return json.loads(json.dumps(protocol_of(ctx, trade)))


def busy(parties, floor, clock) -> str:
    """Suspended for a while, three offers of which two are equal, two refused ones."""
    made = floor.announced()
    clock.advance(days=3)
    floor.suspend(made)
    clock.advance(days=5)
    with floor.host() as ctx:
        resume_trade(ctx, made)
    parties.offering(3, made)
    with pytest.raises(Invalid):
        parties.offer(made, "firm_agent", 79)
    clock.advance(minutes=1)
    for part, amount in (("third_agent", 95), ("firm_agent", 95), ("rival_agent", 90)):
        parties.offer(made, part, amount)
        clock.advance(minutes=1)
    floor.run_out(made)
    with pytest.raises(Conflict):
        parties.offer(made, "firm_agent", 99)
    return made


def test_a_genuine_protocol_holds_and_agrees_with_the_trade(parties, floor, clock):
    made = busy(parties, floor, clock)
    finding = verify(protocol_now(floor, made))
    assert finding.problem is None, finding.text("en")
    with floor.ctx_for(SYSTEM) as ctx:
        assert finding.result == found_result(ctx, ctx.session.get_one(Trade, made))
    assert (finding.result.buyer, finding.result.how) == ("03", "earliest")


def test_a_sole_buyer_and_a_trade_without_one_hold(parties, floor):
    sole = protocol_now(floor, parties.decided(firm_agent=80))
    assert verify(sole).result.how == "sole"


def test_a_trade_that_nobody_wanted_holds(floor):
    made = floor.announced(extensions=1)
    floor.run_out(made)
    floor.run_out(made)
    finding = verify(protocol_now(floor, made))
    assert finding.problem is None, finding.text("en")
    assert finding.result is None


def test_what_was_ended_before_the_opening_holds_and_stays_sealed(parties, floor):
    made = parties.offering(2)
    parties.offer(made, "firm_agent", 81)
    with floor.host() as ctx:
        terminate_trade(ctx, made, "出让方被依法冻结资产。")
    told = protocol_now(floor, made)
    assert told["offers"][0]["amount_fen"] is None
    assert told["offers"][0]["salt"] is None
    finding = verify(told)
    assert finding.problem is None, finding.text("en")


def test_there_is_no_protocol_before_the_opening(parties, floor):
    made = parties.offering(2)
    with pytest.raises(NotFound):
        protocol_now(floor, made)


@pytest.mark.parametrize("asked", ["json", "api"])
def test_everybody_reads_it_once_nobody_can_offer_any_more(parties, floor, client, asked):
    path = {"json": "/trades/{}/protocol.json", "api": "/api/v1/trades/{}/protocol"}[asked]
    made = parties.offering(2)
    parties.offer(made, "firm_agent", 81)
    assert client.get(path.format(made)).status_code == 404
    floor.run_out(made)
    answer = client.get(path.format(made))
    assert verify(answer.get_json()).problem is None
    assert "拾光" not in answer.get_data(as_text=True)


def test_the_command_prints_the_winner_or_the_first_disagreement(parties, floor, clock, tmp_path):
    told = protocol_now(floor, busy(parties, floor, clock))
    file = tmp_path / "p.json"
    file.write_text(json.dumps(told))
    run = CliRunner().invoke(protocol, ["verify", str(file)])
    assert run.exit_code == 0
    assert "受让方 03" in run.output
    told["offers"][1]["amount_fen"] += 100
    file.write_text(json.dumps(told))
    run = CliRunner().invoke(protocol, ["verify", str(file), "--lang", "en"])
    assert run.exit_code == 1
    assert "offers.1.commitment" in run.output
    file.write_text("{")
    assert CliRunner().invoke(protocol, ["verify", str(file)]).exit_code == 1


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield from leaves(part, (*path, name))
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from leaves(part, (*path, place))
    else:
        yield path


def altered(value: Any, draw: Any) -> Any:
    """Another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + draw(st.sampled_from([-1, 1, 100]))
    if value is None:
        return draw(st.sampled_from(["2026-03-05T00:00:00Z", 1]))
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value[:-1] + ("0" if value[-1:] != "0" else "1") if value else "x"
    change = draw(st.sampled_from([timedelta(microseconds=1), timedelta(days=1), timedelta(days=-1)]))
    return (moment + change).isoformat()


#: What no rule looks at, but for its order in time: nothing else follows from it.
FREE = {
    "rules",
    "as_of",
    "bidders.registered_at",
    "bidders.qualified_at",
    "bidders.reason",
    "bidders.settled_at",
    "refused.at",
    "offers.at",
}


def matters(path: tuple[Any, ...]) -> bool:
    return ".".join(part for part in path if isinstance(part, str)) not in FREE


@settings(max_examples=150)
@given(data=st.data())
def test_whatever_figure_is_altered_is_seen(data, parties, floor, clock, made_once):
    genuine = made_once(lambda: protocol_now(floor, busy(parties, floor, clock)))
    told = copy.deepcopy(genuine)
    paths = [path for path in leaves(told) if matters(path)]
    part = data.draw(st.sampled_from(sorted({path[0] for path in paths})))
    path = data.draw(st.sampled_from([path for path in paths if path[0] == part]))
    inner = told
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = altered(inner[path[-1]], data.draw)
    assert verify(told).problem is not None, path


@pytest.fixture
def made_once():
    """Makes a thing at the first of many examples."""
    kept: list[Any] = []

    def get(make):
        if not kept:
            kept.append(make())
        return kept[0]

    return get

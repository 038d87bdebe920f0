"""Trades in every state, for the market that the browser looks at."""

from auctions.questions.services import answer, ask
from auctions.trades.facts import holders_of
from auctions.trades.models import Trade
from auctions.trades.services import supplement_trade, terminate_trade
from tests.auctions.floor import PLAN, Floor


def trades_running(floor: Floor, ids: dict[str, str]) -> None:
    """From the draft to the listing, with questions, a suspension, a supplement, and a right of first refusal."""
    for name in ("drafted", "complete", "submitted", "assessed", "announced", "suspended", "supplemented"):
        state = "announced" if name in {"suspended", "supplemented"} else name
        ids[f"{name} trade"] = getattr(floor, state)()
    ids["ended trade"] = floor.announced()
    with floor.host() as ctx:
        terminate_trade(ctx, ids["ended trade"], "权属有争议。")
    floor.suspend(ids["suspended trade"])
    with floor.host() as ctx:
        supplement_trade(ctx, ids["supplemented trade"], "专利年费标准有调整。")
    with floor.ctx_for(floor.cast.firm_agent.actor) as ctx:
        first = ask(ctx, ids["announced trade"], "样机能否参观？").id
        ids["open question"] = ask(ctx, ids["announced trade"], "能否分期付款？").id
    with floor.seller() as ctx:
        answer(ctx, ids["announced trade"], first, "可以，请预约。")
    _, ids["tradeable plan"] = floor.planned()
    floor.plan = {**PLAN, "mode": "assignment"}
    ids["assigned trade"] = floor.submitted(scope="")
    with floor.seller() as ctx:
        ids["untold holder"] = holders_of(ctx, ctx.session.get_one(Trade, ids["assigned trade"]))[0].id
    floor.plan = {}

"""Deeds around a trade: begun, written, submitted, assessed, announced, asked about, stopped, ended."""

from collections.abc import Callable
from typing import Any

from auctions.questions.services import ask
from auctions.trades.facts import holders_of
from auctions.trades.models import Trade
from auctions.trades.services import Suspension, suspend_trade
from tests.auctions.floor import LISTING, LOT, PLAN, TERMS, Floor
from tests.house.deeds.deed import Call, Deed, fact, unsaid
from tests.house.deeds.market import Market

DRAFTED, SUBMITTED = fact("trade.drafted"), fact("trade.submitted")
WRITTEN = unsaid(
    "trade", because="a draft is its seller's own; what it says becomes a fact when it is submitted"
)
REASON = {"note": "项目另有安排。"}


def floor(market: Market) -> Floor:
    return Floor(market.cast, market.clock, market.work)


def about(made: str, fields: dict[str, Any] | None = None, *, by: str = "tto_officer", **at: str) -> Call:
    return Call(by, {"trade_id": made, **at}, fields=fields or {})


def simply(state: str, by: str = "tto_officer", **fields: Any) -> Callable[[Market], Call]:
    """A call about a trade that was brought into a state."""
    return lambda market: about(getattr(floor(market), state)(), dict(fields), by=by)


def assigned(market: Market) -> Floor:
    """Where the title moves, so that completers hold a right of first refusal."""
    made = floor(market)
    made.plan = {**PLAN, "mode": "assignment"}
    return made


def begin(market: Market) -> Call:
    achievement, plan = floor(market).planned()
    return Call("tto_officer", fields={"kind": LISTING, "achievement": achievement, "plan": plan})


def begin_by_program(market: Market) -> Call:
    achievement, plan = floor(market).planned()
    return Call("tto_officer", fields={"kind": LISTING, "achievement_id": achievement, "plan_id": plan})


def submit(market: Market) -> Call:
    made = floor(market).complete()
    return about(made, {"version": str(floor(market).look(made).version)})


def put(market: Market) -> Call:
    rights = [{"kind": "patent_invention", "number": "", "holder": "云岫大学"}]
    lot = {**LOT, "rights": rights, "mode": "licence_ordinary", "nature": "state_institution"}
    return about(floor(market).drafted(), {"lot": lot, "terms": TERMS})


def assess(market: Market) -> Call:
    given = {"result": "passed", "document": "登记簿 2026-1", "checked_on": "2026-03-01"}
    return about(floor(market).submitted(), given, by="moderator", gate="title")


def resume(market: Market) -> Call:
    made = floor(market).announced()
    with market.as_("moderator") as ctx:
        suspend_trade(ctx, made, Suspension("权属异议"))
    return about(made, by="moderator")


def tell(market: Market) -> Call:
    made = assigned(market).submitted(scope="")
    return about(made, {"way": "书面送达", "document": "回证 1"}, holder_id=_holder(market, made))


def waive(market: Market) -> Call:
    made = assigned(market).submitted(scope="")
    floor(market).tell_holders(made)
    return about(made, {"answer": "waived", "document": "答复 1"}, holder_id=_holder(market, made))


def add(market: Market) -> Call:
    made = assigned(market).submitted(scope="")
    return about(made, {"kind": "commissioner", "name": "望川仪器有限公司"})


def reply(market: Market) -> Call:
    made = floor(market).announced()
    with market.as_("firm_agent") as ctx:
        question = ask(ctx, made, "样机能否参观？").id
    return about(made, {"answer": "可以，请预约。"}, question_id=question)


def _holder(market: Market, made: str) -> str:
    with market.as_system() as ctx:
        return holders_of(ctx, ctx.session.get_one(Trade, made))[0].id


OUTDATED = {"version": "99"}
QUESTION = {"text": "样机能否参观？"}
ASKED, ANSWERED = fact("trade.question_asked"), fact("trade.question_answered")
DEEDS = (
    Deed("trade_list.create", begin, DRAFTED, mistake={"kind": "nonsense"}),
    Deed("api_trades.post_trade", begin_by_program, DRAFTED, mistake={"plan_id": "nonsense"}),
    Deed(
        "trade_edit.save",
        simply("drafted", matters="设备另行采购。", version="1"),
        WRITTEN,
        mistake={"deposit_fen": "八万"},
    ),
    Deed("api_trades.put_trade", put, WRITTEN, mistake={"terms": {"price_fen": -1}}),
    Deed("trade_submission.submit", submit, SUBMITTED, mistake=OUTDATED),
    Deed("api_trades.post_trade_submission", simply("complete"), SUBMITTED),
    Deed("trade_submission.recall", simply("submitted"), fact("trade.recalled")),
    Deed("api_trades.post_trade_recall", simply("submitted"), fact("trade.recalled")),
    Deed("trade_acts.discard", simply("drafted"), fact("trade.discarded")),
    Deed("trade_acts.withdraw", simply("announced", **REASON), fact("trade.withdrawn"), mistake={"note": ""}),
    Deed(
        "api_trades.post_trade_withdrawal",
        simply("announced", **REASON),
        fact("trade.withdrawn"),
        mistake={"note": " "},
    ),
    Deed("trade_gates.assessment", assess, fact("trade.gate_assessed"), mistake={"checked_on": "2026-01-01"}),
    Deed("trade_desk.announce", simply("assessed", "moderator"), fact("trade.announced")),
    Deed(
        "trade_desk.return_",
        simply("submitted", "moderator", note="补充许可范围。"),
        fact("trade.returned"),
        mistake={"note": ""},
    ),
    Deed(
        "trade_desk.supplement",
        simply("announced", "moderator", note="年费标准调整。"),
        fact("trade.supplemented"),
        mistake={"note": ""},
    ),
    Deed(
        "trade_desk.suspend",
        simply("announced", "moderator", note="权属异议。", document="异议 1"),
        fact("trade.suspended"),
        mistake={"note": ""},
    ),
    Deed("trade_desk.resume", resume, fact("trade.resumed")),
    Deed(
        "trade_desk.terminate",
        simply("announced", "moderator", note="权属有争议。"),
        fact("trade.terminated"),
        mistake={"note": ""},
    ),
    Deed("trade_priority.adding", add, fact("trade.holder_added"), mistake={"kind": "nobody"}),
    Deed("trade_priority.notice", tell, fact("trade.holder_notified"), mistake={"document": ""}),
    Deed("trade_priority.answer", waive, fact("trade.holder_waived"), mistake={"answer": "perhaps"}),
    Deed(
        "trade_questions.asking",
        simply("announced", "firm_agent", **QUESTION),
        ASKED,
        mistake={"text": ""},
        stranger="tto_officer",
    ),
    Deed(
        "api_trades.post_trade_question",
        simply("announced", "firm_agent", **QUESTION),
        ASKED,
        mistake={"text": " "},
        stranger="tto_officer",
    ),
    Deed("trade_questions.answering", reply, ANSWERED, mistake={"answer": ""}),
    Deed("api_trades.post_trade_answer", reply, ANSWERED, mistake={"answer": " "}),
)

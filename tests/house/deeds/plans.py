"""Deeds around plans: begun, written, submitted, taken back, returned, decided, given up; and a look at the minutes."""

from typing import Any

from tests.core.uploads.documents_made import pdf
from tests.house.deeds.deed import Call, Deed, Upload, fact, said, unsaid
from tests.house.deeds.market import Market
from tests.listings.achievements.desk import RICH
from tests.listings.plans.office import COUNTS, PLAN, TRANSFER_OFFICE

WRITTEN = unsaid(
    "plan", because="a draft is the unit's own; what it says becomes a fact when it is submitted"
)
LOOKED = said("decision.minutes_viewed", because="the look itself is what is kept")
DRAFTED, SUBMITTED, DECIDED = (
    fact("plan.drafted"),
    fact("plan.submitted"),
    fact("decision.recorded", "plan.decided"),
)
OUTDATED = {"version": "99"}
RECORD: dict[str, Any] = {
    **{name: str(value) for name, value in COUNTS.items()},
    "body": TRANSFER_OFFICE,
    "held_on": "2026-02-27",
    "agenda_item": "普通许可",
    "result": "approved",
    "resolution": "云大技转会〔2026〕7 号",
    "minutes": Upload("纪要.pdf", pdf()),
}


def about(plan: str, fields: dict[str, Any] | None = None, by: str = "tto_officer") -> Call:
    return Call(by, {"plan_id": plan}, fields=fields or {})


def begin(market: Market) -> Call:
    return Call("tto_officer", fields={"achievement": market.desk.published(**RICH)})


def begin_by_program(market: Market) -> Call:
    return Call("tto_officer", fields={"achievement_id": market.desk.published(**RICH)})


def begin_instead(market: Market) -> Call:
    market.office.rules()
    return Call("tto_officer", fields={"plan": market.office.decided()})


def write(market: Market) -> Call:
    return about(market.office.drafted(), {"risks": "高湿天气下读数偏高。", "version": "1"})


def write_by_program(market: Market) -> Call:
    return about(market.office.drafted(), PLAN)


def submit(market: Market) -> Call:
    return about(market.office.complete(), {"version": "2"})


def submit_by_program(market: Market) -> Call:
    return about(market.office.complete())


def take_back(market: Market) -> Call:
    return about(market.office.submitted())


def give_back(market: Market) -> Call:
    return about(market.office.submitted(), {"note": "补充可比交易。"}, "unit_admin")


def discard(market: Market) -> Call:
    return about(market.office.drafted())


def decide(market: Market) -> Call:
    market.office.rules()
    return about(market.office.submitted(), RECORD, "unit_admin")


def refuse(market: Market) -> Call:
    call = decide(market)
    return about(
        call.at["plan_id"],
        {**RECORD, "result": "rejected", "votes_for": "1", "votes_against": "5"},
        "unit_admin",
    )


def decide_instead(market: Market) -> Call:
    market.office.rules()
    before = market.office.decided()
    made = market.office.replacing(before)
    market.office.submit(made)
    return about(made, RECORD, "unit_admin")


def withdraw(market: Market) -> Call:
    market.office.rules()
    return about(market.office.decided(), {"note": "受让方放弃。"}, "unit_admin")


def noticed(market: Market, state: str) -> str:
    """A decided plan with a notice about it."""
    market.office.rules()
    market.notices.subject = market.office.decided()
    getattr(market.notices, state)()
    return market.notices.subject


def withdraw_noticed(market: Market) -> Call:
    return about(noticed(market, "running"), {"note": "受让方放弃。"}, "unit_admin")


def withdraw_in_review(market: Market) -> Call:
    return about(noticed(market, "submitted"), {"note": "受让方放弃。"}, "unit_admin")


def withdraw_with_draft(market: Market) -> Call:
    return about(noticed(market, "drafted"), {"note": "受让方放弃。"}, "unit_admin")


def withdraw_certified(market: Market) -> Call:
    plan = noticed(market, "certified")
    return about(plan, {"note": "受让方放弃。"}, "unit_admin")


def decide_instead_of_noticed(market: Market) -> Call:
    made = market.office.replacing(noticed(market, "running"))
    market.office.submit(made)
    return about(made, RECORD, "unit_admin")


def look(market: Market) -> Call:
    market.office.rules()
    decision = market.office.look(market.office.decided()).decision
    assert decision is not None
    return Call("supervisor", {"decision_id": decision.id})


DEEDS = (
    Deed("plan_list.create", begin, DRAFTED, mistake={"achievement": "nonsense"}),
    Deed("plan_list.create", begin_instead, DRAFTED, "in place of a decided one"),
    Deed("api_plans.post_plan", begin_by_program, DRAFTED, mistake={"achievement_id": "nonsense"}),
    Deed("plan_edit.save", write, WRITTEN, mistake={"price_fen": "十二"}),
    Deed("api_plans.put_plan", write_by_program, WRITTEN, mistake={"price_fen": -1}),
    Deed("plan_submission.submit", submit, SUBMITTED, mistake=OUTDATED),
    Deed("api_plans.post_plan_submission", submit_by_program, SUBMITTED),
    Deed("plan_submission.recall", take_back, fact("plan.recalled")),
    Deed("plan_acts.return_", give_back, fact("plan.returned"), mistake={"note": ""}),
    Deed("plan_acts.discard", discard, fact("plan.discarded")),
    Deed("plan_decision.decide", decide, DECIDED, mistake={"votes_for": "9"}),
    Deed("plan_decision.decide", refuse, fact("decision.recorded", "plan.rejected"), "against the plan"),
    Deed(
        "plan_decision.decide",
        decide_instead,
        fact("decision.recorded", "plan.decided", "plan.superseded"),
        "in place of a decided one",
    ),
    Deed("plan_acts.withdraw", withdraw, fact("plan.withdrawn"), mistake={"note": ""}),
    Deed(
        "plan_decision.decide",
        decide_instead_of_noticed,
        fact("decision.recorded", "plan.decided", "plan.superseded", "notice.voided"),
        "in place of one with a notice that runs",
    ),
    *(
        Deed("plan_acts.withdraw", call, fact("plan.withdrawn", *entries), how)
        for call, entries, how in (
            (withdraw_noticed, ("notice.voided",), "while its notice runs"),
            (withdraw_in_review, ("notice.voided", "case.closed"), "while its notice waits for the zone"),
            (withdraw_with_draft, ("notice.discarded",), "with a draft of a notice"),
            (withdraw_certified, ("notice.overtaken",), "after its notice was certified"),
        )
    ),
    Deed("decisions.minutes", look, LOOKED),
)

"""Deeds around a grant of rights: begun, written, signed, put before the unit, decided, agreed, registered, ended."""

from collections.abc import Callable
from typing import Any

from listings.grants.models import RightsGrant
from tests.core.uploads.documents_made import pdf
from tests.house.deeds.deed import Call, Deed, Upload, fact, nothing, unsaid
from tests.house.deeds.market import Market
from tests.house.deeds.plans import RECORD
from tests.listings.achievements.desk import RICH
from tests.listings.disclosures.desk import signed_paper
from tests.listings.grants.desk import OWNERSHIP, PATENT, GrantDesk
from tests.listings.plans.office import PRESIDENT

DRAFTED = fact("grant.drafted")
_OWN = "a draft is its team's own; what it says becomes a fact when they sign it"
WRITTEN = unsaid("rights_grant", because=_OWN)
WRITTEN_WITH_TEAM = unsaid("rights_grant", "grant_completer", because=_OWN)
ASKED, SIGNED, SUBMITTED = fact("grant.signatures_asked"), fact("grant.signed"), fact("grant.submitted")
VOIDED = fact("grant.signatures_voided")
DECISION: dict[str, Any] = {**RECORD, "body": PRESIDENT}
AGREEMENT: dict[str, Any] = {
    "number": "云大赋权 2026-01",
    "decision_mechanism": "单位集体决策",
    "cost_sharing": "从收入中扣除",
    "ip_fees": "单位承担",
    "deal_mandate": "unit",
    "paper": Upload("协议.pdf", pdf()),
}


def desk(market: Market) -> GrantDesk:
    return GrantDesk(market.app, market.cast, market.clock, market.work)


def look(market: Market, made: str) -> RightsGrant:
    return desk(market).look(made)


def about(made: str, fields: dict[str, Any] | None = None, *, by: str = "inventor", **at: str) -> Call:
    return Call(by, {"grant_id": made, **at}, fields=fields or {})


def simply(state: str, by: str = "inventor", **fields: Any) -> Callable[[Market], Call]:
    """A call about a grant that was brought into a state."""
    return lambda market: about(getattr(desk(market), state)(), dict(fields), by=by)


def begin(market: Market) -> Call:
    return Call("inventor", fields={"achievement": market.desk.published(**RICH)})


def begin_by_program(market: Market) -> Call:
    return Call("inventor", fields={"achievement_id": market.desk.published(**RICH)})


def write_what_was_asked(market: Market) -> Call:
    made = desk(market).asked()
    return about(made, {"prospect": "另有两家园区询价。", "version": str(look(market, made).version)})


def sign(market: Market) -> Call:
    made = desk(market).asked()
    return about(made, {"digest": look(market, made).digest, "agreed": "y"})


def sign_by_program(market: Market) -> Call:
    call = sign(market)
    return about(call.at["grant_id"], {"digest": call.fields["digest"], "agreed": True})


def sign_as_the_last(market: Market) -> Call:
    alone = [{**OWNERSHIP["team"][0], "share_bp": 10_000}]
    made = desk(market).asked(team=alone)
    return about(made, {"digest": look(market, made).digest, "agreed": "y"})


def register(market: Market) -> Call:
    made = desk(market).asked()
    outsider = next(row for row in look(market, made).completers if row.user_id is None)
    fields = {"document": "签 2026-04", "file": Upload("签字.pdf", signed_paper())}
    return about(made, fields, completer_id=outsider.id)


def submit(market: Market) -> Call:
    made = desk(market).agreed()
    return about(made, {"version": str(look(market, made).version)})


def decide(market: Market) -> Call:
    market.office.rules()
    return about(desk(market).reviewed(), DECISION, by="unit_admin")


def refuse(market: Market) -> Call:
    made = decide(market).at["grant_id"]
    against = {**DECISION, "result": "rejected", "votes_for": "1", "votes_against": "5"}
    return about(made, against, by="unit_admin")


def agree(market: Market) -> Call:
    made = desk(market).certified()
    today = market.clock.now().date().isoformat()
    return about(made, {**AGREEMENT, "signed_on": today}, by="tto_officer")


def steps(name: str, state: str) -> Callable[[Market], Call]:
    def call(market: Market) -> Call:
        made = getattr(desk(market), state)()
        typed = {
            f"{name}-0-right": PATENT,
            f"{name}-0-day": market.clock.now().date().isoformat(),
            f"{name}-0-document": "回执 0001",
        }
        return about(made, typed, by="tto_officer")

    return call


def set_minimum(_market: Market) -> Call:
    return Call("zone_admin", fields={"share_bp": "80", "effective_from": "2026-04-01"})


OUTDATED = {"version": "99"}
END = {"reason": "breach", "note": "未按协议实施。"}
DEEDS = (
    Deed(
        "grant_zone.minimum",
        set_minimum,
        fact("zone.grant_minimum_set"),
        mistake={"effective_from": "2026-03-02"},
    ),
    Deed("grant_list.create", begin, DRAFTED, mistake={"achievement": "nonsense"}),
    Deed("api_grants.post_grant", begin_by_program, DRAFTED, mistake={"achievement_id": "nonsense"}),
    Deed(
        "grant_edit.save",
        simply("drafted", prospect="园区监测。", version="1"),
        WRITTEN,
        mistake={"share_bp": "七成"},
    ),
    Deed("grant_edit.save", write_what_was_asked, VOIDED, "of what the team was asked to sign"),
    Deed("api_grants.put_grant", simply("drafted", **OWNERSHIP), WRITTEN_WITH_TEAM, mistake={"share_bp": -1}),
    Deed("grant_acts.discard", simply("drafted"), fact("grant.discarded")),
    Deed("grant_team.ask", simply("complete"), ASKED),
    Deed("grant_team.ask", simply("drafted"), nothing(because="it is incomplete"), "too early", status=422),
    Deed("api_grants.ask_for_signatures", simply("complete"), ASKED),
    Deed("grant_team.sign_now", sign, SIGNED, mistake={"digest": "0" * 64}),
    Deed("grant_team.sign_now", sign_as_the_last, fact("grant.signed", "grant.team_agreed"), "as the last"),
    Deed("api_grants.sign_grant", sign_by_program, SIGNED, mistake={"digest": "0" * 64}),
    Deed(
        "grant_team.decline_now",
        simply("asked", reason="比例与约定不符"),
        fact("grant.declined", "grant.signatures_voided"),
        mistake={"reason": " "},
    ),
    Deed("grant_team.register", register, fact("grant.paper_registered"), mistake={"document": ""}),
    Deed("grant_team.reopen_now", simply("agreed"), fact("grant.reopened", "grant.signatures_voided")),
    Deed("grant_submission.submit", submit, SUBMITTED, mistake=OUTDATED),
    Deed("api_grants.post_grant_submission", simply("agreed"), SUBMITTED),
    Deed("grant_submission.recall", simply("submitted"), fact("grant.recalled")),
    Deed(
        "grant_submission.review",
        simply("submitted", "tto_officer", checked_on="2026-03-01", title="有效", document="云大保审 11"),
        fact("grant.reviewed"),
        mistake={"checked_on": "某日"},
    ),
    Deed(
        "grant_acts.return_",
        simply("submitted", "tto_officer", note="补充说明。"),
        fact("grant.returned", "grant.signatures_voided"),
        mistake={"note": ""},
    ),
    Deed(
        "grant_decision.decide",
        decide,
        fact("decision.recorded", "grant.decided"),
        mistake={"votes_for": "9"},
    ),
    Deed("grant_decision.decide", refuse, fact("decision.recorded", "grant.rejected"), "against the grant"),
    Deed(
        "grant_acts.withdraw",
        simply("decided", "unit_admin", note="完成人另有安排。"),
        fact("grant.withdrawn"),
        mistake={"note": ""},
    ),
    Deed(
        "grant_carrying_out.sign", agree, fact("grant.agreement_signed"), mistake={"deal_mandate": "nobody"}
    ),
    Deed(
        "grant_carrying_out.file",
        steps("filings", "signed"),
        fact("grant.title_change_filed"),
        mistake={"filings-0-day": "某日"},
    ),
    Deed(
        "grant_carrying_out.come_into_effect",
        steps("registrations", "filed"),
        fact("grant.took_effect"),
        mistake={"registrations-0-document": ""},
    ),
    Deed(
        "grant_carrying_out.end",
        simply("effective", "unit_admin", **END),
        fact("grant.revoked"),
        mistake={"reason": "mood"},
    ),
    Deed(
        "grant_carrying_out.end",
        simply("signed", "unit_admin", **{**END, "reason": "agreed"}),
        fact("grant.terminated"),
        "by agreement",
    ),
)

"""Deeds around a disclosure: begun, written, confirmed, submitted, answered step by step, looked into."""

import io
from datetime import date
from typing import Any

from listings.disclosures.confidential import add_confidential_file
from listings.disclosures.content import Content, to_json
from listings.disclosures.converting import begin_achievement
from listings.disclosures.rules import DISCLOSURE_TEXT
from listings.marks import mark_of
from tests.house.deeds.deed import Call, Deed, Upload, fact, nothing, said, unsaid
from tests.house.deeds.market import Market
from tests.listings.disclosures.desk import (
    COMPLETE,
    HARMLESS,
    TWO,
    WITH_OUTSIDER,
    DisclosureDesk,
    signed_paper,
)

DRAFTED = fact("disclosure.drafted")
WRITTEN = unsaid(
    "disclosure",
    because="a draft is its completers' own; what it says becomes a fact when they confirm it, with its digest",
)
VOIDED = fact("disclosure.confirmations_voided")
ASKED, CONFIRMED = fact("disclosure.confirmation_asked"), fact("disclosure.confirmed")
SUBMITTED = fact("disclosure.submitted")
LOOKED = said("disclosure.confidential_viewed", because="the look itself is what is kept")
STATEMENTS = {"truthful": "y", "complete": "y"}
STATEMENT = {"contributed": "y", "agreed": "y"}


def desk(market: Market) -> DisclosureDesk:
    return DisclosureDesk(market.cast, market.work)


def about(made: str, fields: dict[str, Any] | None = None, *, by: str = "inventor", **at: str) -> Call:
    return Call(by, {"disclosure_id": made, **at}, fields=fields or {})


def begin(_market: Market) -> Call:
    return Call("inventor")


def assess(market: Market) -> Call:
    return about(desk(market).begun(), HARMLESS)


def assess_by_program(market: Market) -> Call:
    return about(desk(market).begun(), {"answers": HARMLESS, "documents": {}})


def write(market: Market) -> Call:
    return section(market, desk(market).cleared())


def write_what_was_confirmed(market: Market) -> Call:
    return section(market, desk(market).confirmed(completers=TWO))


def write_by_program(market: Market) -> Call:
    made = desk(market).cleared()
    people = desk(market).look(made).content["completers"]
    return about(made, {**to_json(Content()), **COMPLETE, "completers": people})


def section(market: Market, made: str) -> Call:
    row = desk(market).look(made)
    fields = {"conceived_on": "2024-05-06", "version": mark_of(DISCLOSURE_TEXT, row, "dates")}
    return about(made, fields, name="dates")


def describe(market: Market) -> Call:
    made = desk(market).cleared()
    return about(made, {"text": "界面聚合", "version": str(desk(market).look(made).version)})


def furnish(market: Market) -> Call:
    return about(desk(market).cleared(), {"file": Upload("实施例.pdf", signed_paper())})


def file_call(market: Market) -> Call:
    """About a file of a description."""
    made = desk(market).cleared()
    with market.app.app_context():
        add_confidential_file(market.cast.inventor.actor, made, "实施例.pdf", io.BytesIO(signed_paper()))
    return about(made, digest=desk(market).look(made).confidential["files"][0]["digest"])


def look(market: Market) -> Call:
    return about(desk(market).submitted(), by="tto_officer")


def ask(market: Market) -> Call:
    return about(desk(market).complete())


def ask_too_early(market: Market) -> Call:
    return about(desk(market).cleared())


def confirm(market: Market) -> Call:
    made = desk(market).asked(completers=TWO)
    return about(made, {**STATEMENT, "digest": desk(market).look(made).digest}, by="tto_officer")


def confirm_by_program(market: Market) -> Call:
    call = confirm(market)
    return Call(
        call.by, call.at, fields={"digest": call.fields["digest"], "contributed": True, "agreed": True}
    )


def decline(market: Market) -> Call:
    return about(desk(market).asked(completers=TWO), {"reason": "比例与约定不符"}, by="tto_officer")


def register(market: Market) -> Call:
    made = desk(market).asked(completers=WITH_OUTSIDER)
    fields = {"document": "签 2026-04", "file": Upload("签字.pdf", signed_paper())}
    return about(made, fields, completer_id=desk(market).look(made).completers[1].id)


def submit(market: Market) -> Call:
    made = desk(market).confirmed()
    return about(made, {**STATEMENTS, "version": str(desk(market).look(made).version)})


def submit_by_program(market: Market) -> Call:
    return about(desk(market).confirmed(), {"truthful": True, "complete": True})


def take_up(market: Market) -> Call:
    return about(desk(market).submitted(), {"step": "submitted"}, by="tto_officer")


def at(state: str, by: str, **fields: str) -> Any:
    """A call that takes the step at `state`."""

    def call(market: Market) -> Call:
        return about(desk(market).at(state), {"step": state, **fields}, by=by)

    return call


def decide_late(market: Market) -> Call:
    call = at("classified_decision", "unit_admin", outcome="file_patent", reason="可以申请")(market)
    market.clock.advance(days=40)
    return call


def keep(market: Market) -> Call:
    made = desk(market).closed("trade_secret", review_on=date(2026, 6, 1))
    market.clock.advance(days=120)
    return about(made, {"step": "closed", "reason": "仍需保密"}, by="unit_admin")


def by_program(market: Market) -> Call:
    return about(desk(market).submitted(), {"step": "submitted", "outcome": "take_up"}, by="tto_officer")


def convert(market: Market) -> Call:
    return about(desk(market).closed("transform_now"), by="tto_officer")


def convert_again(market: Market) -> Call:
    call = convert(market)
    with market.as_("tto_officer") as ctx:
        begin_achievement(ctx, call.at["disclosure_id"])
    return call


REVIEW = "disclosure_review.speak"
OFFERED = fact("achievement.drafted", "achievement.assessed", "disclosure.converted")

DEEDS = (
    Deed("disclosure_drafts.create", begin, DRAFTED, stranger="broker"),
    Deed(
        "disclosure_drafts.answer_assessment",
        assess,
        fact("disclosure.assessed"),
        mistake={next(iter(HARMLESS)): ""},
    ),
    Deed("disclosure_sections.save_section", write, WRITTEN, mistake={"version": "0" * 20}),
    Deed("disclosure_sections.save_section", write_what_was_confirmed, VOIDED, "of what was confirmed"),
    Deed("disclosure_sections.autosave", write, WRITTEN, mistake={"version": "0" * 20}),
    Deed("disclosure_description.opened", look, LOOKED),
    Deed("disclosure_description.write", describe, WRITTEN, mistake={"version": "1000"}),
    Deed("disclosure_description.upload", furnish, WRITTEN, mistake={"file": Upload("x.exe", b"MZ")}),
    Deed("disclosure_description.download", file_call, LOOKED),
    Deed("disclosure_description.remove", file_call, WRITTEN),
    Deed("disclosure_acts.ask", ask, ASKED),
    Deed("disclosure_acts.ask", ask_too_early, nothing(because="it is incomplete"), "too early"),
    Deed("disclosure_acts.confirm_now", confirm, CONFIRMED, mistake={"digest": "0" * 64}),
    Deed(
        "disclosure_acts.decline_now",
        decline,
        fact("disclosure.declined", "disclosure.confirmations_voided"),
        mistake={"reason": " "},
    ),
    Deed("disclosure_acts.register", register, fact("disclosure.paper_registered"), mistake={"document": ""}),
    Deed("disclosure_submission.hand_in", submit, SUBMITTED, mistake={"truthful": ""}),
    Deed(REVIEW, take_up, fact("disclosure.taken_up"), mistake={"step": "evaluation"}),
    Deed(
        REVIEW,
        at("formal_check", "tto_officer", outcome="return", reason="补充材料"),
        fact("disclosure.returned"),
        "a return",
    ),
    Deed(
        REVIEW, at("formal_check", "tto_officer", outcome="accept"), fact("disclosure.accepted"), "accepted"
    ),
    Deed(
        REVIEW,
        at("ownership_review", "tto_officer", outcome="co_owned", reason="共有"),
        fact("disclosure.found_service"),
        "a finding",
    ),
    Deed(
        REVIEW,
        at("ownership_review", "tto_officer", outcome="not_service", reason="无关"),
        fact("disclosure.found_not_service"),
        "a finding that ends it",
    ),
    Deed(
        REVIEW,
        at("secrecy_gate", "secrecy_officer", outcome="clear", document="云保审 31"),
        fact("disclosure.cleared"),
        "cleared",
    ),
    Deed(
        REVIEW,
        at("secrecy_gate", "secrecy_officer", outcome="block", document="云保审 32", reason="转离线"),
        fact("disclosure.blocked"),
        "blocked",
    ),
    Deed(
        REVIEW,
        at("evaluation", "tto_officer", outcome="file_patent", patentability="新", market="大"),
        fact("disclosure.evaluated"),
        "an evaluation",
    ),
    Deed(
        REVIEW,
        at("classified_decision", "unit_admin", outcome="defer", reason="等待", review_on="2026-09-01"),
        fact("disclosure.deferred"),
        "a deferral",
    ),
    Deed(
        REVIEW,
        decide_late,
        fact("disclosure.reply_overdue", "disclosure.decided"),
        "a decision after the time for it",
    ),
    Deed(REVIEW, keep, fact("disclosure.kept"), "on the day of review"),
    Deed("disclosure_review.convert", convert, OFFERED),
    Deed(
        "disclosure_review.convert",
        convert_again,
        nothing(because="it was done before"),
        "again",
    ),
    Deed("api_disclosures.start_disclosure", begin, DRAFTED, stranger="broker"),
    Deed(
        "api_disclosures.assess_disclosure",
        assess_by_program,
        fact("disclosure.assessed"),
        mistake={"answers": {}},
    ),
    Deed("api_disclosures.put_disclosure", write_by_program, WRITTEN, mistake={"trl": "nine"}),
    Deed("api_disclosures.ask_completers", ask, ASKED),
    Deed("api_disclosures.confirm_disclosure", confirm_by_program, CONFIRMED, mistake={"digest": "0" * 64}),
    Deed("api_disclosures.submit_disclosure", submit_by_program, SUBMITTED, mistake={"truthful": False}),
    Deed(
        "api_disclosures.review_disclosure",
        by_program,
        fact("disclosure.taken_up"),
        mistake={"outcome": "perhaps"},
    ),
)

"""Deeds around a public notice: worded, handed in, started, looked at, corrected, ended, certified, verified."""

from listings.notices.terms import AGREEMENT_PRICE
from listings.notices.watching import take_observation
from tests.core.uploads.documents_made import pdf
from tests.house.deeds.deed import Call, Deed, Upload, fact, nothing, unsaid
from tests.house.deeds.market import Market
from tests.listings.notices.desk import PAGE, SAID, SUBJECT

WORDING = {**SAID, "amount": "20", "unit_place": PAGE}
CAPTURE = {"taken_by": "陆望舒", "file": Upload("gs.pdf", pdf())}
DRAFT_ONLY = "a draft is nobody's business until it is handed in"


def about(notice: str, fields: object = None, by: str = "tto_officer") -> Call:
    return Call(by, {"notice_id": notice}, fields=dict(fields or {}))  # type: ignore[call-overload]


def begin(market: Market) -> Call:
    _ = market.notices
    return Call("tto_officer", fields={"about": f"{AGREEMENT_PRICE}:{SUBJECT}"})


def begin_by_program(market: Market) -> Call:
    _ = market.notices
    return Call("tto_officer", fields={"kind": AGREEMENT_PRICE, "subject": SUBJECT})


def word(market: Market) -> Call:
    return about(market.notices.drafted(), WORDING)


def word_by_program(market: Market) -> Call:
    return about(market.notices.drafted(), {"said": SAID, "amount": 20, "unit_place": PAGE})


def hand_in(market: Market) -> Call:
    return about(market.notices.drafted())


def recall(market: Market) -> Call:
    return about(market.notices.submitted())


def discard(market: Market) -> Call:
    return about(market.notices.drafted())


def start(market: Market) -> Call:
    made = market.notices.scheduled()
    market.clock.advance(minutes=5)
    return about(made, {"taken_at": "2026-03-02 09:32", **CAPTURE})


def look(market: Market) -> Call:
    made = market.notices.running()
    market.clock.advance(days=3)
    return about(made, {"taken_at": "2026-03-05 09:00", "seen": "same", **CAPTURE})


def look_again_after_a_gap(market: Market) -> Call:
    made = market.notices.running()
    market.clock.advance(days=2)
    market.notices.capture(made, "absent")
    market.clock.advance(days=2)
    return about(made, {"taken_at": "2026-03-06 09:00", "seen": "same", **CAPTURE})


def look_after_the_end(market: Market) -> Call:
    made = market.notices.running()
    market.clock.advance(days=17)
    return about(made, {"taken_at": "2026-03-19 09:00", "seen": "same", **CAPTURE})


def amend(market: Market) -> Call:
    return about(market.notices.running(), {"why": "价格经协商变更"})


def withdraw(market: Market) -> Call:
    return about(market.notices.running(), {"reason": "withdrawn", "note": "受让方退出"})


def withdraw_in_review(market: Market) -> Call:
    made = market.notices.running()
    objection = market.notices.admitted(made)
    market.notices.rule(objection, "partly", "restart")
    return about(made, {"reason": "withdrawn"})


def certify(market: Market) -> Call:
    made = market.notices.running()
    market.notices.run_out(made)
    return about(made, by="zone_admin")


def certify_again(market: Market) -> Call:
    call = certify(market)
    market.notices.certify(call.at["notice_id"])
    return call


def outage(market: Market) -> Call:
    market.notices.running()
    market.clock.advance(days=2)
    fields = {"cause": "outage", "since": "2026-03-03 09:00", "until": "2026-03-03 11:00", "note": "机房断电"}
    return Call("zone_admin", fields=fields)


def set_term(market: Market) -> Call:
    return Call(
        "zone_admin", fields={"kind": "agreement_price", "amount": "20", "effective_from": "2026-04-01"}
    )


def verify(market: Market) -> Call:
    return Call(fields={"file": Upload("bundle.zip", b"no bundle")})


def observe(market: Market) -> Call:
    made = market.notices.running()
    return Call(at={"notice_id": made}, text=market.notices.sight(made))


def observe_again(market: Market) -> Call:
    call = observe(market)
    with market.notices.as_public() as ctx:
        take_observation(ctx, call.at["notice_id"], call.text)
    return call


STARTED = fact("notice.started")
AMENDED, ENDED = fact("notice.amended"), fact("notice.voided")
HANDED_IN = fact("notice.submitted", "case.opened")
RECALLED = fact("notice.recalled", "case.closed")
NO_REASON = {"reason": "bored"}
WORDED = unsaid("notice", "notice_edition", because=DRAFT_ONLY)

DEEDS = (
    Deed("notice_drafts.new", begin, fact("notice.drafted"), mistake={"about": "agreement_price:x"}),
    Deed("notice_drafts.save", word, WORDED, mistake={"amount": "3"}),
    Deed("notice_drafts.submit", hand_in, HANDED_IN, mistake={"version": "99"}),
    Deed("notice_drafts.recall", recall, RECALLED),
    Deed("notice_drafts.discard", discard, fact("notice.discarded")),
    Deed("notice_channels.start", start, STARTED, mistake={"taken_by": ""}),
    Deed("notice_channels.capture", look, fact("notice.observed"), mistake={"seen": "dreamt"}),
    Deed(
        "notice_channels.capture",
        look_again_after_a_gap,
        fact("notice.observed", "notice.extended"),
        "after a gap",
    ),
    Deed(
        "notice_channels.capture",
        look_after_the_end,
        fact("notice.expired", "notice.observed"),
        "after the end, which nobody had noticed",
    ),
    Deed("notice_acts.amend_now", amend, AMENDED, mistake={"why": ""}),
    Deed("notice_acts.withdraw_now", withdraw, ENDED, mistake=NO_REASON),
    Deed("notice_acts.withdraw_now", withdraw_in_review, ENDED, "while it is corrected"),
    Deed("notice_zone.certify", certify, fact("notice.certified")),
    Deed("notice_zone.certify", certify_again, nothing(because="there is one certificate"), "again"),
    Deed("notice_zone.outage", outage, fact("notice.extended"), mistake={"note": ""}),
    Deed("notice_zone.terms", set_term, fact("zone.notice_term_set"), mistake={"amount": "14"}),
    Deed(
        "verification.bundle",
        verify,
        nothing(because="it is looked at and thrown away"),
        mistake={"file": ""},
    ),
    Deed("api_notices.begin_notice", begin_by_program, fact("notice.drafted"), mistake={"kind": "rumour"}),
    Deed("api_notices.put_notice_draft", word_by_program, WORDED, mistake={"amount": 3}),
    Deed("api_notices.hand_in_notice", hand_in, HANDED_IN),
    Deed("api_notices.take_back_notice", recall, RECALLED),
    Deed("api_notices.observe_notice", observe, fact("notice.watched")),
    Deed("api_notices.observe_notice", observe_again, nothing(because="it is taken once"), "again"),
    Deed("api_notices.amend_notice", amend, AMENDED, mistake={"why": ""}),
    Deed("api_notices.end_notice", withdraw, ENDED, mistake=NO_REASON),
)

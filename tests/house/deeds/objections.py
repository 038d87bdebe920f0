"""Deeds around an objection: filed and confirmed by anybody, handled in the unit, reviewed by the zone."""

from listings.notices.objections import handling
from listings.notices.objections.appeals import appeal as ask_for_review
from listings.notices.objections.filing import CONFIRMING, FOLLOWING, key_of
from tests.core.uploads.documents_made import pdf
from tests.house.deeds.deed import Call, Deed, Upload, fact, nothing
from tests.house.deeds.market import Market
from tests.listings.notices.desk import FACTS, GENUINE, REASONS

FILED = {
    "name": GENUINE.name,
    "email": GENUINE.email,
    "ground": "completers",
    "facts": FACTS,
    "remedy": GENUINE.remedy,
}
RULING = {"outcome": "dismissed", "effect": "continue", "reasons": REASONS, "summary": "名单无误"}
END = {"outcome": "upheld", "effect": "void", "reasons": REASONS, "summary": "名单不实"}
AGAIN = {"outcome": "partly", "effect": "restart", "reasons": REASONS, "summary": "更正名单"}
CONTRADICTION = {"effect": "perhaps"}
APPEAL = "没有回应附件中的第三条记录，请示范区复核。"


def file(market: Market) -> Call:
    evidence = {"files": Upload("记录.pdf", pdf())}
    return Call(at={"notice_id": market.notices.running()}, fields={**FILED, "promised": "y", **evidence})


def file_by_program(market: Market) -> Call:
    return Call(at={"notice_id": market.notices.running()}, fields={**FILED, "promised": True})


def confirm(market: Market) -> Call:
    return on(market.notices.object(market.notices.running(), confirmed=False), market, CONFIRMING)


def confirm_again(market: Market) -> Call:
    return on(market.notices.object(market.notices.running()), market, CONFIRMING)


def appeal(market: Market) -> Call:
    call = on(dismissed(market), market, FOLLOWING)
    return Call(at=call.at, fields={"appeal": APPEAL})


def add(market: Market) -> Call:
    call = on(market.notices.object(market.notices.running()), market, FOLLOWING)
    return Call(at=call.at, fields={"files": Upload("补充.pdf", pdf())})


def take(market: Market) -> Call:
    return at_work(market.notices.object(market.notices.running()), {"unrelated": "y"})


def admit(market: Market) -> Call:
    return at_work(taken(market))


def refuse(market: Market) -> Call:
    return at_work(taken(market), {"reason": "no_facts", "reasons": REASONS, "summary": "没有具体事实"})


def extend(market: Market) -> Call:
    return at_work(market.notices.admitted(market.notices.running()), {"note": "需要调取原始记录"})


def dismiss(market: Market) -> Call:
    return at_work(market.notices.admitted(market.notices.running()), RULING)


def dismiss_one_of_two(market: Market) -> Call:
    made = market.notices.running()
    market.notices.object(made)
    return at_work(market.notices.admitted(made), RULING)


def uphold(market: Market) -> Call:
    return at_work(market.notices.admitted(market.notices.running()), END)


def correct(market: Market) -> Call:
    return at_work(market.notices.admitted(market.notices.running()), AGAIN)


def review(market: Market) -> Call:
    objection = dismissed(market)
    with market.notices.as_public() as ctx:
        ask_for_review(ctx, objection, key_of(objection, FOLLOWING), APPEAL)
    return Call("supervisor", {"objection_id": objection}, fields=END)


def dismissed(market: Market) -> str:
    objection = market.notices.admitted(market.notices.running())
    market.notices.rule(objection)
    return objection


def taken(market: Market) -> str:
    objection = market.notices.object(market.notices.running())
    with market.as_("unit_admin") as ctx:
        handling.take(ctx, objection, unrelated=True)
    return objection


def at_work(objection: str, fields: dict[str, str] | None = None) -> Call:
    return Call("unit_admin", {"objection_id": objection}, fields=fields or {})


def on(objection: str, market: Market, purpose: str) -> Call:
    with market.app.app_context():
        return Call(at={"objection_id": objection, "key": key_of(objection, purpose)})


DECIDED = "notice.objection_decided"
DEEDS = (
    Deed("objecting.form", file, fact("notice.objected"), mistake={"facts": "短"}),
    Deed("objecting.confirm", confirm, fact("notice.objection_confirmed")),
    Deed("objecting.confirm", confirm_again, nothing(because="it is confirmed already"), "again"),
    Deed("objecting.add_evidence", add, fact("notice.objection_supplemented"), mistake={"files": ""}),
    Deed("objecting.appeal", appeal, fact("notice.objection_appealed"), mistake={"appeal": "短"}),
    Deed("objections.take", take, fact("notice.objection_taken"), mistake={"unrelated": ""}),
    Deed("objections.admit", admit, fact("notice.objection_admitted")),
    Deed(
        "objections.refuse",
        refuse,
        fact("notice.objection_refused", "notice.resumed"),
        mistake={"reason": "bored"},
    ),
    Deed("objections.extend", extend, fact("notice.objection_extended"), mistake={"note": ""}),
    Deed("objections.decide", dismiss, fact(DECIDED, "notice.resumed"), mistake=CONTRADICTION),
    Deed("objections.decide", dismiss_one_of_two, fact(DECIDED), "while another one lies"),
    Deed("objections.decide", uphold, fact(DECIDED, "notice.voided"), "upheld"),
    Deed("objections.decide", correct, fact(DECIDED, "notice.amended"), "in part"),
    Deed(
        "objections.review",
        review,
        fact("notice.appeal_decided", "notice.voided"),
        mistake=CONTRADICTION,
        stranger="zone_admin",
    ),
    Deed("api_notices.object_to_notice", file_by_program, fact("notice.objected"), mistake={"facts": "短"}),
)

"""Which pages there are and who sees them: taken from the url_map, so that no new page is forgotten."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from flask import Flask

from marketplace.core.context import ANONYMOUS
from tests.browser.deal_pages import pages_of_deals
from tests.browser.grant_pages import pages_of_grants
from tests.browser.intent_pages import pages_of_intents
from tests.browser.market import Market
from tests.browser.newcomers import FOUNDER, NEWCOMER, WAITING
from tests.browser.trade_pages import pages_of_trades
from tests.browser.visit import PUBLIC, Visit
from tests.house.matrix import Route, routes

#: Answers that are files or data, not pages.
FILES = frozenset(
    {
        "site.health",
        "site.robots",
        "static",
        "search.suggestions",
        "transparency.policy",
        "transparency.publication_proof",
        "transparency.program",
        "transparency.verifier",
        "achievement_files.file",
        "confirmations.paper",
        "exports.catalogue",
        "exports.own_list",
        "grant_carrying_out.agreement_paper",
        "grant_team.signed_paper",
        "deposits.voucher",
        "imports.failed",
        "imports.template",
        "intents.paper",
        "intents.supplement_paper",
        "notice_explanations.explanation",
        "notice_feeds.atom",
        "notice_feeds.calendar",
        "notice_files.bundle",
        "notice_files.capture",
        "notice_files.text",
        "objecting.receipt_file",
        "objecting.supplement_receipt",
        "objections.evidence",
        "trade_feeds.calendar",
        "trade_feeds.one",
        "protocols.file",
    }
)
#: The first of these who could open a page without parameters sees it, if it is not told otherwise below.
AT_THE_DOOR = (PUBLIC, "tto_officer", "unit_admin", "moderator", "zone_admin", NEWCOMER)
SECTIONS = ("basics", "maturity", "technology", "rights", "transfer", "people", "materials", "disclosure")


def visits(market: Market) -> tuple[list[Visit], list[Visit]]:
    """Pages and files. Raises LookupError for a route with parameters of which nothing is said below."""
    pages: list[Visit] = []
    files: list[Visit] = []
    told = _told(market)
    for route in _reachable(market.app):
        endpoint = route.rule.endpoint
        known = told.get(endpoint) or _untold(market, route)
        (files if endpoint in FILES else pages).extend(visit.at(route) for visit in known)
    return pages, files


def _reachable(app: Flask) -> Iterator[Route]:
    return (route for route in routes(app) if route.method == "GET" and not route.api)


def _untold(market: Market, route: Route) -> list[Visit]:
    if route.parameters:
        raise LookupError(
            f"tests/browser/visits.py says nothing of {route}: whose page is it, with which parameters?"
        )
    for who in AT_THE_DOOR:
        actor = ANONYMOUS if who == PUBLIC else market.people[who].actor
        if route.permission.possible(actor):
            return [Visit(who)]
    raise LookupError(f"nobody in tests/browser/visits.py may open {route}")


def _told(market: Market) -> dict[str, list[Visit]]:
    """By endpoint: everything that is not one page without parameters for the first at the door."""
    return {
        **_of_organisations(market),
        **_of_achievements(market),
        **_of_editors(market),
        **_of_disclosures(market),
        **_of_officers(market),
        **_of_imports(market),
        **_of_notices(market),
        **_of_objections(market),
        **_of_plans(market),
        **pages_of_grants(market.ids),
        **pages_of_trades(market.ids),
        **pages_of_intents(market.ids),
        **pages_of_deals(market.ids),
        **_of_the_site(market),
    }


def _of_organisations(market: Market) -> dict[str, list[Visit]]:
    cast = market.cast
    return {
        "accounts.confirm": [Visit(PUBLIC, {"token": market["confirm link"]}), Visit(PUBLIC, {"token": "x"}, status=410)],
        "accounts.new_password": [Visit(PUBLIC, {"token": market["recover link"]})],
        "accounts.invitations.show": [Visit(who, {"token": market["invite link"]}) for who in (PUBLIC, "firm_agent")],
        "accounts.organisations.page": [
            Visit(PUBLIC, {"org_id": cast.inventor.org_id}),
            Visit(FOUNDER, {"org_id": market["founders"]}),
        ],
        "accounts.organisations.agency": [Visit(PUBLIC, {"org_id": cast.broker.org_id}), Visit("zone_admin", {"org_id": market["waiting"]})],
        "accounts.organisations.listed": [Visit(PUBLIC), Visit(PUBLIC, query={"q": "没有"})],
        "accounts.organisations.own": [Visit(who) for who in ("unit_admin", "inventor", FOUNDER, WAITING)],
        "accounts.organisations.edit": [Visit("unit_admin"), Visit(WAITING)],
        "accounts.organisations.create": [Visit(NEWCOMER)],
        "accounts.organisations.reopen": [Visit("unit_admin")],
        "accounts.members.listed": [Visit("unit_admin"), Visit("zone_admin"), Visit("inventor")],
        "accounts.members.edit": [Visit("unit_admin", {"user_id": cast.inventor.user_id})],
        "accounts.profile.overview": [Visit("tto_officer"), Visit(NEWCOMER)],
        "notifications.listed": [Visit("tto_officer"), Visit(NEWCOMER)],
    }  # fmt: skip


def _of_achievements(market: Market) -> dict[str, list[Visit]]:
    rich, withdrawn = _achievement(market, "rich"), _achievement(market, "withdrawn")
    files = [("public", PUBLIC), ("verified", "firm_agent"), ("nda", "tto_officer")]
    return {
        "achievements.catalogue": [Visit(PUBLIC), Visit("tto_officer")],
        "achievements.page": [
            Visit(PUBLIC, rich),
            Visit("firm_agent", rich),
            Visit("tto_officer", rich),
            Visit(PUBLIC, _achievement(market, "granted")),
            Visit("firm_agent", _achievement(market, "used")),
            Visit(NEWCOMER, _achievement(market, "revised")),
            Visit(PUBLIC, withdrawn, status=410),
        ],
        "achievements.history": [Visit(PUBLIC, withdrawn), Visit("tto_officer", _achievement(market, "revised"))],
        "achievements.preview": [Visit("inventor", _achievement(market, "draft")), Visit("moderator", _achievement(market, "submitted"))],
        "achievement_acts.confidential_question": [Visit("firm_agent", rich)],
        "achievement_files.file": [
            Visit(who, rich | {"digest": market[f"{level} picture"], "name": "file.png"}) for level, who in files
        ],
        "transparency.program": [Visit(PUBLIC, {"name": name}) for name in ("witness.py", "watch.py")],
        "transparency.publication_proof": [Visit(PUBLIC, rich)],
        "reporting.form": [
            Visit(PUBLIC, query={"kind": "achievement", "subject": market["rich"]}),
            Visit(PUBLIC, query={"kind": "organisation", "subject": market.cast.broker.org_id}),
        ],
        "reporting.receipt": [Visit(PUBLIC, {"report_id": market[name]}) for name in ("open report", "answered report")],
    }  # fmt: skip


def _of_editors(market: Market) -> dict[str, list[Visit]]:
    def officer(*names: str) -> list[Visit]:
        return [Visit("tto_officer", _achievement(market, name)) for name in names]

    sections = [Visit("tto_officer", _achievement(market, "rich") | {"name": name}) for name in SECTIONS]
    bare = Visit("inventor", _achievement(market, "empty") | {"name": "basics"})
    asked = Visit("tto_officer", _achievement(market, "returned") | {"name": "basics"})
    return {
        "drafts.new": [Visit("tto_officer")],
        "drafts.assessment": officer("begun", "blocked", "draft"),
        "drafts.tasks": [*officer("draft", "submitted", "returned", "rich"), Visit("inventor", _achievement(market, "empty"))],
        "draft_sections.section": [*sections, bare, asked],
        "submissions.check": officer("empty", "draft", "returned"),
        "submissions.receipt": officer("submitted"),
        "achievement_acts.access": officer("rich", "plain"),
        "achievement_acts.withdrawal": officer("plain"),
        "achievement_acts.discarding": officer("draft"),
        "achievement_list.own_list": [Visit("tto_officer"), Visit("firm_agent"), Visit("tto_officer", query={"state": "withdrawn"})],
    }  # fmt: skip


def _of_disclosures(market: Market) -> dict[str, list[Visit]]:
    def visit(who: str, which: str, **more: str) -> Visit:
        return Visit(who, {"disclosure_id": market[f"{which} disclosure"], **more})

    pages = ("identity", "people", "origin", "dates", "rights", "wishes")
    steps = {
        "submitted": "tto_officer",
        "secrecy_gate": "secrecy_officer",
        "evaluation": "tto_officer",
        "decision": "unit_admin",
    }
    return {
        "disclosures.own_list": [Visit("inventor"), Visit("tto_officer", query={"of": "unit"}), Visit("secrecy_officer")],
        "disclosures.page": [
            *(visit("inventor", name) for name in ("draft", "asked", "returned", "closed")),
            visit("tto_officer", "evaluation"),
            visit("unit_admin", "overdue"),
        ],
        "disclosure_drafts.new": [Visit("inventor")],
        "disclosure_drafts.assessment": [visit("inventor", name) for name in ("begun", "blocked", "draft")],
        "disclosure_drafts.tasks": [visit("inventor", name) for name in ("draft", "asked", "returned")],
        "disclosure_sections.section": [
            *(visit("inventor", "draft", name=name) for name in pages),
            visit("inventor", "empty", name="people"),
        ],
        "disclosure_description.question": [visit("inventor", "empty"), visit("inventor", "draft"), visit("tto_officer", "closed")],
        "disclosure_acts.confirmation": [visit("inventor", "asked")],
        "disclosure_acts.paper": [visit("inventor", "asked", completer_id=market["paper completer"])],
        "disclosure_submission.check": [visit("inventor", "empty"), visit("inventor", "confirmed")],
        "disclosure_submission.receipt": [visit("inventor", "submitted")],
        "disclosure_review.form": [visit(who, name) for name, who in steps.items()],
    }  # fmt: skip


def _achievement(market: Market, name: str) -> dict[str, str]:
    return {"achievement_id": market[name]}


def _of_officers(market: Market) -> dict[str, list[Visit]]:
    def case(who: str, name: str) -> Visit:
        return Visit(who, {"case_id": market[name]})

    return {
        "moderation.listed": [Visit("moderator"), Visit("supervisor", query={"state": "decided"})],
        "moderation.case": [
            *(case("moderator", f"case of {name}") for name in ("submitted", "revised", "returned", "waiting")),
            case("second_moderator", "take-down"),
            case("supervisor", "take-down"),
        ],
        "moderation.take_down": [
            Visit("moderator", query={"kind": "achievement", "subject": market[name]}) for name in ("rich", "plain")
        ],
        "reports.listed": [Visit("moderator")],
        "reports.report": [Visit("moderator", {"report_id": market[name]}) for name in ("open report", "answered report")],
        "work.page": [Visit(who) for who in ("tto_officer", "moderator", "zone_admin", NEWCOMER)],
    }  # fmt: skip


def _of_imports(market: Market) -> dict[str, list[Visit]]:
    def job(name: str, **more: str) -> Visit:
        return Visit("tto_officer", {"job_id": market[f"{name} import"], **more})

    endings = [{"ending": ending} for ending in ("csv", "xlsx")]
    return {
        "imports.listed": [Visit("tto_officer"), Visit("firm_admin" if "firm_admin" in market.people else "unit_admin")],
        "imports.job": [job(name) for name in ("checked", "running", "done", "cancelled")],
        "imports.columns": [job("uploaded")],
        "imports.failed": [job("done", **ending) for ending in endings],
        "imports.template": [Visit("tto_officer", ending) for ending in endings],
    }  # fmt: skip


def _of_notices(market: Market) -> dict[str, list[Visit]]:
    def at(name: str, who: str = "tto_officer") -> Visit:
        return Visit(who, {"notice_id": market[name if name == "certified" else f"{name} notice"]})

    digest = {"digest": market.notices.kept.digest, "name": "公示网页.pdf"}
    states = ("running", "objected", "suspended", "decided", "void", "correcting", "certified")
    return {
        "notices.listed": [Visit(PUBLIC), Visit(PUBLIC, query={"state": "void"}), Visit(PUBLIC, query={"kind": "grant"})],
        "notices.page": [*(at(name, PUBLIC) for name in states), at("submitted"), at("scheduled"), at("running"), at("running", "zone_admin")],
        "notice_explanations.explanation": [at("certified", PUBLIC)],
        "notice_files.bundle": [at("certified", PUBLIC)],
        "notice_files.capture": [Visit(PUBLIC, {"notice_id": market["running notice"], **digest})],
        "notice_files.text": [at("running", PUBLIC)],
        "notice_drafts.own_list": [Visit("tto_officer"), Visit("other_tto_officer")],
        "notice_drafts.new": [Visit("tto_officer"), Visit("other_tto_officer")],
        "notice_drafts.edit": [at("drafted"), at("correcting")],
        "notice_drafts.check": [at("drafted")],
        "notice_drafts.discarding": [at("drafted")],
        "notice_channels.start": [at("scheduled")],
        "notice_channels.capture": [at("running")],
        "notice_acts.amending": [at("running")],
        "notice_acts.withdrawing": [at("running")],
        "notice_zone.outage": [Visit("zone_admin")],
        "notice_zone.terms": [Visit("zone_admin")],
        "verification.page": [Visit(PUBLIC), Visit(PUBLIC, query={"code": "AAAA"}, status=422)],
        "verification.certificate": [Visit(PUBLIC, {"code": market["certificate"]})],
    }  # fmt: skip


def _of_objections(market: Market) -> dict[str, list[Visit]]:
    def followed(name: str) -> Visit:
        return Visit(PUBLIC, {"objection_id": market[f"{name} objection"], "key": market[f"{name} key"]})

    def handled(name: str, who: str) -> Visit:
        return Visit(who, {"objection_id": market[f"{name} objection"]})

    confirming = {"objection_id": market["filed objection"], "key": market["confirm key"]}
    return {
        "objecting.form": [Visit(PUBLIC, {"notice_id": market[name]}) for name in ("running notice", "certified")],
        "objecting.receipt": [followed(name) for name in ("filed", "decided", "appealed")],
        "objecting.receipt_file": [followed("filed")],
        "objecting.supplement_receipt": [replace(followed("filed"), parameters={**followed("filed").parameters, "n": "1"})],
        "objecting.confirming": [Visit(PUBLIC, confirming)],
        "objections.listed": [Visit("unit_admin"), Visit("supervisor", query={"state": "over"})],
        "objections.page": [
            *(handled(name, "unit_admin") for name in ("filed", "admitted", "decided")),
            handled("filed", "tto_officer"),
            handled("appealed", "supervisor"),
        ],
        "objections.evidence": [Visit("unit_admin", {"objection_id": market["admitted objection"], "digest": market.notices.kept.digest, "name": "公示网页.pdf"})],
    }  # fmt: skip


def _of_plans(market: Market) -> dict[str, list[Visit]]:
    def plan(who: str, *names: str) -> list[Visit]:
        return [Visit(who, {"plan_id": market[f"plan {name}"]}) for name in names]

    holder, other = market.cast.inventor.org_id, market.cast.other_tto_officer.org_id
    return {
        "unit_rules.public": [
            Visit(PUBLIC, {"org_id": holder}),
            Visit(PUBLIC, {"org_id": holder}, {"edition": "1"}),
            Visit(PUBLIC, {"org_id": other}),
        ],
        "unit_rules.own": [Visit("unit_admin"), Visit("inventor"), Visit("other_tto_officer")],
        "unit_rules.edit": [Visit("unit_admin")],
        "unit_rules.check": [Visit("unit_admin")],
        "plan_list.own_list": [Visit("tto_officer"), Visit("other_tto_officer"), Visit("tto_officer", query={"state": "decided"})],
        "plan_list.new": [
            Visit("tto_officer"),
            Visit("tto_officer", query={"achievement": market["rich"]}),
            Visit("tto_officer", query={"plan": market["plan decided"]}),
        ],
        "plans.page": [
            *plan("tto_officer", "begun", "submitted", "returned", "rejected", "withdrawn", "superseded", "following"),
            *plan("unit_admin", "submitted", "decided"),
            *plan("supervisor", "decided"),
        ],
        "plan_edit.form": [*plan("inventor", "begun"), *plan("tto_officer", "draft", "returned")],
        "plan_submission.check": plan("tto_officer", "begun", "draft"),
        "plan_decision.form": plan("unit_admin", "submitted"),
        "plan_acts.returning": plan("unit_admin", "submitted"),
        "plan_acts.withdrawing": plan("unit_admin", "decided"),
        "plan_acts.discarding": plan("tto_officer", "draft"),
    }  # fmt: skip


def _of_the_site(market: Market) -> dict[str, list[Visit]]:
    searches: list[Mapping[str, str]] = [
        {},
        {"q": "甲苯"},
        {"q": "传感 没有这个词", "trl": "7"},
        {"q": "zzzz"},
        {"field": "05", "price_max": "1"},
    ]
    return {
        "site.home": [Visit(PUBLIC), Visit("tto_officer")],
        "search.page": [Visit(PUBLIC, query=query) for query in searches],
        "search.suggestions": [Visit(PUBLIC, query={"q": "热"})],
        "rules.page": [Visit(PUBLIC), Visit(PUBLIC, query={"start": "2026-09-28", "amount": "15", "unit": "days"})],
        "zones.page": [Visit(PUBLIC, {"zone_id": market.cast.zone_id})],
        "static": [Visit(PUBLIC, {"filename": "favicon.svg"})],
    }  # fmt: skip


def by_person(pages: list[Visit]) -> dict[str, list[Visit]]:
    """The visits of each person, so that nobody signs in twice."""
    grouped: dict[str, list[Visit]] = {}
    for visit in pages:
        grouped.setdefault(visit.who, []).append(visit)
    return grouped

"""Deeds of a zone's officers, and reports of abuse, which anybody may send."""

from sqlalchemy import select

from marketplace.accounts.organisations.services import reopen_organisation, submit_organisation
from marketplace.core.context import ANONYMOUS
from marketplace.moderation.cases import propose_take_down
from marketplace.moderation.grounds import Removal
from marketplace.moderation.models import WAITING, Case
from marketplace.moderation.reports import NewReport, report_abuse
from tests.house.deeds.deed import Call, Deed, fact
from tests.house.deeds.market import Market
from tests.listings.achievements.desk import COMPLETE

ACHIEVEMENT = "achievement"
REPORT = {"reason": "not_owner", "statement": "第三项指标与检测报告不符，请核实"}
UNKNOWN_OUTCOME, UNKNOWN_REASON = {"outcome": "perhaps"}, {"reason": "bored"}
PUBLISHED = fact("case.decided", "achievement.published")


def publish(market: Market) -> Call:
    return on_case(market, market.desk.submitted(), outcome="publish")


def publish_late(market: Market) -> Call:
    call = publish(market)
    market.clock.advance(days=7)
    return call


def agree_first(market: Market) -> Call:
    """After these secrecy answers a security officer must agree as well."""
    made = market.desk.cleared({"important_data": "yes"})
    market.desk.save(made, **COMPLETE)
    market.desk.submit(made)
    return on_case(market, made, outcome="publish")


def give_back(market: Market) -> Call:
    return on_case(market, market.desk.submitted(), outcome="return", reasons=["title_unclear"])


def take_down(market: Market) -> Call:
    return on_case(market, proposed(market), by="second_moderator", outcome="take_down")


def keep(market: Market) -> Call:
    return on_case(market, proposed(market), by="second_moderator", outcome="keep", note="指标与报告一致")


def verify(market: Market) -> Call:
    return on_case(market, asking(market), outcome="publish")


def give_organisation_back(market: Market) -> Call:
    return on_case(market, asking(market), outcome="return", reasons=["name_mismatch"])


def propose_removal(market: Market) -> Call:
    query = {"kind": ACHIEVEMENT, "subject": market.desk.published()}
    return Call("moderator", query=query, fields={"reason": "inaccurate"})


def report(market: Market) -> Call:
    return Call(query={"kind": ACHIEVEMENT, "subject": market.desk.published()}, fields=REPORT)


def report_by_program(market: Market) -> Call:
    return Call(fields={"kind": ACHIEVEMENT, "subject": market.desk.published(), **REPORT})


def answer(market: Market) -> Call:
    given = NewReport(ACHIEVEMENT, market.desk.published(), **REPORT)
    with market.work(ANONYMOUS) as ctx:
        received = report_abuse(ctx, given).id
    return Call("moderator", {"report_id": received}, fields={"outcome": "upheld", "answer": "已核实"})


def proposed(market: Market) -> str:
    """A publication that one officer wants taken down."""
    made = market.desk.published()
    with market.as_("moderator") as ctx:
        propose_take_down(ctx, ACHIEVEMENT, made, Removal("inaccurate"))
    return made


def asking(market: Market) -> str:
    """The university, which asks to be verified again."""
    with market.as_("unit_admin") as ctx:
        org_id = str(ctx.actor.org_id)
        reopen_organisation(ctx, org_id)
        submit_organisation(ctx, org_id)
    market.drain()
    return org_id


def on_case(market: Market, subject: str, *, by: str = "moderator", **fields: object) -> Call:
    """A word on the case that waits about a subject."""
    with market.as_system() as ctx:
        waiting = select(Case).where(Case.subject == subject, Case.state.in_(sorted(WAITING)))
        case_id = ctx.session.scalars(waiting).unique().one().id
    return Call(by, {"case_id": case_id}, fields=fields)


DEEDS = (
    Deed("moderation.speak", publish, PUBLISHED, mistake=UNKNOWN_OUTCOME, stranger="supervisor"),
    Deed("moderation.speak", agree_first, fact("case.agreed"), "the first of two"),
    Deed(
        "moderation.speak",
        publish_late,
        fact("case.overdue", "case.decided", "achievement.published"),
        "after the time for it",
    ),
    Deed("moderation.speak", give_back, fact("case.decided", "achievement.returned"), "a return"),
    Deed("moderation.speak", take_down, fact("case.decided", "achievement.taken_down"), "a take-down"),
    Deed("moderation.speak", keep, fact("case.decided"), "against a take-down"),
    Deed("moderation.speak", verify, fact("case.decided", "organisation.verified"), "on an organisation"),
    Deed(
        "moderation.speak",
        give_organisation_back,
        fact("case.decided", "organisation.returned"),
        "a return of an organisation",
    ),
    Deed(
        "moderation.take_down",
        propose_removal,
        fact("case.opened", "case.agreed"),
        mistake=UNKNOWN_REASON,
        stranger="supervisor",
    ),
    Deed("reports.answer", answer, fact("report.answered"), mistake=UNKNOWN_OUTCOME, stranger="supervisor"),
    Deed("reporting.form", report, fact("report.received"), mistake=UNKNOWN_REASON),
    Deed("api_moderation.decide_case", publish, PUBLISHED, mistake=UNKNOWN_OUTCOME, stranger="supervisor"),
    Deed("api_moderation.send_report", report_by_program, fact("report.received"), mistake=UNKNOWN_REASON),
)

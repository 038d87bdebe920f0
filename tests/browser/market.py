"""A market in which everything happens at once: achievements in every state, cases, reports, imports, messages."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from io import BytesIO

from flask import Flask
from sqlalchemy import select

from listings.decisions.record import Recusal
from listings.disclosures.models import Disclosure
from listings.imports.models import ImportJob
from listings.imports.services import Arrangement, arrange, cancel, receive, request_check, start, start_here
from listings.imports.statement import Statement
from listings.notices.objections.appeals import appeal as ask_for_review
from listings.notices.objections.filing import CONFIRMING, FOLLOWING, key_of
from listings.notices.objections.supplements import supplement
from marketplace.accounts.links import Purpose, sign
from marketplace.accounts.members.services import Invitation, invite
from marketplace.accounts.models import MailLink, User
from marketplace.accounts.people import Registration
from marketplace.accounts.sessions import begin_log_in
from marketplace.accounts.signin.services import register_user, request_recovery
from marketplace.accounts.tokens.services import NewToken, create_token
from marketplace.core.clock import FrozenClock
from marketplace.core.context import ANONYMOUS, SYSTEM, Actor, Context
from marketplace.core.ids import new_id
from marketplace.core.relay import drain
from marketplace.core.runtime import EXTENSION
from marketplace.core.uow import unit_of_work
from marketplace.core.uploads.keeping import keep_upload
from marketplace.moderation.cases import propose_take_down
from marketplace.moderation.grounds import Removal
from marketplace.moderation.models import Case
from marketplace.moderation.reports import Answer, NewReport, answer_report, report_abuse
from tests.auctions.counter import Counter
from tests.auctions.floor import Floor
from tests.browser.bidding import kept_paper, parties
from tests.browser.deals import EarlyFloor, traded
from tests.browser.granted import early_grants, noticed_grants
from tests.browser.newcomers import newcomers
from tests.browser.traded import trades_running
from tests.cast import Cast, Member
from tests.core.uploads.documents_made import pdf
from tests.listings.achievements.desk import COMPLETE, RICH, Desk
from tests.listings.achievements.pictures import add_picture
from tests.listings.disclosures.desk import INVENTOR, OUTSIDER, WITH_OUTSIDER, DisclosureDesk
from tests.listings.grants.desk import GrantDesk
from tests.listings.imports.sheets import HEADER, as_csv, complete, rows
from tests.listings.notices.desk import NoticeDesk, announce, papers_of
from tests.listings.plans.office import RELATED, Office


@dataclass
class Market:
    """What there is, by name: people, and the ids of things and the tokens of mailed links."""

    app: Flask
    cast: Cast
    people: dict[str, Member]
    ids: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.ids[name]

    @property
    def desk(self) -> Desk:
        return Desk(self.cast, self.acting)

    @property
    def clock(self) -> FrozenClock:
        clock = self.app.extensions[EXTENSION].clock
        assert isinstance(clock, FrozenClock)
        return clock

    @cached_property
    def notices(self) -> NoticeDesk:
        papers = papers_of(self.cast)
        announce(self.app, papers)
        file = BytesIO(pdf())
        with self.app.app_context():
            kept = keep_upload("公示网页.pdf", file)
        return NoticeDesk(self.app, self.cast, self.clock, self.acting, papers, kept=kept)

    @cached_property
    def grants(self) -> GrantDesk:
        return GrantDesk(self.app, self.cast, self.clock, self.acting)

    @cached_property
    def floor(self) -> Floor:
        return Floor(self.cast, self.clock, self.acting)

    @property
    def office(self) -> Office:
        return Office(self.cast, self.acting)

    @contextmanager
    def acting(self, actor: Actor) -> Iterator[Context]:
        """One unit of work of that actor."""
        with self.app.app_context(), unit_of_work(actor) as ctx:
            yield ctx

    def drain(self) -> None:
        """Let the consumers follow: index, messages, imports."""
        with self.app.app_context():
            drain()


def stocked(app: Flask, cast: Cast) -> Market:
    """The market, made by the commands that people use."""
    market = Market(app, cast, dict(cast.members))
    for part in (
        _certified_notice,
        _noticed_grants,
        _deals,
        newcomers,
        _achievements,
        _plans,
        _grants,
        _trades,
        _disclosures,
        _reviews,
        _reports,
        _imports,
        _members,
        _links,
        _notices,
        _parties,
    ):
        part(market)
        market.drain()
    return market


def _certified_notice(market: Market) -> None:
    """One that ran its whole period with an objection that was dismissed, in the weeks before."""
    desk, clock = market.notices, market.clock
    opening = clock.now()
    clock.move_to(opening - timedelta(days=40))
    desk.papers.change(decision=replace(desk.papers.basis.decision, held_on=date(2026, 1, 12)))  # type: ignore[type-var]
    made = desk.running()
    clock.advance(days=3)
    objection = desk.admitted(made)
    clock.advance(days=2)
    desk.rule(objection)
    desk.run_out(made)
    market.ids["certified"], market.ids["certificate"] = made, desk.certify(made)
    market.ids["closed objection"] = objection
    assert clock.now() < opening
    clock.move_to(opening)


def _noticed_grants(market: Market) -> None:
    noticed_grants(market.grants, market.ids)


def _deals(market: Market) -> None:
    traded(market.app, EarlyFloor(market.cast, market.clock, market.acting), market.ids)


def _grants(market: Market) -> None:
    early_grants(market.grants, market.ids)


def _trades(market: Market) -> None:
    trades_running(market.floor, market.ids)


def _parties(market: Market) -> None:
    with market.app.app_context():
        paper = kept_paper()
    parties(Counter(Floor(market.cast, market.clock, market.acting)), paper, market.ids)


def _notices(market: Market) -> None:
    """One in each state that has a page of its own, with objections at each step."""
    made, desk = market.ids, market.notices
    for name in ("drafted", "submitted", "scheduled", "running"):
        made[f"{name} notice"] = _noticed(market, name)
    desk.papers.change(related=True)
    for name in ("objected", "suspended", "decided", "appealed", "void", "correcting"):
        made[f"{name} notice"] = _noticed(market, "running")
    made["filed objection"] = desk.object(made["objected notice"], confirmed=False)
    made["admitted objection"] = desk.admitted(made["suspended notice"])
    for name, outcome, effect in (("decided", "dismissed", "continue"), ("appealed", "dismissed", "continue"), ("void", "upheld", "void"), ("correcting", "partly", "restart")):  # fmt: skip
        made[f"{name} objection"] = desk.admitted(made[f"{name} notice"])
        desk.rule(made[f"{name} objection"], outcome, effect)
    with market.app.app_context():
        keys = {
            name: key_of(made[f"{name} objection"], FOLLOWING) for name in ("filed", "decided", "appealed")
        }
        made["confirm key"] = key_of(made["filed objection"], CONFIRMING)
    made |= {f"{name} key": key for name, key in keys.items()}
    with market.acting(ANONYMOUS) as ctx:
        supplement(ctx, made["filed objection"], keys["filed"], (desk.kept,))
        ask_for_review(
            ctx, made["appealed objection"], keys["appealed"], "没有回应附件中的第三条记录，请示范区复核。"
        )


def _noticed(market: Market, state: str) -> str:
    desk = market.notices
    desk.subject = new_id("pln", market.clock.now())
    return str(getattr(desk, state)())


def _achievements(market: Market) -> None:
    """Each in another state; `rich` has every field and files at every level."""
    desk, cast, made = market.desk, market.cast, market.ids
    made["begun"] = desk.begun()
    made["blocked"] = desk.cleared({"state_secret": "yes"})
    made["empty"] = desk.cleared()
    made["draft"] = desk.complete(title="竹材层积弯曲构件")
    made["submitted"] = desk.submitted(title="高寒地区装配式建筑节点")
    made["returned"] = desk.submitted(title="浅海养殖网箱在线监测")
    desk.give_back(made["returned"], "abstract_thin", "trl_evidence_missing", note="补充检测报告")
    desk.save(made["returned"], abstract=COMPLETE["abstract"] + "连续运行十四个月。")
    made["rich"] = desk.complete(**RICH)
    for name, level in (("阵列实物.png", "public"), ("封装结构.png", "verified"), ("版图.png", "nda")):
        picture = add_picture(market.app, cast.tto_officer, made["rich"], name, level)
        made[f"{level} picture"] = picture.digest
    desk.submit(made["rich"])
    desk.publish(made["rich"])
    desk.agree(made["rich"])
    made["revised"] = desk.published(title="茶多酚可降解薄膜", title_en="Degradable tea film", field="05")
    desk.save(made["revised"], price_fen=90_000_000, abstract=COMPLETE["abstract"] + "已完成中试。")
    desk.submit(made["revised"])
    made["withdrawn"] = desk.published(title="低温热泵烘房")
    desk.withdraw(made["withdrawn"], "title_dispute", "与合作单位协商中")
    made["plain"] = desk.published(title="热障涂层喷涂工艺", keywords=["热障涂层"], price_mode="negotiable", price_fen=None)  # fmt: skip


def _plans(market: Market) -> None:
    """Rules in their second edition with a third being written; a plan in every state."""
    office, made = market.office, market.ids
    office.rules(document_number="云大科〔2025〕9 号", grant_share_min_bp=None)
    office.rules()
    office.rules_drafted(objection_procedure="尚待法务审定")
    made["plan begun"] = office.drafted(made["rich"])
    made["plan draft"] = office.complete(made["rich"], related=RELATED)
    made["plan submitted"] = office.submitted(made["rich"])
    made["plan returned"] = office.submitted(made["rich"])
    office.give_back(made["plan returned"])
    made["plan decided"] = office.decided(made["rich"])
    made["plan rejected"] = office.submitted(made["rich"])
    away = (Recusal("沈禾", "方案的完成人"),)
    office.decide(made["plan rejected"], result="rejected", votes_for=2, votes_against=4, votes_abstain=0, recusals=away)  # fmt: skip
    made["plan withdrawn"] = office.decided(made["rich"])
    office.withdraw(made["plan withdrawn"])
    made["plan superseded"] = office.decided(made["rich"])
    made["plan following"] = office.replacing(made["plan superseded"], price_fen=130_000_000)
    office.submit(made["plan following"])
    office.decide(made["plan following"])


def _disclosures(market: Market) -> None:
    """Each in another state. `asked` waits for a signed paper, `draft` warns of novelty and of somebody who left."""
    desk, made = DisclosureDesk(market.cast, market.acting), {}
    left = {**OUTSIDER, "status": "departed", "left_on": "2025-06-30"}
    made["begun"] = desk.begun()
    made["blocked"] = desk.cleared({"state_secret": "yes"})
    made["empty"] = desk.cleared()
    people = [{**INVENTOR, "share_bp": 6_000}, left]
    made["draft"] = desk.complete(completers=people, planned_on="2027-06-30", planned_what="学位论文答辩")
    made["asked"] = desk.asked(completers=WITH_OUTSIDER)
    made["confirmed"] = desk.confirmed()
    made["submitted"] = desk.submitted()
    made["returned"] = desk.at("formal_check")
    desk.say(made["returned"], market.cast.tto_officer, "return", reason="补充来源项目的合同条款")
    for name, state in (
        ("secrecy_gate", "secrecy_gate"),
        ("evaluation", "evaluation"),
        ("decision", "classified_decision"),
    ):
        made[name] = desk.at(state)
    made["overdue"] = desk.at("ownership_review")
    with market.acting(SYSTEM) as ctx:
        ctx.session.get_one(Disclosure, made["overdue"]).overdue_at = ctx.now
    made["closed"] = desk.closed("transform_now")
    market.ids.update({f"{name} disclosure": found for name, found in made.items()})
    market.ids["paper completer"] = desk.look(made["asked"]).completers[1].id


def _reviews(market: Market) -> None:
    """Cases: waiting, about a revision, about an organisation, decided, and a take-down that waits for a second officer."""
    with market.acting(market.cast.moderator.actor) as ctx:
        removal = Removal("inaccurate", "检出限与附件不一致")
        market.ids["take-down"] = propose_take_down(ctx, "achievement", market["plain"], removal).id
    for name in ("submitted", "revised", "returned", "waiting"):
        market.ids[f"case of {name}"] = _newest_case(market, market[name])


def _newest_case(market: Market, subject: str) -> str:
    with market.acting(SYSTEM) as ctx:
        cases = ctx.session.scalars(select(Case).where(Case.subject == subject).order_by(Case.id.desc()))
        return cases.unique().first().id  # type: ignore[union-attr]


def _reports(market: Market) -> None:
    statement = "简介中的检出限与公开论文不符，请核实。"
    for name in ("open report", "answered report"):
        with market.acting(ANONYMOUS) as ctx:
            given = NewReport(
                "achievement", market["rich"], "false_information", statement, "报告人@example.cn"
            )
            market.ids[name] = report_abuse(ctx, given).id
    with market.acting(market.cast.moderator.actor) as ctx:
        answer_report(ctx, market["answered report"], Answer("dismissed", "已核对检测报告，数据一致。"))


def _imports(market: Market) -> None:
    """A file in each state that has a page of its own."""
    table = as_csv(rows(*range(1, 6)))
    faulty = [complete(6), complete(7, 技术成熟度="十"), complete(8, 成果名称=""), complete(9, 转化方式="")]
    unknown = [(*HEADER, "负责老师"), *([*row, "张老师"] for row in faulty)]
    market.ids["uploaded import"] = _received(market, "成果汇总.csv", as_csv(unknown))
    market.ids["checked import"] = _checked(market, "成果汇总二.csv", as_csv(unknown))
    market.ids["done import"] = _checked(market, "已导入.csv", as_csv([HEADER, *faulty]))
    _act(market, "done import", start)
    market.ids["running import"] = _checked(market, "正在导入.csv", table)
    _act(market, "running import", lambda ctx, job: start_here(ctx, job, 5))
    market.ids["cancelled import"] = _received(market, "作废.csv", table)
    _act(market, "cancelled import", cancel)


def _received(market: Market, name: str, content: bytes) -> str:
    statement = Statement("云岫大学保审〔2026〕12 号", confirmed=True)
    with market.app.app_context():
        return receive(market.cast.tto_officer.actor, name, BytesIO(content), statement)


def _checked(market: Market, name: str, content: bytes) -> str:
    job_id = _received(market, name, content)
    with market.acting(market.cast.tto_officer.actor) as ctx:
        arrange(ctx, job_id, Arrangement(ctx.session.get_one(ImportJob, job_id).mapping))
        request_check(ctx, job_id)
    market.drain()
    return job_id


def _act(market: Market, job: str, command: Callable[[Context, str], object]) -> None:
    with market.acting(market.cast.tto_officer.actor) as ctx:
        command(ctx, market[job])


def _members(market: Market) -> None:
    """Something to see on every list of people and keys."""
    cast = market.cast
    with market.acting(cast.unit_admin.actor) as ctx:
        invite(ctx, cast.unit_admin.org_id, Invitation("nan.zhi@example.cn", ("inventor",)))
    with market.acting(cast.tto_officer.actor) as ctx:
        begin_log_in(ctx, ctx.session.get_one(User, cast.tto_officer.user_id))
        create_token(
            ctx, cast.tto_officer.user_id, NewToken("科研系统对接", ("read",), cast.tto_officer.org_id)
        )


def _links(market: Market) -> None:
    """The tokens in mails: a confirmation, a recovery, an invitation."""
    with market.acting(ANONYMOUS) as ctx:
        register_user(ctx, Registration("南枝", "bei.zhi@example.cn", ""), "")
        request_recovery(ctx, market.cast.inventor.email)
    with market.acting(SYSTEM) as ctx:
        for purpose in Purpose:
            link = ctx.session.scalars(select(MailLink).where(MailLink.purpose == purpose)).first()
            assert link is not None
            market.ids[f"{purpose} link"] = sign(market.app.secret_key, link)  # type: ignore[arg-type]

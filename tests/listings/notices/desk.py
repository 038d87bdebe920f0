"""What people do with notices, without pages: shortcuts to the state a test begins in.

What a notice is about comes from `Papers`, which a test may change as plans and decisions change in real life.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from flask import Flask
from nacl.signing import SigningKey
from sqlalchemy import select

from listings.notices.certificates import issue_certificate
from listings.notices.channels import NewCapture, record_capture, start_notice
from listings.notices.drafting import create_notice, save_notice
from listings.notices.models import Notice
from listings.notices.objections import filing, handling
from listings.notices.objections.filing import CONFIRMING, NewObjection, file_objection, key_of
from listings.notices.objections.handling import Ruling
from listings.notices.objections.models import Objection
from listings.notices.queries import kept_text
from listings.notices.services import page_address, submit_notice
from listings.notices.sources import Basis, Choice, DecisionFacts, NoticeSource, RulesFacts
from listings.notices.terms import AGREEMENT_PRICE
from listings.notices.text import squeezed
from listings.notices.wording import Wording
from marketplace.core.clock import FrozenClock, start_of_day
from marketplace.core.context import ANONYMOUS, SYSTEM, Actor, Context
from marketplace.core.journal import Entry, entries_of
from marketplace.core.runtime import EXTENSION, runtime
from marketplace.core.ticker import tick
from marketplace.core.uploads.keeping import Kept
from marketplace.evidence.keys import load_log_key
from marketplace.evidence.trust import policy_path, site_policy
from marketplace.evidence.watch import Watcher
from marketplace.moderation.cases import decide
from marketplace.moderation.grounds import Decision
from marketplace.moderation.models import WAITING, Case
from tests.cast import Cast, Member

SUBJECT = "pln_00000000000000000000"
PAGE = "https://www.yunxiu.example/gs/2026-03.html"
SAID = {
    "abstract": "六通道气体传感阵列，可区分九种气体。",
    "price_basis": "经三家意向企业询价后协商确定",
    "payment_terms": "签约付百分之三十，验收付清",
    "objection": "公示期内在本页面实名提出，或寄送云岫大学技术转移中心",
    "contact": "技术转移中心 0571-00000000",
}
FACTS = "第二完成人没有参加检测，名单与实际不符，见附件中的记录。"
GENUINE = NewObjection(
    name="何其正",
    email="he.qizheng@example.cn",
    ground="completers",
    facts=FACTS,
    remedy="更正完成人名单",
    promised=True,
)
REASONS = "核对实验记录和署名文件，第二完成人参加了三次检测，名单无误。"


@dataclass
class Papers:
    """What the unit has decided; a test changes it with `change`."""

    basis: Basis
    insiders: frozenset[str] = frozenset()

    def change(self, **values: Any) -> None:
        self.basis = replace(self.basis, **values)

    def source(self) -> NoticeSource:
        return NoticeSource(AGREEMENT_PRICE, lambda _ctx, _subject: self.basis, self._choices)

    def _choices(self, _ctx: Context) -> Sequence[Choice]:
        return [Choice(SUBJECT, self.basis.title)]


def papers_of(cast: Cast) -> Papers:
    """An agreed price that the university decided on a week before the tests open."""
    basis = Basis(
        holder_id=cast.tto_officer.org_id,
        zone_id=cast.zone_id,
        title="面向化工园区的六通道气体传感阵列",
        fixed={
            "achievement": "面向化工园区的六通道气体传感阵列",
            "holder": "云岫大学",
            "completers": "沈禾",
            "rights": "发明专利 ZL202310000001.X",
            "mode": "普通许可",
            "price": "1,200,000.00 元（壹佰贰拾万元整）",
            "buyer": "拾光储能有限公司",
            "related": "无利害关系",
            "decision": "云校办纪〔2026〕7 号，2026-02-24 校长办公会",
        },
        price_fen=120_000_000,
        buyer="91330100MA00000330",
        mode="licence_ordinary",
        decision=DecisionFacts(
            "dec_00000000000000000000", "云校办纪〔2026〕7 号", date(2026, 2, 24), "校长办公会", "a" * 64
        ),
        rules=RulesFacts("rul_00000000000000000000", date(2026, 1, 5), "b" * 64, "实名书面提出", PAGE),
        insiders=frozenset({cast.inventor.user_id}),
    )
    return Papers(basis)


@dataclass
class NoticeDesk:
    """Brings notices of the university into a state. Every method that makes one gives its id."""

    app: Flask
    cast: Cast
    clock: FrozenClock
    ctx_for: Callable[[Actor], AbstractContextManager[Context]]
    papers: Papers
    subject: str = SUBJECT
    kind: str = AGREEMENT_PRICE
    said: Mapping[str, str] = field(default_factory=lambda: SAID)
    kept: Kept = field(default_factory=lambda: Kept("c" * 64, "capture.pdf", "application/pdf", 1000, False))

    def drafted(self, **said: str) -> str:
        return self.drafted_for(15, **said)

    def drafted_for(self, days: int, **said: str) -> str:
        with self.as_(self.cast.tto_officer) as ctx:
            made = create_notice(ctx, self.kind, self.subject).id
            save_notice(ctx, made, Wording({**self.said, **said}, days, PAGE))
            return made

    def submitted(self, **said: str) -> str:
        made = self.drafted(**said)
        self.hand_in(made)
        return made

    def hand_in(self, made: str) -> None:
        with self.as_(self.cast.tto_officer) as ctx:
            submit_notice(ctx, made)

    def scheduled(self, **said: str) -> str:
        made = self.submitted(**said)
        self.verify(made)
        return made

    def verify(self, made: str, decision: Decision | None = None) -> None:
        with self.as_(self.cast.moderator) as ctx:
            waiting = select(Case).where(Case.subject == made, Case.state.in_(sorted(WAITING)))
            decide(ctx, ctx.session.scalars(waiting).unique().one().id, decision or Decision("publish"))

    def running(self, **said: str) -> str:
        made = self.scheduled(**said)
        self.start(made)
        return made

    def start(self, made: str) -> None:
        with self.as_(self.cast.tto_officer) as ctx:
            start_notice(ctx, made, NewCapture(ctx.now, "陆望舒"), self.kept)

    def capture(self, made: str, seen: str = "same") -> str:
        """What point it counted as."""
        with self.as_(self.cast.tto_officer) as ctx:
            return record_capture(ctx, made, NewCapture(ctx.now, "陆望舒", seen), self.kept).point

    def object(self, made: str, *, confirmed: bool = True) -> str:
        with self.as_public() as ctx:
            objection = file_objection(ctx, made, GENUINE, (self.kept,)).id
            if confirmed:
                filing.confirm_contact(ctx, objection, key_of(objection, CONFIRMING))
            return objection

    def admitted(self, made: str) -> str:
        objection = self.object(made)
        with self.as_(self.cast.unit_admin) as ctx:
            handling.take(ctx, objection, unrelated=True)
            handling.admit(ctx, objection)
        return objection

    def rule(self, objection: str, outcome: str = "dismissed", effect: str = "continue") -> None:
        with self.as_(self.cast.unit_admin) as ctx:
            handling.decide(ctx, objection, Ruling(outcome, effect, REASONS, "核对后名单无误"))

    def run_out_all(self, running: Sequence[tuple["NoticeDesk", str]]) -> None:
        """Let the periods of notices pass that began together, each with the looks that the unit owes."""
        drawn = [(desk.look(made).edition.middle_on or date.max, desk, made) for desk, made in running]
        for day, desk, made in sorted(drawn, key=lambda one: one[0]):
            self.clock.move_to(max(self.clock.now(), midday(day)))
            desk.capture(made)
        ends = [desk.look(made).next_deadline or self.clock.now() for desk, made in running]
        self.clock.move_to(max(ends) + timedelta(hours=9))
        self.tick()
        for desk, made in running:
            desk.capture(made)

    def run_out(self, made: str) -> None:
        """Let the period pass, with the looks that the unit owes."""
        notice = self.look(made)
        drawn = notice.edition.middle_on
        assert drawn is not None
        self.clock.move_to(max(self.clock.now(), midday(drawn)))
        self.capture(made)
        end = self.look(made).next_deadline
        assert end is not None
        self.clock.move_to(end + timedelta(hours=9))
        self.tick()
        self.capture(made)

    def sight(
        self, made: str, channel: str = "market", text: str = "", watcher: Watcher | None = None
    ) -> str:
        """A note of a watcher that the site's policy names: it saw the text, or another one."""
        who = watcher or self.watcher()
        notice = self.look(made)
        with self.app.app_context():
            shown = text or kept_text(notice.edition).decode()
            address = page_address(notice) if channel == "market" else notice.edition.unit_url
        entry = self.entries(made)[-1]
        digest = hashlib.sha256(squeezed(shown).encode()).hexdigest()
        moment = f"{self.clock.now():%Y-%m-%dT%H:%M:%SZ}"
        head = f"{entry.n} {entry.commitment}" if channel == "market" else "-"
        lines = ("notice-observation/v1", channel, address, moment, "200", digest, head)
        return who.sign("".join(f"{line}\n" for line in lines))

    def watcher(self, name: str = "watch.audit.example") -> Watcher:
        """A watcher of another organisation, named in the site's policy from now on."""
        made = Watcher(name, SigningKey(hashlib.sha256(name.encode()).digest()))
        settings = self.app.extensions[EXTENSION].settings
        key = load_log_key(settings.data, settings.log_origin)
        policy = site_policy(settings.data, key)
        if made.vkey not in policy:
            policy_path(settings.data).write_text(policy + f"# watcher {made.vkey}\n", encoding="utf-8")
        return made

    def objected_to(self) -> str:
        made = self.running()
        self.admitted(made)
        return made

    def expired(self) -> str:
        made = self.running()
        self.run_out(made)
        return made

    def certified(self) -> str:
        made = self.running()
        self.run_out(made)
        self.certify(made)
        return made

    def certify(self, made: str, member: Member | None = None) -> str:
        """The verification code."""
        with self.as_(member or self.cast.zone_admin) as ctx:
            return issue_certificate(ctx, made).code

    def tick(self) -> None:
        """What the worker does; twice, because one thing may make another due."""
        with self.app.app_context():
            tick()
            tick()

    def look(self, made: str) -> Notice:
        """The row with everything that belongs to it, as everybody would find it now."""
        with self.as_system() as ctx:
            found = ctx.session.get_one(Notice, made)
            _ = [edition.spells for edition in found.editions], found.captures, found.gaps, found.certificate
            _ = found.holder.name, found.zone.name
            ctx.session.expunge_all()
            return found

    def objection(self, objection: str) -> Objection:
        with self.as_system() as ctx:
            found = ctx.session.get_one(Objection, objection)
            _ = found.statement, found.notice.editions
            ctx.session.expunge_all()
            return found

    def entries(self, made: str) -> list[Entry]:
        with self.as_system() as ctx:
            found = entries_of(ctx.session, made)
            ctx.session.expunge_all()
            return found

    def kinds(self, made: str) -> list[str]:
        return [entry.kind.removeprefix("notice.") for entry in self.entries(made)]

    def as_(self, member: Member) -> AbstractContextManager[Context]:
        return self.ctx_for(member.actor)

    def as_public(self) -> AbstractContextManager[Context]:
        return self.ctx_for(ANONYMOUS)

    def as_system(self) -> AbstractContextManager[Context]:
        return self.ctx_for(SYSTEM)


def midday(day: date) -> datetime:
    """12:00 Beijing time."""
    return start_of_day(day) + timedelta(hours=12)


def announce(app: Flask, papers: Papers) -> None:
    """Let notices of an agreed price be about the papers."""
    with app.app_context():
        runtime().registry.notice_sources[AGREEMENT_PRICE] = papers.source()

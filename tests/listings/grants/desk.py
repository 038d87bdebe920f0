"""What people do with grants of rights, without pages: shortcuts to the state a test begins in."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from flask import Flask

from listings.grants.carrying_out import (
    Agreement,
    End,
    Step,
    end_grant,
    file_title_change,
    sign_agreement,
    take_effect,
)
from listings.grants.content import EXCLUSIONS
from listings.grants.drafting import create_grant, save_grant
from listings.grants.models import RightsGrant
from listings.grants.services import (
    Opinion,
    decide_grant,
    return_grant,
    review_grant,
    submit_grant,
    withdraw_grant,
)
from listings.grants.team import Signature, ask_team, register_paper, sign
from listings.notices.terms import GRANT
from listings.unit_rules.queries import rules_in_force
from marketplace.core.clock import FrozenClock, local_date
from marketplace.core.context import SYSTEM, Actor, Context
from marketplace.core.journal import entries_of
from tests.cast import Cast, Member
from tests.listings.achievements.desk import RICH, Desk
from tests.listings.disclosures.desk import signed_paper
from tests.listings.notices.desk import NoticeDesk, papers_of
from tests.listings.plans.office import PRESIDENT, Office

PATENT = "ZL202010123456.2"
INVENTOR = {"name": "沈禾", "email": "inventor@university.example", "unit": "云岫大学", "share_bp": 6_000}
OUTSIDER = {"name": "邵行简", "email": "", "unit": "北渚研究院", "share_bp": 4_000}
OWNERSHIP: dict[str, Any] = {
    "option": "ownership",
    "rights": [
        {"kind": "patent_invention", "number": PATENT, "holder": "云岫大学"},
        {"kind": "know_how", "number": "", "holder": "云岫大学"},
    ],
    "share_bp": 7_000,
    "income_bp": 7_500,
    "prospect": "化工园区厂界监测，三家园区已询价，量产条件具备。",
    "recipient": "完成人团队拟与拾光储能有限公司共同实施。",
    "exclusions": [{"code": code, "clear": True, "note": ""} for code in EXCLUSIONS],
    "team": [INVENTOR, OUTSIDER],
    "team_terms": "处置由代表提出，过半数比例同意；收益按比例分配，退出者保留已得份额。",
    "representative": "沈禾",
    "leaders": "no",
    "no_double_reward": True,
}
USE_RIGHT: dict[str, Any] = {
    **OWNERSHIP,
    "option": "use_right",
    "share_bp": None,
    "use_years": 10,
    "use_kind": "licence_sole",
}
REWARD: dict[str, Any] = {**OWNERSHIP, "option": "reward_after", "share_bp": None}
WORDING = {
    "abstract": "六通道气体传感阵列，可区分九种气体。",
    "objection": "公示期内在本页面实名提出，或寄送云岫大学技术转移中心",
    "contact": "技术转移中心 0571-00000000",
}
OPINION = Opinion(date(2026, 3, 1), "专利权有效，权利人为云岫大学，没有质押和许可。", "云大保审〔2026〕11 号")


@dataclass
class GrantDesk:
    """Brings grants of the university into a state. Every method that makes one gives its id."""

    app: Flask
    cast: Cast
    clock: FrozenClock
    ctx_for: Callable[[Actor], AbstractContextManager[Context]]
    terms: dict[str, Any] | None = None
    text: dict[str, Any] = field(default_factory=lambda: RICH)

    @property
    def office(self) -> Office:
        return Office(self.cast, self.ctx_for)

    @property
    def desk(self) -> Desk:
        return Desk(self.cast, self.ctx_for)

    def drafted(self, member: Member | None = None) -> str:
        achievement = self.desk.published(**self.text)
        with self.ctx_for((member or self.cast.inventor).actor) as ctx:
            return create_grant(ctx, achievement).id

    def complete(self, **changes: Any) -> str:
        made = self.drafted()
        self.save(made, **{**(self.terms or OWNERSHIP), **changes})
        return made

    def save(self, grant: str, **changes: Any) -> int:
        """The version after it."""
        with self.ctx_for(self.cast.inventor.actor) as ctx:
            return save_grant(ctx, grant, changes).version

    def asked(self, **changes: Any) -> str:
        made = self.complete(**changes)
        with self.ctx_for(self.cast.inventor.actor) as ctx:
            ask_team(ctx, made)
        return made

    def agreed(self, **changes: Any) -> str:
        """Signed by the inventor in person and by the outsider on paper."""
        made = self.asked(**changes)
        self.sign(made)
        outsider = next(row for row in self.look(made).completers if row.user_id is None)
        self.paper(made, outsider.id)
        return made

    def sign(self, grant: str, member: Member | None = None) -> None:
        digest = self.look(grant).digest
        with self.ctx_for((member or self.cast.inventor).actor) as ctx:
            sign(ctx, grant, Signature(digest, agreed=True))

    def paper(self, grant: str, completer: str) -> None:
        with self.app.app_context():
            paper = io.BytesIO(signed_paper())
            register_paper(self.cast.inventor.actor, grant, completer, "签 2026-04", "签字.pdf", paper)

    def submitted(self, **changes: Any) -> str:
        made = self.agreed(**changes)
        with self.ctx_for(self.cast.inventor.actor) as ctx:
            submit_grant(ctx, made)
        return made

    def reviewed(self, **changes: Any) -> str:
        made = self.submitted(**changes)
        with self.ctx_for(self.cast.tto_officer.actor) as ctx:
            review_grant(ctx, made, replace(OPINION, checked_on=local_date(ctx.now)))
        return made

    def decided(self, **changes: Any) -> str:
        """Approved under rules in force."""
        with self.officer() as ctx:
            ruled = rules_in_force(ctx, self.cast.tto_officer.org_id) is not None
        if not ruled:
            self.office.rules()
        made = self.reviewed(**changes)
        self.decide(made)
        return made

    def decide(self, grant: str, **changes: Any) -> None:
        usual = {"body": PRESIDENT, "agenda_item": "赋予所有权份额", "held_on": local_date(self.clock.now())}
        record = self.office.record(**{**usual, **changes})
        with self.ctx_for(self.cast.unit_admin.actor) as ctx:
            decide_grant(ctx, grant, record)

    def give_back(self, grant: str) -> None:
        with self.ctx_for(self.cast.tto_officer.actor) as ctx:
            return_grant(ctx, grant, "补充第三方约定的说明。")

    def withdraw(self, grant: str) -> None:
        with self.ctx_for(self.cast.unit_admin.actor) as ctx:
            withdraw_grant(ctx, grant, "完成人另有安排。")

    def notices(self, grant: str) -> NoticeDesk:
        """What people do with the notice about this grant."""
        papers = papers_of(self.cast)
        return NoticeDesk(self.app, self.cast, self.clock, self.ctx_for, papers, grant, GRANT, WORDING)

    def certified(self, **changes: Any) -> str:
        """Its notice has been completed."""
        made = self.decided(**changes)
        notices = self.notices(made)
        self.clock.advance(days=1)
        notice = notices.running()
        notices.run_out(notice)
        notices.certify(notice)
        return made

    def agreement(self, **changes: Any) -> Agreement:
        paper = self.office.minutes()
        usual: dict[str, Any] = {
            "number": "云大赋权 2026-01",
            "signed_on": local_date(self.clock.now()),
            "decision_mechanism": "价格由双方协商，单位集体决策后公示。",
            "cost_sharing": "转化费用从收入中先行扣除。",
            "ip_fees": "维持费由单位承担至转化。",
            "deal_mandate": "unit",
            "paper": paper,
        }
        return Agreement(**{**usual, **changes})

    def signed(self, **changes: Any) -> str:
        """The agreement with the unit was signed."""
        made = self.certified(**changes)
        given = self.agreement()
        with self.officer() as ctx:
            sign_agreement(ctx, made, given)
        return made

    def filed(self, **changes: Any) -> str:
        made = self.signed(**changes)
        with self.officer() as ctx:
            file_title_change(ctx, made, [self.step("申请 0001")])
        return made

    def effective(self, **changes: Any) -> str:
        """In effect, after the registrations where there are any."""
        option = changes.get("option", (self.terms or OWNERSHIP)["option"])
        made = self.filed(**changes) if option == "ownership" else self.signed(**changes)
        steps = [self.step("手续合格通知书 0001")] if option == "ownership" else []
        with self.officer() as ctx:
            take_effect(ctx, made, steps)
        return made

    def end(self, grant: str, reason: str = "breach") -> None:
        with self.ctx_for(self.cast.unit_admin.actor) as ctx:
            end_grant(ctx, grant, End(reason, "未按协议实施。"))

    def step(self, document: str, right: str = PATENT) -> Step:
        return Step(right, local_date(self.clock.now()), document)

    def officer(self) -> AbstractContextManager[Context]:
        return self.ctx_for(self.cast.tto_officer.actor)

    def look(self, grant: str) -> RightsGrant:
        """The row as everybody would find it now."""
        with self.ctx_for(SYSTEM) as ctx:
            found = ctx.session.get_one(RightsGrant, grant)
            _ = found.achievement.title, found.decision, found.completers
            ctx.session.expunge_all()
            return found

    def kinds(self, grant: str) -> list[str]:
        """The kinds of its journal, oldest first."""
        with self.ctx_for(SYSTEM) as ctx:
            return [entry.kind.removeprefix("grant.") for entry in entries_of(ctx.session, grant)]

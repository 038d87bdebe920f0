"""What a unit's people do with rules, plans and decisions."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any

from listings.decisions.record import DecisionRecord, Minutes
from listings.plans.content import DILIGENCE, PlanContent, from_json
from listings.plans.drafting import create_plan, replace_plan, save_plan
from listings.plans.models import Plan
from listings.plans.services import decide_plan, return_plan, submit_plan, withdraw_plan
from listings.unit_rules.services import publish_rules, save_rules
from marketplace.core.context import SYSTEM, Actor, Context
from marketplace.core.journal import entries_of
from marketplace.core.runtime import runtime
from tests.cast import Cast, Member
from tests.listings.achievements.desk import RICH, Desk, credit_code

TRANSFER_OFFICE, VICE_PRESIDENT, PRESIDENT = "技术转移办公室", "分管校长专题会", "校长办公会"
WAN = 1_000_000
PROCEDURE = (
    "公示期内，任何单位或个人可以实名书面向科研院提出异议，并附证据和联系方式。科研院三个工作日内决定是否受理，"
    "受理后公示中止，十五个工作日内会同法务、纪检调查，报校长办公会决定，并书面答复异议人。"
)
RULES: dict[str, Any] = {
    "title": "云岫大学科技成果转化管理办法",
    "document_number": "云大科〔2026〕3 号",
    "adopted_on": "2026-01-15",
    "consulted_on": "2025-12-10",
    "consultation": "提交教职工代表大会审议，并在校内网站公开征求意见两周。",
    "objection_procedure": PROCEDURE,
    "notice_url": "https://www.yunxiu.example/notices",
    "tiers": [
        {"up_to_fen": 200 * WAN, "body": TRANSFER_OFFICE},
        {"up_to_fen": 500 * WAN, "body": VICE_PRESIDENT},
        {"up_to_fen": None, "body": PRESIDENT},
    ],
    "grant_share_min_bp": 7000,
    "related_route": "extra_approval",
}
PLAN: dict[str, Any] = {
    "mode": "licence_ordinary",
    "pricing_method": "agreement",
    "buyer": {"kind": "named", "name": "拾光储能有限公司", "credit_code": credit_code("firm")},
    "price_fen": 120 * WAN,
    "price_bases": ["negotiation", "comparable"],
    "price_basis": "比照同类传感器许可的三笔交易，双方协商三轮，按五年销售额的百分之四折现。",
    "payment_terms": "签约付 30%，验收付清。",
    "buyer_search": "在平台挂出四个月，收到两家意向，经现场考察选定。",
    "alternatives": "比较过独占许可和作价投资，普通许可收益较稳。",
    "checks": [{"code": code, "done": True, "note": ""} for code in DILIGENCE],
    "risks": "高湿天气下读数偏高，合同约定标定责任。",
    "distribution": "净收益的 70% 奖励完成人，份额由完成人协议确定。",
    "related": {"related": "no"},
    "completers": [{"name": "沈禾", "signed_on": "2026-02-20", "document": "同意书 2026-01"}],
    "co_owners": [],
}
RELATED = {
    "related": "yes",
    "kind": "completer_interest",
    "who": "沈禾",
    "explanation": "其配偶持有受让方 3% 的股份。",
    "no_influence": True,
}
COUNTS = {
    "members": 9,
    "quorum": 6,
    "present": 7,
    "votes_for": 5,
    "votes_against": 1,
    "votes_abstain": 1,
}


@dataclass
class Office:
    """Brings rules and plans of the university into a state. Every method that makes one gives its id."""

    cast: Cast
    ctx_for: Callable[[Actor], AbstractContextManager[Context]]

    @property
    def desk(self) -> Desk:
        return Desk(self.cast, self.ctx_for)

    def rules_drafted(self, **changes: Any) -> str:
        with self.ctx_for(self.cast.unit_admin.actor) as ctx:
            return save_rules(ctx, {**RULES, **changes}).id

    def rules(self, **changes: Any) -> str:
        """Rules in force."""
        self.rules_drafted(**changes)
        with self.ctx_for(self.cast.unit_admin.actor) as ctx:
            return publish_rules(ctx).id

    def drafted(self, achievement: str = "", member: Member | None = None) -> str:
        made = achievement or self.desk.published(**RICH)
        with self.ctx_for((member or self.cast.tto_officer).actor) as ctx:
            return create_plan(ctx, made).id

    def complete(self, achievement: str = "", **changes: Any) -> str:
        made = self.drafted(achievement)
        self.save(made, **{**PLAN, **changes})
        return made

    def submitted(self, achievement: str = "", **changes: Any) -> str:
        made = self.complete(achievement, **changes)
        self.submit(made)
        return made

    def decided(self, achievement: str = "", **changes: Any) -> str:
        """Approved under the rules in force."""
        made = self.submitted(achievement, **changes)
        self.decide(made)
        return made

    def replacing(self, plan: str, **changes: Any) -> str:
        """A draft that takes the place of a decided plan, once it is decided."""
        with self.ctx_for(self.cast.tto_officer.actor) as ctx:
            made = replace_plan(ctx, plan).id
        if changes:
            self.save(made, **changes)
        return made

    def save(self, plan: str, member: Member | None = None, **changes: Any) -> int:
        """The version after it."""
        with self.ctx_for((member or self.cast.tto_officer).actor) as ctx:
            return save_plan(ctx, plan, changes).version

    def submit(self, plan: str, member: Member | None = None) -> None:
        with self.ctx_for((member or self.cast.tto_officer).actor) as ctx:
            submit_plan(ctx, plan)

    def decide(self, plan: str, member: Member | None = None, **changes: Any) -> None:
        record = self.record(**changes)
        with self.ctx_for((member or self.cast.unit_admin).actor) as ctx:
            decide_plan(ctx, plan, record)

    def give_back(self, plan: str, note: str = "补充可比交易的来源。") -> None:
        with self.ctx_for(self.cast.unit_admin.actor) as ctx:
            return_plan(ctx, plan, note)

    def withdraw(self, plan: str, note: str = "受让方放弃。") -> None:
        with self.ctx_for(self.cast.unit_admin.actor) as ctx:
            withdraw_plan(ctx, plan, note)

    def record(self, **changes: Any) -> DecisionRecord:
        """A record that carries a plan under the lowest tier; its minutes are among the kept files."""
        usual: dict[str, Any] = {
            **COUNTS,
            "body": TRANSFER_OFFICE,
            "held_on": date(2026, 2, 27),
            "agenda_item": "气体传感阵列普通许可",
            "result": "approved",
            "resolution": "云大技转会〔2026〕7 号",
            "minutes": self.minutes(),
        }
        return DecisionRecord(**{**usual, **changes})

    def minutes(self) -> Minutes:
        with self.ctx_for(SYSTEM):
            content = "会议纪要".encode()
            return Minutes(
                runtime().files.put(content).digest, "会议纪要.pdf", "application/pdf", len(content)
            )

    def look(self, plan: str) -> Plan:
        """The row as everybody would find it now."""
        with self.ctx_for(SYSTEM) as ctx:
            found = ctx.session.get_one(Plan, plan)
            _ = found.achievement.title, found.decision
            ctx.session.expunge_all()
            return found

    def content(self, plan: str) -> PlanContent:
        return from_json(self.look(plan).content)

    def kinds(self, subject: str) -> list[str]:
        """The kinds of its journal, oldest first."""
        with self.ctx_for(SYSTEM) as ctx:
            return [entry.kind for entry in entries_of(ctx.session, subject)]

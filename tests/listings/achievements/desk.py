"""What people do with achievements, without pages: shortcuts to the state a test begins in."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from listings.achievements.drafting import create_draft, save_draft
from listings.achievements.models import Achievement, Revision
from listings.achievements.reach import revision_of, working_revision
from listings.achievements.secrecy import Answers, assess
from listings.achievements.services import Submission, Withdrawal, grant_access, submit, withdraw
from listings.classification import SECRECY_QUESTIONS
from marketplace.core.context import SYSTEM, Actor, Context
from marketplace.core.credit_code import check_character
from marketplace.core.journal import entries_of
from marketplace.moderation.cases import decide
from marketplace.moderation.grounds import Decision
from marketplace.moderation.models import WAITING, Case
from tests.cast import ORGANISATIONS, Cast, Member

#: Answers that lead to nothing.
HARMLESS = {q.code: "no" if q.blocks_on == "yes" else "yes" for q in SECRECY_QUESTIONS}
TITLE = "面向化工园区的六通道气体传感阵列"
ABSTRACT = (
    "把六种金属氧化物敏感膜做在同一块硅微热板上，每个通道独立控温，单点功耗 18 毫瓦，"
    "配合温度调制与迁移算法，可区分九种气体，甲苯检出限 50 ppb，校准周期由一个月延长到半年。"
)
COMPLETE: dict[str, Any] = {
    "title": TITLE,
    "abstract": ABSTRACT,
    "keywords": ["气体传感器", "微热板"],
    "field": "0105",
    "trl": 7,
    "trl_evidence": "园区 14 个月连续运行记录",
    "trl_assessor": "self",
    "modes": ["licence_ordinary"],
    "price_mode": "fixed",
    "price_fen": 120_000_000,
    "completers": [{"name": "沈禾", "title": "教授", "unit": "云岫大学"}],
}
RICH: dict[str, Any] = {
    **COMPLETE,
    "title_en": "Six-channel gas sensor array for chemical parks",
    "abstract_en": "Six metal-oxide films on one silicon micro-hotplate tell nine gases apart at 18 mW per channel.",
    "industries": ["40"],
    "ipc": ["G01N 27/12"],
    "category": "applied",
    "level": "not_evaluated",
    "region": "330000",
    "trl_assessor": "evaluated",
    "trl_assessor_name": "云岫检测研究院",
    "trl_assessed_on": "2026-01-18",
    "pain_point": "光离子化检测仪只能报总量，分不清是谁家排放。\n色谱仪单台二十万元以上，难以布到每个厂界。",
    "principle": "敏感膜周期升降温，按反应动力学曲线指纹识别种类并反算浓度。",
    "indicators": [
        {"name": "甲苯检出限", "value": "50 ppb", "benchmark": "PID 仪器 100 ppb 左右"},
        {"name": "单通道功耗", "value": "18 mW", "benchmark": "常规烧结珠 300 mW 以上"},
    ],
    "cases": "在湖边一处精细化工集聚区布设 46 个点位，协助溯源异味事件 11 起。",
    "market": "按每个园区 60 个点位估算，需要传感节点两万余台。",
    "conditions": "受让方应具备 6 英寸 MEMS 代工渠道，首期投入约 400 万元。",
    "risks": "高湿天气下氨的读数偏高 12% 左右，须配合湿度补偿。",
    "rights": [
        {"kind": "patent_invention", "number": "ZL202010123456.2", "state": "granted", "holder": "云岫大学", "granted": "2022-05-06"},
        {"kind": "know_how", "number": "", "state": "", "holder": "云岫大学", "granted": None},
    ],
    "rights_checked_on": "2026-02-20",
    "payment_terms": "签约付 30%，验收付清。",
    "cooperation": "共同完成首批安装。",
    "fiscal_funded": True,
    "project": "云岫重点研发计划 2022YX-017",
    "started": "2021-03",
    "finished": "2025-11",
    "restricted": [["market", "verified"], ["principle", "nda"]],
}  # fmt: skip
STATEMENT = Submission("云保审〔2026〕12 号", confirmed=True)


def credit_code(organisation: str) -> str:
    """The code of one of the cast's organisations."""
    first = ORGANISATIONS[organisation][2]
    return first + check_character(first)


@dataclass
class Desk:
    """Brings achievements of the university into a state. Every method that makes one gives its id."""

    cast: Cast
    ctx_for: Callable[[Actor], AbstractContextManager[Context]]

    def begun(self, member: Member | None = None) -> str:
        with self.ctx_for((member or self.cast.tto_officer).actor) as ctx:
            return create_draft(ctx).id

    def cleared(self, answers: dict[str, str] | None = None, documents: dict[str, str] | None = None) -> str:
        made = self.begun()
        self.assess(made, answers, documents)
        return made

    def assess(
        self, made: str, answers: dict[str, str] | None = None, documents: dict[str, str] | None = None
    ) -> None:
        """Harmless answers, but for the given ones."""
        with self.ctx_for(self.cast.tto_officer.actor) as ctx:
            assess(ctx, made, Answers({**HARMLESS, **(answers or {})}, documents or {}))

    def fill(self, made: str) -> None:
        """Clear and complete a begun one."""
        self.assess(made)
        self.save(made, **COMPLETE)

    def complete(self, **changes: Any) -> str:
        made = self.cleared()
        self.save(made, **{**COMPLETE, **changes})
        return made

    def submitted(self, **changes: Any) -> str:
        made = self.complete(**changes)
        self.submit(made)
        return made

    def published(self, **changes: Any) -> str:
        made = self.submitted(**changes)
        self.publish(made)
        return made

    def save(self, achievement: str, member: Member | None = None, **changes: Any) -> int:
        """The version after it."""
        with self.ctx_for((member or self.cast.tto_officer).actor) as ctx:
            return save_draft(ctx, achievement, changes).version

    def submit(self, achievement: str) -> None:
        with self.ctx_for(self.cast.tto_officer.actor) as ctx:
            submit(ctx, achievement, STATEMENT)

    def publish(self, achievement: str) -> None:
        self.decide(achievement, Decision("publish"))

    def give_back(self, achievement: str, *reasons: str, note: str = "") -> None:
        self.decide(achievement, Decision("return", reasons, note))

    def decide(self, achievement: str, decision: Decision, member: Member | None = None) -> None:
        with self.ctx_for((member or self.cast.moderator).actor) as ctx:
            waiting = select(Case).where(Case.subject == achievement, Case.state.in_(sorted(WAITING)))
            decide(ctx, ctx.session.scalars(waiting).unique().one().id, decision)

    def agree(self, achievement: str, organisation: str = "firm", number: str = "云岫密协 2026-07") -> None:
        """The holder records a confidentiality agreement."""
        with self.ctx_for(self.cast.tto_officer.actor) as ctx:
            grant_access(ctx, achievement, credit_code(organisation), number)

    def withdraw(self, achievement: str, reason: str = "title_dispute", note: str = "") -> None:
        with self.ctx_for(self.cast.tto_officer.actor) as ctx:
            withdraw(ctx, achievement, Withdrawal(reason, note))

    def look(self, achievement: str) -> Achievement:
        """The row with its revisions, as everybody would find it now."""
        with self.ctx_for(SYSTEM) as ctx:
            found = ctx.session.get_one(Achievement, achievement)
            _ = found.revisions, found.holder.name
            ctx.session.expunge_all()
            return found

    def working(self, achievement: str) -> Revision:
        found = working_revision(self.look(achievement))
        assert found is not None
        return found

    def public(self, achievement: str) -> Revision:
        row = self.look(achievement)
        found = revision_of(row, row.published_n)
        assert found is not None
        return found

    def kinds(self, achievement: str) -> list[str]:
        """The verbs of its journal, oldest first."""
        with self.ctx_for(SYSTEM) as ctx:
            return [entry.kind.removeprefix("achievement.") for entry in entries_of(ctx.session, achievement)]

"""What people do with disclosures, without pages: shortcuts to the state a test begins in."""

import io
import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any

import pikepdf

from listings.classification import SECRECY_QUESTIONS
from listings.disclosures.confidential import write_confidential
from listings.disclosures.confirming import Confirmation, ask_to_confirm, confirm
from listings.disclosures.drafting import create_disclosure, save_disclosure
from listings.disclosures.models import Disclosure
from listings.disclosures.reviewing import Opinion, give_opinion
from listings.disclosures.secrecy import assess
from listings.disclosures.services import Statements, submit
from listings.secrecy import Answers
from marketplace.core.context import SYSTEM, Actor, Context
from marketplace.core.journal import entries_of
from tests.cast import Cast, Member

#: Answers that lead to nothing.
HARMLESS = {q.code: "no" if q.blocks_on == "yes" else "yes" for q in SECRECY_QUESTIONS}
TITLE = "海水淡化用抗污染正渗透膜"
#: Words that stand in the confidential description and nowhere else.
SECRET = "界面聚合时间三十七秒，单体甲浓度百分之二点一"
INVENTOR = {
    "name": "沈禾", "email": "inventor@university.example", "unit": "云岫大学", "status": "staff", "left_on": None,
    "share_bp": 10_000, "contribution": "提出膜结构并完成制备",
}  # fmt: skip
OFFICER = {
    "name": "陆望舒", "email": "tto.officer@university.example", "unit": "云岫大学", "status": "staff", "left_on": None,
    "share_bp": 4_000, "contribution": "设计测试方法",
}  # fmt: skip
OUTSIDER = {
    "name": "邵行简", "email": "", "unit": "北渚研究院", "status": "outsider", "left_on": None,
    "share_bp": 4_000, "contribution": "提出支撑层孔道设计",
}  # fmt: skip
COMPLETE: dict[str, Any] = {
    "title": TITLE,
    "abstract": "一种用于海水淡化的正渗透膜，水通量高，耐氯，可在现有组件中替换使用。",
    "keywords": ["正渗透", "膜材料"],
    "fields": ["05"],
    "trl": 4,
    "completers": [INVENTOR],
    "ground": "task",
    "projects": [{"number": "2024YX-031", "name": "膜材料专项", "level": "provincial", "clause": "成果归承担单位"}],
    "conceived_on": "2025-03-01",
    "completed_on": "2026-01-20",
    "ip_state": "none",
    "wish": "file",
    "modes": ["licence_exclusive"],
    "firms": [{"name": "拾光储能有限公司", "relation": "无"}],
}  # fmt: skip
TWO: list[dict[str, Any]] = [{**INVENTOR, "share_bp": 6_000}, OFFICER]
WITH_OUTSIDER: list[dict[str, Any]] = [{**INVENTOR, "share_bp": 6_000}, OUTSIDER]
TRUE = Statements(truthful=True, complete=True)
DUE = date(2026, 9, 1)


def signed_paper() -> bytes:
    """A scanned page as a PDF file; no two are alike."""
    made = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.docinfo["/Title"] = secrets.token_hex(8)
        document.save(made)
    return made.getvalue()


@dataclass
class DisclosureDesk:
    """Brings disclosures to the university into a state. Every method that makes one gives its id."""

    cast: Cast
    ctx_for: Callable[[Actor], AbstractContextManager[Context]]

    def begun(self, member: Member | None = None) -> str:
        with self.ctx_for((member or self.cast.inventor).actor) as ctx:
            return create_disclosure(ctx).id

    def cleared(self, answers: dict[str, str] | None = None) -> str:
        made = self.begun()
        with self.ctx_for(self.cast.inventor.actor) as ctx:
            assess(ctx, made, Answers({**HARMLESS, **(answers or {})}, {}))
        return made

    def complete(self, **changes: Any) -> str:
        made = self.cleared()
        self.save(made, **{**COMPLETE, **changes})
        self.describe(made, SECRET)
        return made

    def asked(self, **changes: Any) -> str:
        made = self.complete(**changes)
        self.ask(made)
        return made

    def confirmed(self, **changes: Any) -> str:
        made = self.asked(**changes)
        for row in self.look(made).completers:
            for member in self.cast.members.values():
                if member.user_id == row.user_id:
                    self.confirm(made, member)
        return made

    def submitted(self, **changes: Any) -> str:
        made = self.confirmed(**changes)
        self.submit(made)
        return made

    def at(self, state: str, **changes: Any) -> str:
        """A disclosure that the officers have brought to this state of their review."""
        made = self.submitted(**changes)
        while self.look(made).state != state:
            self.forward(made)
        return made

    def closed(self, outcome: str = "file_patent", **more: Any) -> str:
        made = self.at("classified_decision")
        self.say(made, self.cast.unit_admin, outcome, reason="符合单位布局", **more)
        return made

    def forward(self, made: str) -> None:
        """The usual opinion at the step that is due."""
        cast, state = self.cast, self.look(made).state
        if state == "submitted":
            self.say(made, cast.tto_officer, "take_up")
        elif state == "formal_check":
            self.say(made, cast.tto_officer, "accept")
        elif state == "ownership_review":
            self.say(made, cast.tto_officer, "service_task", reason="执行省级专项任务")
        elif state == "secrecy_gate":
            self.say(made, cast.secrecy_officer, "clear", document="云保审〔2026〕31 号")
        elif state == "evaluation":
            details = {"patentability": "有新颖性", "market": "海岛供水"}
            self.say(made, cast.tto_officer, "file_patent", details=details)
        else:
            raise AssertionError(f"nothing usual to say at {state}")

    def save(self, made: str, member: Member | None = None, **changes: Any) -> int:
        with self.ctx_for((member or self.cast.inventor).actor) as ctx:
            return save_disclosure(ctx, made, changes).version

    def describe(self, made: str, text: str) -> None:
        with self.ctx_for(self.cast.inventor.actor) as ctx:
            write_confidential(ctx, made, text, version=None)

    def ask(self, made: str) -> None:
        with self.ctx_for(self.cast.inventor.actor) as ctx:
            ask_to_confirm(ctx, made)

    def confirm(self, made: str, member: Member, digest: str = "") -> None:
        given = Confirmation(digest or self.look(made).digest, contributed=True, agreed=True)
        with self.ctx_for(member.actor) as ctx:
            confirm(ctx, made, given)

    def submit(self, made: str, member: Member | None = None) -> None:
        with self.ctx_for((member or self.cast.inventor).actor) as ctx:
            submit(ctx, made, TRUE)

    def say(self, made: str, member: Member, outcome: str, **more: Any) -> None:
        step = self.look(made).state
        with self.ctx_for(member.actor) as ctx:
            give_opinion(ctx, made, Opinion(step, outcome, **more))

    def look(self, made: str) -> Disclosure:
        """The row with everything of it, as everybody would find it now."""
        with self.ctx_for(SYSTEM) as ctx:
            found = ctx.session.get_one(Disclosure, made)
            _ = found.completers, found.decisions, found.confidential, found.holder.name
            ctx.session.expunge_all()
            return found

    def kinds(self, made: str) -> list[str]:
        """The verbs of its journal, oldest first."""
        with self.ctx_for(SYSTEM) as ctx:
            return [entry.kind.removeprefix("disclosure.") for entry in entries_of(ctx.session, made)]

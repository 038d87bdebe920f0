"""The demonstration's disclosures: one university's, each at another point of its way."""

from collections.abc import Callable

from listings.classification import SECRECY_QUESTIONS
from listings.disclosures.confidential import write_confidential
from listings.disclosures.confirming import Confirmation, ask_to_confirm, confirm
from listings.disclosures.drafting import create_disclosure, save_disclosure
from listings.disclosures.models import (
    DECISION,
    EVALUATION,
    FORMAL_CHECK,
    OWNERSHIP_REVIEW,
    SECRECY_GATE,
    SUBMITTED,
    Disclosure,
)
from listings.disclosures.reviewing import Opinion, give_opinion
from listings.disclosures.secrecy import assess
from listings.disclosures.services import Statements, submit
from listings.secrecy import Answers
from marketplace.core.context import Actor
from marketplace.core.uow import unit_of_work
from marketplace.demo.reading import Row, rows

#: What the unit says before its decision, step by step: who says it, and what.
_STEPS = (
    ("tto_officer", Opinion(SUBMITTED, "take_up")),
    ("tto_officer", Opinion(FORMAL_CHECK, "accept")),
    ("tto_officer", Opinion(OWNERSHIP_REVIEW, "service_task", reason="核对项目任务书，属于本职任务")),
    ("secrecy_officer", Opinion(SECRECY_GATE, "clear", document="保密审〔2026〕披露 3 号")),
    (
        "tto_officer",
        Opinion(
            EVALUATION,
            "transform_now",
            details={"patentability": "检索未见相同方案", "market": "已有企业询问，可直接洽谈"},
        ),
    ),
)


def load_disclosures(members: Callable[[str, str], Actor], officer: Callable[[str, str], Actor]) -> None:
    """Make them. `members` gives the actor of a person in a unit, `officer` that of the unit's first in a role."""
    for row in rows("disclosures"):
        author = members(row["author"], row["unit"])
        made = _asked(author, row)
        if row["reach"] == "asked":
            continue
        with unit_of_work(author) as ctx:
            digest = ctx.session.get_one(Disclosure, made).digest
            confirm(ctx, made, Confirmation(digest, contributed=True, agreed=True))
            submit(ctx, made, Statements(truthful=True, complete=True))
        _review(made, row, officer)


def _asked(author: Actor, row: Row) -> str:
    """The id of a disclosure whose completers are asked to confirm it."""
    harmless = {q.code: "no" if q.blocks_on == "yes" else "yes" for q in SECRECY_QUESTIONS}
    with unit_of_work(author) as ctx:
        made = create_disclosure(ctx).id
        assess(ctx, made, Answers(harmless, {}))
        save_disclosure(ctx, made, row["content"])
        write_confidential(ctx, made, row["confidential"], version=None)
        ask_to_confirm(ctx, made)
        return made


def _review(made: str, row: Row, officer: Callable[[str, str], Actor]) -> None:
    for role, opinion in _STEPS:
        if opinion.step == row["reach"]:
            return
        _say(made, officer(row["unit"], role), opinion)
    decision = Opinion(DECISION, row["reach"], reason="评估意见一致，立即组织对接")
    _say(made, officer(row["unit"], "unit_admin"), decision)


def _say(made: str, actor: Actor, opinion: Opinion) -> None:
    with unit_of_work(actor) as ctx:
        give_opinion(ctx, made, opinion)

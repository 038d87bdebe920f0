"""The way of a plan: drafted, submitted, decided or rejected; a decided one may be superseded or withdrawn."""

from typing import Any

from listings.plans.models import DECIDED, DISCARDED, DRAFT, REJECTED, SUBMITTED, SUPERSEDED, WITHDRAWN
from listings.plans.policy import DECIDE, EDIT, RETURN, SUBMIT, WITHDRAW
from marketplace.core.context import Context
from marketplace.core.errors import Conflict
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.lifecycle import Lifecycle, Transition


def _another_person(ctx: Context, plan: Any) -> None:
    """Nobody approves their own submission."""
    if plan.submitted_by == ctx.actor.user_id:
        raise Conflict(_l("方案由你提交，须由另一名管理员或专员登记决策"), code="own_submission")


PLAN = Lifecycle(
    noun="plan",
    states=(DRAFT, SUBMITTED, DECIDED, REJECTED, SUPERSEDED, WITHDRAWN, DISCARDED),
    initial=DRAFT,
    final=frozenset({REJECTED, SUPERSEDED, WITHDRAWN, DISCARDED}),
    transitions=(
        Transition("submit", frozenset({DRAFT}), SUBMITTED, SUBMIT),
        Transition("recall", frozenset({SUBMITTED}), DRAFT, SUBMIT),
        Transition("return", frozenset({SUBMITTED}), DRAFT, RETURN),
        Transition("decide", frozenset({SUBMITTED}), DECIDED, DECIDE, _another_person),
        Transition("reject", frozenset({SUBMITTED}), REJECTED, DECIDE, _another_person),
        Transition("supersede", frozenset({DECIDED}), SUPERSEDED, DECIDE),
        Transition("withdraw", frozenset({DECIDED}), WITHDRAWN, WITHDRAW),
        Transition("discard", frozenset({DRAFT}), DISCARDED, EDIT),
    ),
    events={
        "submit": "submitted",
        "recall": "recalled",
        "return": "returned",
        "decide": "decided",
        "reject": "rejected",
        "supersede": "superseded",
        "withdraw": "withdrawn",
        "discard": "discarded",
    },
)

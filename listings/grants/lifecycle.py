"""The way of a grant: the team agrees, the unit decides, the public is told, the agreement is signed, the title changes.

Between the decision and the agreement stands the public notice, which has states of its own (`listings.notices`): the
agreement is refused without its certificate.
"""

from datetime import datetime
from typing import Any

from listings.grants.models import (
    AGREEMENT_SIGNED,
    DECIDED,
    DISCARDED,
    DRAFT,
    EFFECTIVE,
    EXPIRED,
    REJECTED,
    REVOKED,
    SUBMITTED,
    TEAM_AGREED,
    TERMINATED,
    TITLE_CHANGE_FILED,
    UNIT_REVIEW,
    WITHDRAWN,
)
from listings.grants.policy import CARRY_OUT, DECIDE, EDIT, END, REVIEW, WITHDRAW
from listings.grants.terms import USE_RIGHT
from listings.involved import concerned
from marketplace.core.calendar import Calendar
from marketplace.core.context import Context
from marketplace.core.errors import Conflict
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.lifecycle import Appointment, Consequence, Lifecycle, Transition


def no_part_in_it(ctx: Context, grant: Any) -> None:
    """Nobody reviews or decides about a grant to themselves, or one they submitted."""
    if concerned(grant, ctx.actor.user_id):
        raise Conflict(_l("你是完成人、起草人或提交人，须回避，请由其他经办人办理"), code="own_submission")


def _ends(grant: Any, _calendar: Calendar) -> datetime | None:
    """A right of use ends by itself; the day was fixed when it took effect."""
    end: datetime | None = grant.ends_at
    return end


def _mark_end(_ctx: Context, grant: Any, moment: datetime) -> None:
    grant.ended_at = moment


GRANT = Lifecycle(
    noun="grant",
    states=(
        *(DRAFT, TEAM_AGREED, SUBMITTED, UNIT_REVIEW, REJECTED, DECIDED, WITHDRAWN, DISCARDED),
        *(AGREEMENT_SIGNED, TITLE_CHANGE_FILED, EFFECTIVE, EXPIRED, REVOKED, TERMINATED),
    ),
    initial=DRAFT,
    final=frozenset({REJECTED, WITHDRAWN, DISCARDED, EXPIRED, REVOKED, TERMINATED}),
    transitions=(
        Transition("reopen", frozenset({TEAM_AGREED}), DRAFT, EDIT),
        Transition("submit", frozenset({TEAM_AGREED}), SUBMITTED, EDIT),
        Transition("recall", frozenset({SUBMITTED}), TEAM_AGREED, EDIT),
        Transition("review", frozenset({SUBMITTED}), UNIT_REVIEW, REVIEW, no_part_in_it),
        Transition("return", frozenset({SUBMITTED, UNIT_REVIEW}), DRAFT, REVIEW, no_part_in_it),
        Transition("decide", frozenset({UNIT_REVIEW}), DECIDED, DECIDE, no_part_in_it),
        Transition("reject", frozenset({UNIT_REVIEW}), REJECTED, DECIDE, no_part_in_it),
        Transition("withdraw", frozenset({DECIDED}), WITHDRAWN, WITHDRAW),
        Transition("sign", frozenset({DECIDED}), AGREEMENT_SIGNED, CARRY_OUT),
        Transition("file", frozenset({AGREEMENT_SIGNED}), TITLE_CHANGE_FILED, CARRY_OUT),
        Transition("take_effect", frozenset({AGREEMENT_SIGNED, TITLE_CHANGE_FILED}), EFFECTIVE, CARRY_OUT),
        Transition("revoke", frozenset({EFFECTIVE}), REVOKED, END),
        Transition(
            "terminate", frozenset({AGREEMENT_SIGNED, TITLE_CHANGE_FILED, EFFECTIVE}), TERMINATED, END
        ),
        Transition("discard", frozenset({DRAFT}), DISCARDED, EDIT),
    ),
    consequences=(Consequence("agree", frozenset({DRAFT}), TEAM_AGREED),),
    deadlines=(
        Appointment("expire", frozenset({EFFECTIVE}), EXPIRED, _ends, terms=(USE_RIGHT,), then=_mark_end),
    ),
    events={
        "reopen": "reopened",
        "submit": "submitted",
        "recall": "recalled",
        "review": "reviewed",
        "return": "returned",
        "decide": "decided",
        "reject": "rejected",
        "withdraw": "withdrawn",
        "sign": "agreement_signed",
        "file": "title_change_filed",
        "take_effect": "took_effect",
        "revoke": "revoked",
        "terminate": "terminated",
        "discard": "discarded",
        "agree": "team_agreed",
        "expire": "expired",
    },
)

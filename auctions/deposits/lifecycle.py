"""The way of a deposit: required, declared, recorded, locked; then refunded, applied to the price, or forfeited.

Every deposit that was locked ends in one of the last three. A refund that is not made in time is told as overdue.
"""

from typing import Any

from auctions.deposits import models as d
from auctions.deposits.policy import CHECK, DECLARE, RECORD, SETTLE
from auctions.terms import law
from marketplace.core.db import JSONObject
from marketplace.core.lifecycle import Consequence, Deadline, Lifecycle, Transition

#: Money is still to come, or was found wrong.
UNSETTLED = frozenset({d.REQUIRED, d.DECLARED, d.REJECTED})


def _code(deposit: Any) -> JSONObject:
    return {"deposit": deposit.id, "code": deposit.intent.code}


DEPOSIT = Lifecycle(
    noun="deposit",
    states=(
        *(d.REQUIRED, d.DECLARED, d.RECORDED, d.LOCKED, d.REJECTED, d.UNPAID),
        *(d.REFUND_DUE, d.REFUND_RECORDED, d.REFUNDED, d.APPLIED, d.FORFEIT_PROPOSED, d.FORFEITED),
    ),
    initial=d.REQUIRED,
    final=frozenset({d.UNPAID, d.REFUNDED, d.APPLIED, d.FORFEITED}),
    transitions=(
        Transition("declare", UNSETTLED, d.DECLARED, DECLARE),
        Transition("record", UNSETTLED, d.RECORDED, RECORD),
        Transition("reject", frozenset({d.DECLARED, d.RECORDED}), d.REJECTED, SETTLE),
        Transition("check", frozenset({d.RECORDED}), d.LOCKED, CHECK),
        Transition("record_refund", frozenset({d.REFUND_DUE}), d.REFUND_RECORDED, RECORD),
        Transition("return_refund", frozenset({d.REFUND_RECORDED}), d.REFUND_DUE, CHECK),
        Transition("check_refund", frozenset({d.REFUND_RECORDED}), d.REFUNDED, CHECK),
        Transition("propose", frozenset({d.LOCKED, d.REFUND_DUE}), d.FORFEIT_PROPOSED, SETTLE),
        Transition("forfeit", frozenset({d.FORFEIT_PROPOSED}), d.FORFEITED, SETTLE),
        Transition("spare", frozenset({d.FORFEIT_PROPOSED}), d.LOCKED, SETTLE),
    ),
    consequences=(
        Consequence("expire", UNSETTLED, d.UNPAID),
        Consequence("release", frozenset({d.RECORDED, d.LOCKED}), d.REFUND_DUE),
        Consequence("apply", frozenset({d.LOCKED}), d.APPLIED),
    ),
    deadlines=(
        Deadline(
            "overdue",
            frozenset({d.REFUND_DUE, d.REFUND_RECORDED}),
            None,
            law.DEPOSIT_REFUND,
            lambda deposit: deposit.refund_from,
            stamps="overdue_at",
        ),
    ),
    events={
        "declare": "declared",
        "record": "recorded",
        "reject": "rejected",
        "check": "locked",
        "record_refund": "refund_recorded",
        "return_refund": "refund_returned",
        "check_refund": "refunded",
        "propose": "forfeit_proposed",
        "forfeit": "forfeited",
        "spare": "spared",
        "expire": "unpaid",
        "release": "refund_due",
        "apply": "applied",
        "overdue": "refund_overdue",
    },
    about=lambda deposit: str(deposit.trade_id),
    said=_code,
)

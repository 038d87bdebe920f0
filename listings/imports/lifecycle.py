"""The way of an import: uploaded, matched, checked, run. The person asks, the worker carries out."""

from listings.imports.models import (
    CANCELLED,
    CHECKED,
    CHECKING,
    DONE,
    FAILED,
    MAPPED,
    RUNNING,
    UPLOADED,
)
from listings.imports.policy import ADVANCE, MANAGE
from marketplace.core.lifecycle import Lifecycle, Transition

#: States in which somebody or something is still expected to act.
OPEN = frozenset({UPLOADED, MAPPED, CHECKING, CHECKED, RUNNING})
#: States in which the worker is at it.
BUSY = frozenset({CHECKING, RUNNING})

IMPORT_JOB = Lifecycle(
    noun="import",
    states=(UPLOADED, MAPPED, CHECKING, CHECKED, RUNNING, DONE, FAILED, CANCELLED),
    initial=UPLOADED,
    final=frozenset({DONE, FAILED, CANCELLED}),
    transitions=(
        Transition("match", frozenset({UPLOADED, MAPPED, CHECKED}), MAPPED, MANAGE),
        Transition("check", frozenset({MAPPED, CHECKED}), CHECKING, MANAGE),
        Transition("checked", frozenset({CHECKING}), CHECKED, ADVANCE),
        Transition("run", frozenset({MAPPED, CHECKED}), RUNNING, MANAGE),
        Transition("go_on", frozenset({RUNNING}), RUNNING, MANAGE),
        Transition("finish", frozenset({RUNNING}), DONE, ADVANCE),
        Transition("fail", BUSY, FAILED, ADVANCE),
        Transition("cancel", OPEN, CANCELLED, MANAGE),
    ),
    events={
        "match": "matched",
        "check": "check_requested",
        "checked": "checked",
        "run": "started",
        "go_on": "started",
        "finish": "finished",
        "fail": "failed",
        "cancel": "cancelled",
    },
)

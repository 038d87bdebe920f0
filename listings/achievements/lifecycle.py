"""The way of a revision: drafted, submitted, returned or published, superseded. And of a publication: withdrawn."""

from typing import Any

from listings.achievements.models import (
    DISCARDED,
    DRAFT,
    PUBLISHED,
    RETURNED,
    SUBMITTED,
    SUPERSEDED,
    WITHDRAWN,
)
from listings.achievements.policy import DECIDE, EDIT, SUBMIT, WITHDRAW
from marketplace.core.lifecycle import Lifecycle, Transition


def _achievement_of(revision: Any) -> str:
    return str(revision.achievement_id)


REVIEW = Lifecycle(
    noun="achievement",
    states=(DRAFT, SUBMITTED, RETURNED, PUBLISHED, SUPERSEDED, DISCARDED),
    initial=DRAFT,
    final=frozenset({PUBLISHED, SUPERSEDED, DISCARDED}),  # publishing the next one supersedes a published one
    transitions=(
        Transition("submit", frozenset({DRAFT, RETURNED}), SUBMITTED, SUBMIT),
        Transition("recall", frozenset({SUBMITTED}), DRAFT, SUBMIT),
        Transition("return", frozenset({SUBMITTED}), RETURNED, DECIDE),
        Transition("publish", frozenset({SUBMITTED}), PUBLISHED, DECIDE),
        Transition("discard", frozenset({DRAFT, RETURNED}), DISCARDED, EDIT),
    ),
    events={
        "submit": "submitted",
        "recall": "recalled",
        "return": "returned",
        "publish": "published",
        "discard": "discarded",
    },
    about=_achievement_of,
)

#: Publication ends by the holder's withdrawal or the zone's takedown; the page stays as a tombstone.
PUBLICATION = Lifecycle(
    noun="achievement",
    states=(PUBLISHED, WITHDRAWN),
    initial=PUBLISHED,
    final=frozenset({WITHDRAWN}),
    transitions=(
        Transition("withdraw", frozenset({PUBLISHED}), WITHDRAWN, WITHDRAW),
        Transition("take_down", frozenset({PUBLISHED}), WITHDRAWN, DECIDE),
    ),
    events={"withdraw": "withdrawn", "take_down": "taken_down"},
)

"""The way of an edition: drafted, in force, superseded by the next one."""

from listings.unit_rules.models import DRAFT, IN_FORCE, SUPERSEDED
from listings.unit_rules.policy import EDIT
from marketplace.core.lifecycle import Lifecycle, Transition

RULES = Lifecycle(
    noun="unit_rules",
    states=(DRAFT, IN_FORCE, SUPERSEDED),
    initial=DRAFT,
    final=frozenset({SUPERSEDED}),
    transitions=(
        Transition("publish", frozenset({DRAFT}), IN_FORCE, EDIT),
        Transition("supersede", frozenset({IN_FORCE}), SUPERSEDED, EDIT),
    ),
    events={"publish": "published", "supersede": "superseded"},
)

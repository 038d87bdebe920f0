"""What a package above offers so that its things can be reviewed here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Words
from marketplace.core.runtime import runtime
from marketplace.moderation.models import Case


@dataclass(frozen=True)
class Change:
    """One field of the subject: what is public now and what is asked for. `label` in the page's language."""

    field: str
    label: str
    before: str
    after: str

    @property
    def changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class ReviewSubject:
    """How moderation speaks with the owner of a kind of subject. All run in the decision's transaction."""

    kind: str
    label: Words
    changes: Callable[[Context, Case], Sequence[Change]]
    publish: Callable[[Context, Case], None]
    return_: Callable[[Context, Case, list[JSONObject], str], None]
    url: Callable[[str], str]
    take_down: Callable[[Context, str, str, str], None] | None = None  # subject, reason, note
    warnings: Callable[[Context, Case], Sequence[str]] = lambda _ctx, _case: ()


def subject_of(kind: str) -> ReviewSubject:
    """The announced subject of that kind."""
    found: ReviewSubject = runtime().registry.review_subjects[kind]
    return found

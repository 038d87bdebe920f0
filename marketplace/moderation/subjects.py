"""What a package above offers so that its things can be reviewed, reported and taken down here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import NotFound, Words
from marketplace.core.i18n import Language
from marketplace.core.runtime import runtime
from marketplace.moderation.models import Case

OTHER = "other"  # the reason that says nothing by itself, so the officer must write a note


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
class Reason:
    """One entry of a list of reasons, in one language. `group` is the code of the part of the subject it points to."""

    code: str
    label: str
    group: str = ""
    group_label: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Published:
    """What the public sees now: enough to report it or to ask for its removal."""

    title: str
    zone_id: str
    org_id: str


Reasons = Callable[[Language], Sequence[Reason]]


def _no_reasons(_language: Language) -> Sequence[Reason]:
    return ()


def _never_public(_ctx: Context, _subject: str) -> Published | None:
    return None


def _at_once(_ctx: Context, _subject: str) -> bool:
    return True


def _no_warnings(_ctx: Context, _case: Case) -> Sequence[str]:
    return ()


@dataclass(frozen=True)
class ReviewSubject:
    """How moderation speaks with the owner of a kind of subject. Commands run in the decision's transaction.

    `publish` and `return_` carry a decision out (`return_` gets pairs of `code` and `field`, and a note);
    `take_down` gets subject, reason and note, None where nothing can be taken down. `published` is what is public
    under an id, None when nothing is; `shown` says whether what was let pass has been public, which is at once for most. `url` is the public page of an id, or empty. The lists of reasons belong to
    the owner; a code that is not in its list is refused.
    """

    kind: str
    label: Words
    changes: Callable[[Context, Case], Sequence[Change]]
    publish: Callable[[Context, Case], None]
    return_: Callable[[Context, Case, list[JSONObject], str], None]
    url: Callable[[str], str]
    take_down: Callable[[Context, str, str, str], None] | None = None
    published: Callable[[Context, str], Published | None] = _never_public
    shown: Callable[[Context, str], bool] = _at_once
    warnings: Callable[[Context, Case], Sequence[str]] = _no_warnings
    return_reasons: Reasons = _no_reasons
    take_down_reasons: Reasons = _no_reasons
    abuse_reasons: Reasons = _no_reasons


def subject_of(kind: str) -> ReviewSubject:
    """The announced subject of that kind. Raises NotFound for a kind nobody announced."""
    found: ReviewSubject | None = runtime().registry.review_subjects.get(kind)
    if found is None:
        raise NotFound
    return found


def subject_kinds() -> list[ReviewSubject]:
    """Every announced subject, in the order of announcement."""
    return list(runtime().registry.review_subjects.values())


def public_subject(ctx: Context, kind: str, subject: str) -> Published:
    """What is public under this id. Raises NotFound when nothing is."""
    found = subject_of(kind).published(ctx, subject)
    if found is None:
        raise NotFound
    return found


def reason_codes(reasons: Reasons) -> dict[str, str]:
    """Each code of a list with the group it points to."""
    return {reason.code: reason.group for reason in reasons("zh")}


def reason_labels(reasons: Reasons, language: Language) -> dict[str, str]:
    return {reason.code: reason.label for reason in reasons(language)}

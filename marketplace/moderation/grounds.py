"""What a decision must say: an outcome that fits the question, and reasons for everything that refuses or removes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from marketplace.core.db import JSONObject
from marketplace.core.errors import FieldError, Invalid
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.moderation.models import KEEP, PUBLISH, RETURN, TAKE_DOWN
from marketplace.moderation.subjects import OTHER, Reasons, ReviewSubject, reason_codes

LONGEST_NOTE = 2_000
LONGEST_PUBLIC_NOTE = 500
#: What may be answered to what is asked.
OUTCOMES = {PUBLISH: (PUBLISH, RETURN), TAKE_DOWN: (TAKE_DOWN, KEEP)}


@dataclass(frozen=True)
class Decision:
    """`outcome`: publish or return a submission, take_down or keep a publication. `reasons`: codes of the owner's
    return reasons, for `return` only. `note`: in the officer's words.
    """

    outcome: str
    reasons: tuple[str, ...] = ()
    note: str = ""


def check_decision(asks: str, subject: ReviewSubject, given: Decision) -> None:
    """Raises Invalid, naming every complaint."""
    errors = list(_complaints(asks, subject, given))
    if errors:
        raise Invalid(errors)


def check_removal(subject: ReviewSubject, reason: str, note: str) -> None:
    """Raises Invalid unless the reason is one of the owner's take-down reasons and says enough."""
    errors = []
    if reason not in reason_codes(subject.take_down_reasons):
        errors.append(FieldError("reason", "unknown_code", _l("选择下架原因")))
    errors += _note_complaints(note, LONGEST_PUBLIC_NOTE, needed=reason == OTHER)
    if errors:
        raise Invalid(errors)


def with_groups(reasons: Reasons, given: Iterable[str]) -> list[JSONObject]:
    """Codes as they are stored: each once, with the part of the subject it points to."""
    groups = reason_codes(reasons)
    return [{"code": code, "field": groups.get(code, "")} for code in dict.fromkeys(given)]


def _complaints(asks: str, subject: ReviewSubject, given: Decision) -> Iterator[FieldError]:
    if given.outcome not in OUTCOMES[asks]:
        yield FieldError("outcome", "required", _l("选择处理结果"))
    refused = given.outcome == RETURN
    if refused and not (given.reasons or given.note.strip()):
        yield FieldError("reasons", "required", _l("选择至少一条理由，或在意见中写明"))
    if given.reasons and not refused:
        yield FieldError("reasons", "contradiction", _l("只有退回修改才选择理由，请取消勾选或改选退回修改"))
    known = reason_codes(subject.return_reasons)
    if refused and not known.keys() >= set(given.reasons):
        yield FieldError("reasons", "unknown_code", _l("理由不在目录中，请重新选择"))
    alone = refused and OTHER in given.reasons
    yield from _note_complaints(given.note, LONGEST_NOTE, needed=alone or given.outcome == KEEP)


def _note_complaints(note: str, longest: int, *, needed: bool) -> Iterator[FieldError]:
    if needed and not note.strip():
        yield FieldError("note", "required", _l("写明理由"))
    if len(note) > longest:
        yield FieldError("note", "too_long", _l("不超过 %(limit)s 个字", limit=longest))

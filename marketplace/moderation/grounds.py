"""What a decision must say: an outcome that fits the question, and reasons for everything that refuses or removes."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from marketplace.accounts.checks import Checks
from marketplace.core.db import JSONObject
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


@dataclass(frozen=True)
class Removal:
    """Why a publication should go: one of the owner's take-down reasons, and a note that the tombstone shows."""

    reason: str
    note: str = ""


def checked_decision(asks: str, subject: ReviewSubject, given: Decision) -> Decision:
    """The decision as it will be kept. Raises Invalid, naming every complaint."""
    checks = Checks()
    refused = given.outcome == RETURN
    if given.outcome not in OUTCOMES[asks]:
        checks.complain("outcome", "required", _l("选择处理结果"))
    if refused and not (given.reasons or given.note.strip()):
        checks.complain("reasons", "required", _l("选择至少一条理由，或在意见中写明"))
    if given.reasons and not refused:
        checks.complain("reasons", "contradiction", _l("只有退回修改才选择理由，请取消勾选或改选退回修改"))
    if refused and not reason_codes(subject.return_reasons).keys() >= set(given.reasons):
        checks.complain("reasons", "unknown_code", _l("理由不在目录中，请重新选择"))
    needed = given.outcome == KEEP or (refused and OTHER in given.reasons)
    note = checks.text("note", given.note, LONGEST_NOTE, _l("写明理由") if needed else None)
    checks.settle()
    return replace(given, reasons=tuple(dict.fromkeys(given.reasons)), note=note)


def checked_removal(subject: ReviewSubject, given: Removal) -> Removal:
    """The proposal as it will be kept. Raises Invalid."""
    checks = Checks()
    if given.reason not in reason_codes(subject.take_down_reasons):
        checks.complain("reason", "unknown_code", _l("选择下架原因"))
    missing = _l("写明理由") if given.reason == OTHER else None
    note = checks.text("note", given.note, LONGEST_PUBLIC_NOTE, missing)
    checks.impersonal("note", note)
    checks.settle()
    return replace(given, note=note)


def with_groups(reasons: Reasons, given: Iterable[str]) -> list[JSONObject]:
    """Codes as they are stored, each with the part of the subject it points to."""
    groups = reason_codes(reasons)
    return [{"code": code, "field": groups.get(code, "")} for code in given]

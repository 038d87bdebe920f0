"""What is to become of each row of a batch: a new draft, an update, or nothing because it is there already."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from listings.achievements.labels import STATES
from listings.achievements.models import WITHDRAWN
from listings.achievements.secrecy import DRAFTABLE, UNASSESSED
from listings.imports.duplicates import Known, Matches, Seen
from listings.imports.models import (
    COMPLETE,
    DUPLICATE,
    EXAMPLE,
    IN_REVIEW,
    INCOMPLETE,
    REFUSED,
    UPDATED,
)
from listings.imports.notes import Note, Weight
from listings.imports.plan import Plan
from listings.imports.rows import Judged
from marketplace.core.errors import Words
from marketplace.core.i18n import lazy_gettext as _l

NEW = frozenset({COMPLETE, INCOMPLETE, IN_REVIEW})


@dataclass(frozen=True)
class Settled:
    """A row with what becomes of it; `known` is the record it means, `achievement_id` the one it ended up in."""

    judged: Judged
    outcome: str
    notes: tuple[Note, ...]
    known: Known | None = None
    achievement_id: str = ""

    def ended_in(self, achievement_id: str) -> "Settled":
        return replace(self, achievement_id=achievement_id)

    def refused(self, code: str, message: Words) -> "Settled":
        """The same row, kept out after all."""
        note = Note(Weight.ERROR, code, message)
        return replace(self, outcome=REFUSED, notes=(*self.notes, note), achievement_id="")


def settle(plan: Plan, batch: Sequence[Judged], matches: Matches, seen: Seen) -> list[Settled]:
    """Decide for every row of the batch, in order; `seen` learns of the rows that go in."""
    return [_settle(plan, judged, matches, seen) for judged in batch]


def _settle(plan: Plan, judged: Judged, matches: Matches, seen: Seen) -> Settled:
    if judged.example:
        return Settled(judged, EXAMPLE, judged.notes)
    if judged.content is None:
        return Settled(judged, REFUSED, judged.notes)
    known = matches.of(judged)
    earlier = known.row if known and known.row is not None else seen.earlier(judged, known)
    if earlier is not None:
        words = _l("与本文件第 %(row)s 行的名称或编号相同，未重复导入", row=earlier)
        return _left_out(judged, "repeated", words, known)
    seen.add(judged, known)
    if known is None:
        return Settled(judged, _new_outcome(plan, judged), judged.notes)
    if not plan.update:
        return _left_out(judged, "duplicate", _known_words(known), known)
    return _update(plan, judged, known)


def _new_outcome(plan: Plan, judged: Judged) -> str:
    if judged.missing:
        return INCOMPLETE
    return IN_REVIEW if plan.submit and plan.review_document else COMPLETE


def _left_out(judged: Judged, code: str, words: Words, known: Known | None) -> Settled:
    meant = known.id if known else ""
    note = Note(Weight.WARNING, code, words, value=judged.title, achievement_id=meant)
    return Settled(judged, DUPLICATE, (note,), known)


def _known_words(known: Known) -> Words:
    return _l(
        "与已有成果 %(number)s“%(title)s”（%(state)s）相同，未导入",
        number=known.number,
        title=known.title,
        state=STATES[known.state][0],
    )


def _update(plan: Plan, judged: Judged, known: Known) -> Settled:
    settled = Settled(judged, UPDATED, judged.notes, known, known.id)
    if judged.external_id and known.external_id not in {None, judged.external_id}:
        words = _l("已有成果 %(number)s 名称相同但单位内部编号不同，请核对", number=known.number)
        return settled.refused("other_number", words)
    if known.in_review:
        return settled.refused(
            "in_review", _l("已有成果 %(number)s 正在审核，撤回后才能更新", number=known.number)
        )
    if known.state == WITHDRAWN:
        return settled.refused("withdrawn", _l("已有成果 %(number)s 已下架，不能更新", number=known.number))
    assessable = known.clearance == UNASSESSED and plan.review_document
    if known.clearance not in DRAFTABLE and not assessable:
        words = _l("已有成果 %(number)s 的保密自查未完成或未通过，不能更新", number=known.number)
        return settled.refused("not_cleared", words)
    return settled

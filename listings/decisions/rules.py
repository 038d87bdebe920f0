"""By what counts a decision stands. Said once, for every subject that is decided about.

More than half of those *present* must be in favour. A simple majority of those voting would be wrong: two votes to one
in a meeting of nine would carry a sale. Whoever abstains or stands aside is present and not in favour.
"""

from collections.abc import Iterator
from datetime import date

from listings.achievements.texts import storable
from listings.decisions.record import APPROVED, RESULTS, DecisionRecord, to_json
from marketplace.core.errors import FieldError
from marketplace.core.i18n import lazy_gettext as _l

LONGEST = {"body": 60, "agenda_item": 300, "resolution": 80}
LONGEST_PART = 200  # characters of a name or a reason
MOST_PEOPLE = 10_000
MOST_RECUSALS = 40
COUNTS = ("members", "present", "quorum", "votes_for", "votes_against", "votes_abstain")
_EARLIEST = 1990
_REQUIRED_WORDS = {
    "body": _l("选择决策机构"),
    "held_on": _l("填写会议日期"),
    "agenda_item": _l("填写议题"),
    "resolution": _l("填写决议文号"),
    "minutes": _l("上传会议纪要"),
}


def complaints(record: DecisionRecord, today: date) -> Iterator[FieldError]:
    """Everything wrong with the record on this day, a date in Beijing. Each names a field of the record."""
    yield from _texts(record)
    yield from _recusals(record)
    if record.result not in RESULTS:
        yield FieldError("result", "unknown_code", _l("选择表决结果"))
    if record.held_on is not None and record.held_on > today:
        yield FieldError("held_on", "future", _l("会议日期不能晚于今天"))
    if record.held_on is not None and record.held_on.year < _EARLIEST:
        yield FieldError("held_on", "range", _l("核对年份，写四位数字"))
    missing = list(_counts(record))
    yield from missing
    if not missing:
        yield from _attendance(record)
        yield from _votes(record)


def _texts(record: DecisionRecord) -> Iterator[FieldError]:
    for name, words in _REQUIRED_WORDS.items():
        value = getattr(record, name)
        if not (value.strip() if isinstance(value, str) else value):
            yield FieldError(name, "required", words)
    for name, value in to_json(record).items():
        if not storable(value):
            yield FieldError(name, "unstorable", _l("含有无法保存的控制字符，请删除后再提交"))
    for name, limit in LONGEST.items():
        if len(getattr(record, name)) > limit:
            yield FieldError(name, "too_long", _l("不超过 %(limit)s 个字", limit=limit))


def _recusals(record: DecisionRecord) -> Iterator[FieldError]:
    if len(record.recusals) > MOST_RECUSALS:
        yield FieldError("recusals", "too_many", _l("最多 %(limit)s 项", limit=MOST_RECUSALS))
    for place, recusal in enumerate(record.recusals):
        for part, words in (("name", _l("填写回避人员姓名")), ("reason", _l("填写回避原因"))):
            value = getattr(recusal, part)
            if not value.strip():
                yield FieldError(f"recusals.{place}.{part}", "required", words)
            elif len(value) > LONGEST_PART:
                message = _l("不超过 %(limit)s 个字", limit=LONGEST_PART)
                yield FieldError(f"recusals.{place}.{part}", "too_long", message)


def _counts(record: DecisionRecord) -> Iterator[FieldError]:
    for name in COUNTS:
        value = getattr(record, name)
        if value is None:
            yield FieldError(name, "required", _l("填写人数，没有的填 0"))
        elif not 0 <= value <= MOST_PEOPLE:
            yield FieldError(name, "range", _l("核对人数"))


def _attendance(record: DecisionRecord) -> Iterator[FieldError]:
    members, present, quorum = record.members or 0, record.present or 0, record.quorum or 0
    if members < 1:
        yield FieldError("members", "range", _l("决策机构至少有一名成员"))
    if quorum * 2 <= members or quorum > members:
        yield FieldError("quorum", "quorum", _l("法定人数应超过成员半数，且不多于成员人数"))
    if present > members:
        yield FieldError("present", "order", _l("到会人数不能多于成员人数"))
    if present < quorum:
        yield FieldError("present", "no_quorum", _l("到会人数不足法定人数，会议不能作出决定"))
    if len(record.recusals) > present:
        yield FieldError("recusals", "too_many", _l("回避人数不能多于到会人数"))


def _votes(record: DecisionRecord) -> Iterator[FieldError]:
    present, in_favour = record.present or 0, record.votes_for or 0
    cast = in_favour + (record.votes_against or 0) + (record.votes_abstain or 0)
    voting = present - len(record.recusals)
    if cast != voting:
        message = _l(
            "赞成、反对、弃权共 %(cast)s 票，应等于到会人数减去回避人数，即 %(voting)s 票",
            cast=cast,
            voting=voting,
        )
        yield FieldError("votes_for", "sum", message)
    carried = in_favour * 2 > present
    if record.result == APPROVED and not carried:
        yield FieldError("result", "not_carried", _l("赞成票未超过到会人数的半数，不能记为通过"))
    if record.result in RESULTS and record.result != APPROVED and carried:
        yield FieldError("result", "carried", _l("赞成票已超过到会人数的半数，不能记为未通过"))

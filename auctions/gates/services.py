"""Assessing a gate: who looked at what, on which document, with which result."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from auctions.gates.models import EXPORT, GATES, NOT_CONCERNED, PASSED, REFUSED, TITLE, GateRecord
from auctions.gates.standing import REGISTER_DAYS, last_day_of, records_of
from auctions.trades.engine import catch_up
from auctions.trades.models import Trade
from auctions.trades.policy import HOST
from auctions.trades.reach import trade_for
from listings.achievements.texts import storable, tidy
from marketplace.core.clock import local_date
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict, FieldError, Invalid
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.ids import new_id
from marketplace.core.journal import record

LONGEST_DOCUMENT = 120
LONGEST_NOTE = 500


@dataclass(frozen=True)
class Assessment:
    """`gate` and `result` by their codes; `document` is the number of what it rests on, never its content.

    `expires_on` is the last day on which it counts; None: until the text changes, for the title thirty days after
    `checked_on`, the day on which the register was looked up.
    """

    gate: str = ""
    result: str = ""
    document: str = ""
    checked_on: date | None = None
    expires_on: date | None = None
    note: str = ""


def assess(ctx: Context, trade_id: str, given: Assessment) -> GateRecord:
    """Record the host's assessment of a gate for the trade's text as it is. Raises Invalid, Conflict."""
    trade = trade_for(ctx, trade_id, HOST)
    catch_up(ctx, trade)
    if trade.submitted_by == ctx.actor.user_id or trade.ended_at is not None:
        raise Conflict(_l("当前状态不允许这一操作，页面内容可能已过时"), code="wrong_state")
    errors = [*_complaints(given), *_doubts(ctx, trade, given)]
    if errors:
        raise Invalid(errors)
    made = GateRecord(
        id=new_id("gat", ctx.now),
        trade_id=trade.id,
        n=len(records_of(ctx, trade)) + 1,
        gate=given.gate,
        subject=trade.digest,
        result=given.result,
        document=tidy(given.document),
        checked_on=given.checked_on,
        expires_on=given.expires_on or last_day_of(given.gate, given.checked_on),
        note=tidy(given.note),
        assessed_by=ctx.actor.person,
        assessed_at=ctx.now,
    )
    ctx.session.add(made)
    ctx.session.flush()
    told: JSONObject = {
        "gate": made.gate,
        "result": made.result,
        "content": made.subject,
        "document": made.document,
    }
    record(ctx, "trade.gate_assessed", trade.id, told)
    return made


def _complaints(given: Assessment) -> list[FieldError]:
    errors = []
    if given.gate not in GATES:
        errors.append(FieldError("gate", "unknown_code", _l("不在可选范围内")))
    if given.result not in {PASSED, REFUSED, NOT_CONCERNED}:
        errors.append(FieldError("result", "required", _l("选择核查结果")))
    if given.result == PASSED and not tidy(given.document):
        errors.append(FieldError("document", "required", _l("填写所依据文件的名称或文号")))
    if len(given.document) > LONGEST_DOCUMENT or not storable(given.document):
        errors.append(FieldError("document", "too_long", _l("不超过 %(limit)s 个字", limit=LONGEST_DOCUMENT)))
    if len(given.note) > LONGEST_NOTE or not storable(given.note):
        errors.append(FieldError("note", "too_long", _l("不超过 %(limit)s 个字", limit=LONGEST_NOTE)))
    return errors


def _doubts(ctx: Context, trade: Trade, given: Assessment) -> Iterator[FieldError]:
    """Days that cannot be, and results that what the platform knows does not allow."""
    today = local_date(ctx.now)
    if given.checked_on is not None and given.checked_on > today:
        yield FieldError("checked_on", "future", _l("日期不能晚于今天"))
    if given.expires_on is not None and given.expires_on < today:
        yield FieldError("expires_on", "past", _l("有效期已过"))
    if given.gate == TITLE and given.result == NOT_CONCERNED:
        yield FieldError("result", "concerned", _l("每项交易都须核查权属"))
    if given.gate == TITLE and given.result == PASSED:
        yield from _about_the_register(given.checked_on, today)
    if given.gate == EXPORT and given.result == NOT_CONCERNED and trade.achievement.domestic_only:
        words = _l("这项成果仅限境内转化，须依据文件核查出口限制，不能选“不涉及”")
        yield FieldError("result", "domestic_only", words)


def _about_the_register(checked_on: date | None, today: date) -> Iterator[FieldError]:
    if checked_on is None:
        yield FieldError("checked_on", "required", _l("填写查询权利登记簿的日期"))
    elif checked_on <= today - timedelta(days=REGISTER_DAYS + 1):
        words = _l("查询权利登记簿已超过 %(days)s 日，请重新查询", days=REGISTER_DAYS)
        yield FieldError("checked_on", "stale", words)

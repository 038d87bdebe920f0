"""Holders of the right of first refusal: naming them, telling them, and taking down what they answer."""

from dataclasses import dataclass

from auctions.priority.finding import ASSIGNMENT, holder_row
from auctions.priority.models import CO_OWNER, COMMISSIONER, COMPLETER, PriorityHolder
from auctions.procedure import EXERCISED, SILENT, WAIVED
from auctions.trades.engine import catch_up
from auctions.trades.facts import holders_of
from auctions.trades.lot import lot_from
from auctions.trades.models import Trade
from auctions.trades.policy import SUBMIT
from auctions.trades.reach import trade_for
from listings.achievements.texts import storable, tidy
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict, FieldError, Invalid, NotFound
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.journal import record
from marketplace.core.lookup import get

LONGEST_DOCUMENT = 120
LONGEST_NAME = 200
MOST_HOLDERS = 99
#: States of a trade in which the right may be exercised; in every live one it may be waived.
EXERCISABLE = "priority"


@dataclass(frozen=True)
class Notice:
    """How a holder was told: `way` in words, `document` the number of the letter or the name of the receipt."""

    way: str = ""
    document: str = ""


@dataclass(frozen=True)
class Answer:
    """`answer` is waived or exercised, `document` the signed paper it rests on."""

    answer: str = ""
    document: str = ""


@dataclass(frozen=True)
class NewHolder:
    """`kind` is co_owner or commissioner (民法典 arts. 859, 860), or a completer whom the public text does not name."""

    kind: str = ""
    name: str = ""


def notify_holder(ctx: Context, trade_id: str, holder_id: str, given: Notice) -> PriorityHolder:
    """The seller records that a holder was told of the trade and its terms. Raises Invalid, Conflict when told already."""
    trade, holder = _both(ctx, trade_id, holder_id)
    if holder.notified_at is not None:
        raise Conflict(_l("已经登记过通知"), code="told_already")
    errors = _complaints(("way", given.way), ("document", given.document))
    if errors:
        raise Invalid(errors)
    holder.notice = {"way": tidy(given.way), "document": tidy(given.document), "content": trade.digest}
    holder.notified_at, holder.notified_by = ctx.now, ctx.actor.person
    told: JSONObject = {"holder": holder.code, "kind": holder.kind, "content": trade.digest}
    record(ctx, "trade.holder_notified", trade.id, told)
    return holder


def add_holder(ctx: Context, trade_id: str, given: NewHolder) -> PriorityHolder:
    """The seller names a holder that nothing on the platform tells of. Raises Invalid, and Conflict after the announcement."""
    trade = trade_for(ctx, trade_id, SUBMIT)
    catch_up(ctx, trade)
    if trade.announced_at is not None or trade.ended_at is not None:
        raise Conflict(_l("公告之后不能再增加优先购买权人"), code="wrong_state")
    if lot_from(trade.lot).mode != ASSIGNMENT:
        raise Conflict(_l("许可等不转移权利的方式没有优先购买权"), code="no_transfer")
    held = holders_of(ctx, trade)
    errors = _new_complaints(given, {holder.name for holder in held})
    if errors:
        raise Invalid(errors)
    holder = holder_row(ctx, trade, given.kind, tidy(given.name), len(held) + 1)
    ctx.session.add(holder)
    ctx.session.flush()
    record(ctx, "trade.holder_added", trade.id, {"holder": holder.code, "kind": holder.kind})
    return holder


def take_answer(ctx: Context, trade_id: str, holder_id: str, given: Answer) -> PriorityHolder:
    """The seller takes down a holder's signed answer. Raises Invalid, Conflict when answered already or at the wrong time."""
    trade, holder = _both(ctx, trade_id, holder_id)
    catch_up(ctx, trade)
    errors = _complaints(("document", given.document))
    if given.answer not in {WAIVED, EXERCISED}:
        errors.append(FieldError("answer", "required", _l("选择放弃或行使")))
    if errors:
        raise Invalid(errors)
    if holder.answer != SILENT or holder.notified_at is None or trade.ended_at is not None:
        raise Conflict(_l("当前状态不允许这一操作，页面内容可能已过时"), code="wrong_state")
    if given.answer == EXERCISED and trade.state != EXERCISABLE:
        raise Conflict(_l("成交价确定之后才能行使优先购买权"), code="wrong_state")
    holder.answer, holder.answer_document = given.answer, tidy(given.document)
    holder.answered_at, holder.answered_by = ctx.now, ctx.actor.person
    record(
        ctx,
        f"trade.holder_{given.answer}",
        trade.id,
        {"holder": holder.code, "document": holder.answer_document},
    )
    catch_up(ctx, trade)
    return holder


def _new_complaints(given: NewHolder, held: set[str]) -> list[FieldError]:
    errors, name = [], tidy(given.name)
    if given.kind not in {COMPLETER, CO_OWNER, COMMISSIONER}:
        errors.append(FieldError("kind", "unknown_code", _l("选择权利的来源")))
    if not name:
        errors.append(FieldError("name", "required", _l("填写姓名或单位名称")))
    elif len(given.name) > LONGEST_NAME or not storable(given.name):
        errors.append(FieldError("name", "too_long", _l("不超过 %(limit)s 个字", limit=LONGEST_NAME)))
    elif name in held:
        errors.append(FieldError("name", "duplicate", _l("已经列出")))
    if len(held) >= MOST_HOLDERS:
        errors.append(FieldError("name", "too_many", _l("最多 %(limit)s 项", limit=MOST_HOLDERS)))
    return errors


def _both(ctx: Context, trade_id: str, holder_id: str) -> tuple[Trade, PriorityHolder]:
    trade = trade_for(ctx, trade_id, SUBMIT)
    holder = get(ctx.session, PriorityHolder, holder_id)
    if holder.trade_id != trade.id:
        raise NotFound
    return trade, holder


def _complaints(*said: tuple[str, str]) -> list[FieldError]:
    errors = []
    for name, text in said:
        if not tidy(text):
            errors.append(FieldError(name, "required", _l("填写通知方式或文件名称、编号")))
        elif len(text) > LONGEST_DOCUMENT or not storable(text):
            errors.append(FieldError(name, "too_long", _l("不超过 %(limit)s 个字", limit=LONGEST_DOCUMENT)))
    return errors

"""Commands about money that goes back: the clerk records the refund, the checker confirms it."""

from dataclasses import dataclass
from datetime import date

from auctions.deposits.lifecycle import DEPOSIT
from auctions.deposits.models import Deposit
from auctions.deposits.policy import CHECK, RECORD
from auctions.deposits.services import settle_apart
from listings.achievements.texts import storable, tidy
from listings.remarks import checked_note
from marketplace.core.clock import local_date
from marketplace.core.context import Context
from marketplace.core.errors import Conflict, FieldError, Invalid
from marketplace.core.i18n import lazy_gettext as _l

LONGEST_VOUCHER = 80


@dataclass(frozen=True)
class Refund:
    """When the money went back, and the number of the bank's voucher."""

    paid_on: date | None = None
    voucher: str = ""


def record_refund(ctx: Context, deposit_id: str, given: Refund) -> Deposit:
    """The clerk takes down that the money went back. Raises Invalid or Conflict."""
    deposit = settle_apart(ctx, deposit_id, RECORD)
    errors = _complaints(deposit, given, local_date(ctx.now))
    if errors:
        raise Invalid(errors)
    DEPOSIT.move(ctx, deposit, "record_refund")
    deposit.refund = {
        "paid_on": given.paid_on.isoformat() if given.paid_on else None,
        "voucher": tidy(given.voucher),
        "recorded_by": ctx.actor.person,
        "recorded_at": ctx.now.isoformat(),
    }
    deposit.note = ""
    return deposit


def check_refund(ctx: Context, deposit_id: str) -> Deposit:
    """Another officer confirms the refund against the statement."""
    deposit = settle_apart(ctx, deposit_id, CHECK)
    _by_another(ctx, deposit)
    DEPOSIT.move(ctx, deposit, "check_refund")
    deposit.refund = {
        **deposit.refund,
        "checked_by": ctx.actor.person,
        "checked_at": ctx.now.isoformat(),
    }
    return deposit


def return_refund(ctx: Context, deposit_id: str, reason: str) -> Deposit:
    """The record does not agree with the statement: the clerk looks again."""
    deposit = settle_apart(ctx, deposit_id, CHECK)
    said = checked_note(reason)
    _by_another(ctx, deposit)
    DEPOSIT.move(ctx, deposit, "return_refund")
    deposit.note = said
    return deposit


def _by_another(ctx: Context, deposit: Deposit) -> None:
    if deposit.refund.get("recorded_by") == ctx.actor.user_id:
        raise Conflict(_l("经办人不能复核自己的登记"), code="same_person")


def _complaints(deposit: Deposit, given: Refund, today: date) -> list[FieldError]:
    errors = []
    if given.paid_on is None:
        errors.append(FieldError("paid_on", "required", _l("填写退款日期")))
    elif given.paid_on > today:
        errors.append(FieldError("paid_on", "future", _l("日期不能晚于今天")))
    elif deposit.value_date is not None and given.paid_on < deposit.value_date:
        errors.append(FieldError("paid_on", "too_early", _l("退款日期早于到账日期")))
    if not tidy(given.voucher):
        errors.append(FieldError("voucher", "required", _l("填写银行凭证号")))
    elif len(given.voucher) > LONGEST_VOUCHER or not storable(given.voucher):
        errors.append(FieldError("voucher", "too_long", _l("不超过 %(limit)s 个字", limit=LONGEST_VOUCHER)))
    return errors

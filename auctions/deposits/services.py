"""Commands about money that came in: the party declares, the clerk records, the checker locks, either rejects."""

from dataclasses import asdict

from sqlalchemy import select

from auctions.deposits.apart import hosted
from auctions.deposits.lifecycle import DEPOSIT
from auctions.deposits.models import HELD, Deposit
from auctions.deposits.money import (
    Payment,
    Receipt,
    account_digest,
    last_day,
    masked,
    payment_complaints,
    receipt_complaints,
    same_name,
)
from auctions.deposits.policy import CHECK, DECLARE, RECORD, SETTLE
from auctions.deposits.reach import deposit_for
from auctions.deposits.shared_accounts import flag_shared_account
from auctions.intents.lifecycle import INTENT
from auctions.intents.models import QUALIFIED
from auctions.trades.engine import catch_up
from listings.achievements.texts import tidy
from listings.decisions.record import Minutes
from listings.remarks import checked_note
from marketplace.core.clock import local_date
from marketplace.core.context import Context
from marketplace.core.errors import Conflict, Invalid, Words
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.policy import Permission

#: (code, sentence) of what stands against locking a payment.
Fault = tuple[str, Words]


def declare_payment(ctx: Context, deposit_id: str, given: Payment, voucher: Minutes | None = None) -> Deposit:
    """The party says that it has paid, with the bank's voucher; until the desk has looked, the cut-off does not put it out."""
    deposit = _deposit(ctx, deposit_id, DECLARE)
    errors = list(payment_complaints(given, local_date(ctx.now)))
    if errors:
        raise Invalid(errors)
    DEPOSIT.move(ctx, deposit, "declare")
    deposit.declared = {
        "payer": tidy(given.payer),
        "account": masked(given.account),
        "amount_fen": given.amount_fen,
        "value_date": given.value_date.isoformat() if given.value_date else None,
        "voucher": asdict(voucher) if voucher is not None else None,
    }
    deposit.declared_by, deposit.declared_at, deposit.note = ctx.actor.person, ctx.now, ""
    _wait_for_the_desk(ctx, deposit, given.account)
    return deposit


def record_receipt(ctx: Context, deposit_id: str, given: Receipt) -> Deposit:
    """The clerk takes down what the bank's statement shows. Raises Conflict for a receipt that was recorded already."""
    deposit = settle_apart(ctx, deposit_id, RECORD)
    errors = list(receipt_complaints(given, local_date(ctx.now)))
    if errors:
        raise Invalid(errors)
    account = account_digest(given.account)
    if recorded_before(ctx, deposit.zone_id, given, account):
        raise Conflict(_l("这笔银行流水已经登记过"), code="recorded_before")
    DEPOSIT.move(ctx, deposit, "record", {"received_fen": given.received_fen})
    deposit.receipt = {
        "payer": tidy(given.payer),
        "account": masked(given.account),
        "reference": tidy(given.reference),
        "remark": tidy(given.remark),
    }
    deposit.received_fen, deposit.value_date = given.received_fen, given.value_date
    deposit.recorded_by, deposit.recorded_at, deposit.note = ctx.actor.person, ctx.now, ""
    _wait_for_the_desk(ctx, deposit, given.account)
    return deposit


def lock_deposit(ctx: Context, deposit_id: str) -> Deposit:
    """Another officer checks the record against the statement: the deposit is locked, the party eligible.

    Raises Conflict for the same person, and for a payment that may only be rejected.
    """
    deposit = settle_apart(ctx, deposit_id, CHECK)
    if deposit.recorded_by == ctx.actor.user_id:
        raise Conflict(_l("经办人不能复核自己的登记"), code="same_person")
    wrong = faults(deposit)
    if deposit.received_fen is not None and wrong:
        raise Conflict(wrong[0][1], code=wrong[0][0])
    DEPOSIT.move(ctx, deposit, "check")
    deposit.checked_by, deposit.checked_at = ctx.actor.person, ctx.now
    intent = deposit.intent
    INTENT.follow(ctx, intent, "pay")
    intent.settled_at, intent.payment_pending = ctx.now, False
    catch_up(ctx, intent.trade)
    return deposit


def reject_payment(ctx: Context, deposit_id: str, reason: str) -> Deposit:
    """Either officer finds the payment wrong. In time the party may declare another one, afterwards it is out."""
    deposit = settle_apart(ctx, deposit_id, SETTLE)
    said = checked_note(reason)
    DEPOSIT.move(ctx, deposit, "reject")
    deposit.note = said
    intent = deposit.intent
    intent.payment_pending = False
    INTENT.arm(ctx, intent)
    if intent.deposit_due is not None and intent.deposit_due <= ctx.now:
        INTENT.catch_up(ctx, intent)
        if intent.settled_at is not None:
            intent.settled_at = ctx.now  # it is only now that the others know where they are
    catch_up(ctx, intent.trade)
    return deposit


def settle_apart(ctx: Context, deposit_id: str, permission: Permission) -> Deposit:
    """The deposit, for an officer who has no part in running its trade. Raises NotFound, Forbidden or Conflict."""
    deposit = _deposit(ctx, deposit_id, permission)
    if hosted(ctx, deposit.trade_id, ctx.actor.user_id):
        raise Conflict(_l("主持这项交易的人不能经办或复核它的保证金"), code="host")
    return deposit


def faults(deposit: Deposit) -> list[Fault]:
    """What stands against locking what was recorded: then it can only be rejected."""
    found: list[Fault] = []
    if not same_name(str(deposit.receipt.get("payer", "")), deposit.intent.bidder.name):
        found.append(("payer", _l("付款户名与意向方名称不一致，只能驳回")))
    if (deposit.received_fen or 0) < deposit.due_fen:
        found.append(("amount", _l("到账金额不足，只能驳回")))
    if deposit.value_date is None or deposit.value_date > last_day(deposit.due_at):
        found.append(("late", _l("银行起息日晚于截止日，只能驳回")))
    return found


def recorded_before(ctx: Context, zone_id: str, given: Receipt, account: str) -> bool:
    """Has this very entry of the bank's statement been recorded for some deposit?"""
    query = select(Deposit).where(
        Deposit.zone_id == zone_id,
        Deposit.account == account,
        Deposit.received_fen == given.received_fen,
        Deposit.value_date == given.value_date,
        Deposit.state.in_(HELD),
    )
    reference = tidy(given.reference)
    rows = ctx.session.scalars(query).unique()
    return any(row.receipt.get("reference") == reference for row in rows)


def _deposit(ctx: Context, deposit_id: str, permission: Permission) -> Deposit:
    deposit = deposit_for(ctx, deposit_id, permission)
    catch_up(ctx, deposit.intent.trade)
    DEPOSIT.catch_up(ctx, deposit)
    return deposit


def _wait_for_the_desk(ctx: Context, deposit: Deposit, number: str) -> None:
    """The party is not put out by the clock while the desk still has to look."""
    intent = deposit.intent
    if intent.state == QUALIFIED:
        intent.payment_pending = True
        INTENT.arm(ctx, intent)
    flag_shared_account(ctx, deposit, account_digest(number))
    catch_up(ctx, intent.trade)

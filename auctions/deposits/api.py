"""JSON operations on deposits: what a party's program may do. The desk's part is done on pages."""

from dataclasses import dataclass
from datetime import datetime

from auctions.deposits.models import Deposit
from auctions.deposits.money import Payment
from auctions.deposits.policy import DECLARE, READ
from auctions.deposits.reach import deposit_for
from auctions.deposits.services import declare_payment
from marketplace.core.uow import once, unit_of_work
from marketplace.web.context import current, current_actor
from marketplace.web.forms import request_key
from marketplace.web.operations import Operations

api = Operations("deposits")


@dataclass(frozen=True)
class DepositOut:
    """A deposit. Money in integer fen; `due_at` is the cut-off, by the bank's value date."""

    id: str
    number: str
    trade_id: str
    intent_id: str
    state: str
    due_fen: int
    due_at: datetime
    declared_at: datetime | None
    received_fen: int | None
    refund_by: datetime | None
    note: str


@api.add("GET", "/deposits/<deposit_id>", READ, "One deposit", returns=DepositOut)
def get_deposit(deposit_id: str) -> DepositOut:
    return _out(deposit_for(current(), deposit_id))


@api.add(
    "POST",
    "/deposits/<deposit_id>/declare",
    DECLARE,
    "Declare a payment",
    body=Payment,
    returns=DepositOut,
)
def post_declaration(deposit_id: str, body: Payment) -> DepositOut:
    with unit_of_work(current_actor()) as ctx:
        once(ctx, request_key(), "deposit.declare", lambda: declare_payment(ctx, deposit_id, body).id)
        return _out(deposit_for(ctx, deposit_id, DECLARE))


def _out(deposit: Deposit) -> DepositOut:
    return DepositOut(
        id=deposit.id,
        number=deposit.number,
        trade_id=deposit.trade_id,
        intent_id=deposit.intent_id,
        state=deposit.state,
        due_fen=deposit.due_fen,
        due_at=deposit.due_at,
        declared_at=deposit.declared_at,
        received_fen=deposit.received_fen,
        refund_by=deposit.refund_by,
        note=deposit.note,
    )

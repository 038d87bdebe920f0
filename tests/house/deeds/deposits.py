"""Deeds around deposits: declared by the party, recorded and checked by the desk, given back or kept."""

from typing import Any

from auctions.deposits.forfeiture import Forfeiture, propose_forfeiture
from auctions.deposits.models import Deposit
from auctions.deposits.money import Receipt
from auctions.deposits.refunds import Refund, record_refund
from auctions.deposits.statement import Match, as_claim
from auctions.trades.services import terminate_trade
from marketplace.core.clock import local_date
from tests.auctions.counter import ACCOUNTS
from tests.house.deeds.deed import Call, Deed, Upload, fact, nothing
from tests.house.deeds.intents import counter
from tests.house.deeds.market import Market

DECLARED, RECORDED = fact("deposit.declared"), fact("deposit.recorded")
PAYER = {"payer": "拾光储能有限公司", "account": ACCOUNTS["firm_agent"]}
STATEMENT = "起息日,对方户名,对方账号,收入金额,流水号,摘要\n2026-03-02,拾光储能有限公司,622200000000,80000,LS1,保证金\n"


def about(market: Market, state: str, by: str, **fields: Any) -> Call:
    made = counter(market)
    intent = getattr(made, state)(made.floor.announced())
    return Call(by, {"deposit_id": made.deposit(intent).id}, fields=fields)


def today(market: Market) -> str:
    return local_date(market.clock.now()).isoformat()


def declare(market: Market) -> Call:
    paid = {**PAYER, "amount_fen": "8", "value_date": today(market)}
    return about(market, "qualified", "firm_agent", **paid)


def declare_by_program(market: Market) -> Call:
    paid = {**PAYER, "amount_fen": 8_000_000, "value_date": today(market)}
    return about(market, "qualified", "firm_agent", **paid)


def record(market: Market) -> Call:
    found = {**PAYER, "received_fen": "8", "value_date": today(market), "reference": "LS1"}
    return about(market, "qualified", "settlement_clerk", **found)


def check(market: Market) -> Call:
    return about(market, "recorded", "settlement_checker")


def reject(market: Market) -> Call:
    return about(market, "recorded", "settlement_checker", note="户名不一致。")


def due_back(market: Market, by: str, **fields: Any) -> Call:
    call = about(market, "paid", by, **fields)
    made = counter(market)
    with market.as_("settlement_clerk") as ctx:
        trade = ctx.session.get_one(Deposit, call.at["deposit_id"]).trade_id
    with made.floor.host() as ctx:
        terminate_trade(ctx, trade, "成果权属发生争议。")
    return call


def refund(market: Market) -> Call:
    return due_back(market, "settlement_clerk", paid_on=today(market), voucher="TK 0001")


def refunded(market: Market, **fields: Any) -> Call:
    call = due_back(market, "settlement_checker", **fields)
    with market.as_("settlement_clerk") as ctx:
        record_refund(ctx, call.at["deposit_id"], Refund(local_date(ctx.now), "TK 0001"))
    return call


def return_refund(market: Market) -> Call:
    return refunded(market, note="凭证号不对。")


def propose(market: Market) -> Call:
    return about(market, "paid", "settlement_clerk", ground="collusion", note="同一账户付款。")


def decide(market: Market) -> Call:
    call = about(market, "paid", "settlement_checker", forfeited="yes", note="属实。")
    with market.as_("settlement_clerk") as ctx:
        propose_forfeiture(ctx, call.at["deposit_id"], Forfeiture("collusion", "同一账户付款。"))
    return call


def spare(market: Market) -> Call:
    call = decide(market)
    return Call(call.by, call.at, fields={**call.fields, "forfeited": "no"})


def compare(_market: Market) -> Call:
    return Call("settlement_clerk", fields={"file": Upload("流水.csv", STATEMENT.encode())})


def record_lines(market: Market) -> Call:
    made = counter(market)
    deposit = made.deposit(made.qualified(made.floor.announced()))
    receipt = Receipt(
        *("拾光储能有限公司", ACCOUNTS["firm_agent"]), 8_000_000, local_date(market.clock.now()), "LS1"
    )
    with market.app.app_context():
        claim = as_claim(market.member("settlement_clerk").actor, Match(2, receipt, deposit))
    return Call("settlement_clerk", fields={"lines": claim})


DEEDS = (
    Deed("deposits.declare", declare, DECLARED, mistake={"account": "一个账号"}),
    Deed("api_deposits.post_declaration", declare_by_program, DECLARED, mistake={"amount_fen": 0}),
    Deed("deposit_receipt.record", record, RECORDED, mistake={"received_fen": "很多"}),
    Deed("deposit_receipt.check", check, fact("deposit.locked", "intent.eligible")),
    Deed("deposit_receipt.reject", reject, fact("deposit.rejected"), mistake={"note": ""}),
    Deed("deposit_end.refund", refund, fact("deposit.refund_recorded"), mistake={"voucher": ""}),
    Deed("deposit_end.checked", refunded, fact("deposit.refunded")),
    Deed("deposit_end.return_", return_refund, fact("deposit.refund_returned"), mistake={"note": ""}),
    Deed("deposit_end.propose", propose, fact("deposit.forfeit_proposed"), mistake={"ground": "rude"}),
    Deed("deposit_end.decide", decide, fact("deposit.forfeited"), mistake={"note": ""}),
    Deed("deposit_end.decide", spare, fact("deposit.spared"), "and spare it"),
    Deed(
        "settlement_statement.compare",
        compare,
        nothing(because="the lines are only compared"),
        mistake={"file": Upload("流水.xls", b"")},
    ),
    Deed("settlement_statement.record", record_lines, RECORDED),
)

"""Two parties of one trade that pay from one account: a sign of collusion (招标投标法实施条例 art. 40(6))."""

from sqlalchemy import select

from auctions.deposits.models import Deposit
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.journal import record


def flag_shared_account(ctx: Context, deposit: Deposit, account: str) -> None:
    """Keep the digest of the paying account; journal it, by codes only, when another party paid from it."""
    known = deposit.account
    deposit.account = account
    others = sharing(ctx, deposit)
    if account == known or not others:
        return
    codes = sorted(other.intent.code for other in (deposit, *others))
    told: JSONObject = {"codes": [*codes]}
    record(ctx, "trade.same_account_flagged", deposit.trade_id, told)


def sharing(ctx: Context, deposit: Deposit) -> list[Deposit]:
    """The deposits of other parties of the trade that were paid from the same account."""
    if not deposit.account:
        return []
    query = select(Deposit).where(
        Deposit.trade_id == deposit.trade_id,
        Deposit.account == deposit.account,
        Deposit.id != deposit.id,
    )
    return list(ctx.session.scalars(query).unique())


def shared_codes(ctx: Context, trade_id: str) -> frozenset[str]:
    """The codes of the parties of a trade that paid from an account another party used as well."""
    query = select(Deposit).where(Deposit.trade_id == trade_id, Deposit.account != "")
    rows = list(ctx.session.scalars(query).unique())
    accounts = [row.account for row in rows]
    return frozenset(row.intent.code for row in rows if accounts.count(row.account) > 1)

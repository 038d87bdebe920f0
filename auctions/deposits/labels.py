"""A deposit in words, for pages, letters and programs."""

from typing import Any

from auctions.deposits import models as d
from auctions.deposits.forfeiture import GROUNDS
from auctions.deposits.models import Deposit
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.i18n import lazy_pgettext as _lp
from marketplace.core.money import format_fen

STATES = {
    d.REQUIRED: (_lp("保证金状态", "待交纳"), "info"),
    d.DECLARED: (_lp("保证金状态", "已申报，待核对"), "info"),
    d.RECORDED: (_lp("保证金状态", "已登记到账，待复核"), "info"),
    d.LOCKED: (_lp("保证金状态", "已确认"), "ok"),
    d.REJECTED: (_lp("保证金状态", "已驳回"), "bad"),
    d.UNPAID: (_lp("保证金状态", "未交纳"), ""),
    d.REFUND_DUE: (_lp("保证金状态", "待退还"), "warn"),
    d.REFUND_RECORDED: (_lp("保证金状态", "退款待复核"), "info"),
    d.REFUNDED: (_lp("保证金状态", "已退还"), "ok"),
    d.APPLIED: (_lp("保证金状态", "已抵价款"), "ok"),
    d.FORFEIT_PROPOSED: (_lp("保证金状态", "拟没收，待决定"), "warn"),
    d.FORFEITED: (_lp("保证金状态", "已没收"), "bad"),
}


def state_label(state: str) -> tuple[str, str]:
    """(word, tone) of a state, for a tag."""
    word, tone = STATES[state]
    return str(word), tone


def declared_rows(deposit: Deposit) -> list[tuple[str, str]]:
    """What the party declared."""
    said: Any = deposit.declared
    if not said:
        return []
    return [
        (_("付款户名"), said["payer"]),
        (_("付款账号"), said["account"]),
        (_("金额"), _amount(said["amount_fen"])),
        (_("起息日"), said["value_date"] or ""),
    ]


def receipt_rows(deposit: Deposit) -> list[tuple[str, str]]:
    """What the desk found on the bank's statement."""
    said: Any = deposit.receipt
    if not said:
        return []
    value_date = deposit.value_date.isoformat() if deposit.value_date else ""
    rows = [
        (_("付款户名"), said["payer"]),
        (_("付款账号"), said["account"]),
        (_("到账金额"), _amount(deposit.received_fen)),
        (_("起息日"), value_date),
        (_("银行流水号"), said["reference"]),
        (_("摘要"), said["remark"]),
    ]
    return [row for row in rows if row[1]]


def refund_rows(deposit: Deposit) -> list[tuple[str, str]]:
    """When and how the money went back."""
    said: Any = deposit.refund
    return [(_("退款日期"), said["paid_on"]), (_("银行凭证号"), said["voucher"])] if said else []


def forfeiture_rows(deposit: Deposit) -> list[tuple[str, str]]:
    """Why the deposit is or was to be kept."""
    said: Any = deposit.forfeiture
    if not said:
        return []
    rows = [(_("没收的理由"), GROUNDS[said["ground"]].text(current_language())), (_("事实"), said["note"])]
    if "decision" in said:
        rows.append((_("决定"), _("没收") if said["forfeited"] else _("不没收")))
        rows.append((_("决定的理由"), said["decision"]))
    return rows


def _amount(fen: int | None) -> str:
    return "" if fen is None else format_fen(fen, current_language(), "full")

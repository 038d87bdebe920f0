"""Letters about deposits: the party hears what it owes and gets back, the desk what waits for it."""

from collections.abc import Sequence

from auctions.deposits.models import Deposit
from auctions.deposits.policy import CHECKERS, CLERKS
from auctions.intents.policy import BIDDERS
from auctions.trades.models import Trade
from auctions.trades.people import members_with, staff_with
from marketplace.accounts.addresses import path_to
from marketplace.core.context import Context
from marketplace.core.errors import Words
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.journal import Entry
from marketplace.core.lookup import find
from marketplace.core.registry import Letter, LetterBuilder

PARTY, CLERK, CHECKER, WATCH = "party", "clerk", "checker", "watch"
READERS = {
    "deposit.required": (PARTY,),
    "deposit.declared": (CLERK,),
    "deposit.recorded": (CHECKER,),
    "deposit.locked": (PARTY,),
    "deposit.rejected": (PARTY,),
    "deposit.refund_due": (PARTY, CLERK),
    "deposit.refund_recorded": (CHECKER,),
    "deposit.refund_returned": (CLERK,),
    "deposit.refunded": (PARTY,),
    "deposit.refund_overdue": (CLERK, CHECKER, WATCH),
    "deposit.forfeit_proposed": (CLERK, CHECKER),
    "deposit.forfeited": (PARTY,),
    "deposit.spared": (PARTY,),
}
FLAGGED = "trade.same_account_flagged"
_STAFF = {CLERK: CLERKS, CHECKER: CHECKERS, WATCH: frozenset({"supervisor", "zone_admin"})}
_ALARMED = CLERKS | CHECKERS | {"moderator", "supervisor"}


def letters_about(ctx: Context, entry: Entry) -> Sequence[Letter]:
    """To whoever has to act next or has waited; never to the one who did it."""
    deposit = find(ctx.session, Deposit, str(entry.data.get("deposit") or ""))
    if deposit is None:
        return ()
    number = f"{deposit.intent.trade.number}-{deposit.intent.code}"
    body = _l(
        "交易项目：%(title)s；保证金编号：%(number)s", title=deposit.intent.trade.title, number=deposit.number
    )
    url = path_to("deposits.page", deposit_id=deposit.id)
    people: list[str] = []
    for reader in READERS[entry.kind]:
        if reader == PARTY:
            people += members_with(ctx, deposit.bidder_id, BIDDERS)
        else:
            people += staff_with(ctx, deposit.zone_id, _STAFF[reader])
    title = _title(entry.kind, number)
    return [Letter(one, title, body, url) for one in dict.fromkeys(people) if one != entry.actor]


def alarms_about(ctx: Context, entry: Entry) -> Sequence[Letter]:
    """To host, desk and supervisor: two parties have paid from one account."""
    trade = find(ctx.session, Trade, entry.subject)
    if trade is None:
        return ()
    title = _l("交易 %(number)s 有意向方使用同一付款账户", number=trade.number)
    said = entry.data.get("codes")
    codes = " / ".join(str(code) for code in said) if isinstance(said, list) else ""
    body = _l("意向方代号：%(codes)s。请核对是否串通。", codes=codes)
    url = f"/trades/{trade.id}"
    return [Letter(person, title, body, url) for person in staff_with(ctx, trade.zone_id, _ALARMED)]


def _title(kind: str, number: str) -> Words:
    said: dict[str, Words] = {
        "deposit.required": _l("意向 %(number)s 请按期交纳保证金", number=number),
        "deposit.declared": _l("意向 %(number)s 已申报保证金，待核对", number=number),
        "deposit.recorded": _l("意向 %(number)s 的保证金待复核", number=number),
        "deposit.locked": _l("意向 %(number)s 的保证金已确认", number=number),
        "deposit.rejected": _l("意向 %(number)s 的保证金被驳回", number=number),
        "deposit.refund_due": _l("意向 %(number)s 的保证金将退还", number=number),
        "deposit.refund_recorded": _l("意向 %(number)s 的退款待复核", number=number),
        "deposit.refund_returned": _l("意向 %(number)s 的退款须重新核对", number=number),
        "deposit.refunded": _l("意向 %(number)s 的保证金已退还", number=number),
        "deposit.refund_overdue": _l("意向 %(number)s 的保证金逾期未退", number=number),
        "deposit.forfeit_proposed": _l("意向 %(number)s 的保证金拟没收，待决定", number=number),
        "deposit.forfeited": _l("意向 %(number)s 的保证金已没收", number=number),
    }
    return said.get(kind) or _l("意向 %(number)s 的保证金决定不没收", number=number)


LETTERS = LetterBuilder(tuple(READERS), letters_about)
ALARMS = LetterBuilder((FLAGGED,), alarms_about)

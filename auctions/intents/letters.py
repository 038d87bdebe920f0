"""Letters about intents: the party hears how it stands, the seller and the host what waits for them."""

from collections.abc import Sequence

from sqlalchemy import select

from auctions.intents.labels import receipt_number
from auctions.intents.models import Intent
from auctions.intents.policy import BIDDERS
from auctions.trades.people import members_with, staff_with
from auctions.trades.policy import SELLERS
from marketplace.accounts.addresses import path_to
from marketplace.core.context import Context
from marketplace.core.errors import Words
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.journal import Entry
from marketplace.core.registry import Letter, LetterBuilder

REGISTERED = "trade.intent_registered"
PARTY, SELLER, HOST = "party", "seller", "host"
MODERATORS = frozenset({"moderator"})
#: Who is told of what.
READERS = {
    "intent.supplement_asked": (PARTY,),
    "intent.supplemented": (HOST,),
    "intent.found_qualified": (SELLER, PARTY),
    "intent.rejected": (PARTY, SELLER),
    "intent.accepted": (PARTY,),
    "intent.disputed": (HOST, PARTY),
    "intent.dispute_overruled": (PARTY, SELLER),
    "intent.silently_accepted": (PARTY, SELLER),
    "intent.eligible": (PARTY,),
    "intent.withdrawn": (SELLER, HOST),
    "intent.unpaid": (PARTY, HOST),
}
KINDS = (REGISTERED, *READERS)


def letters_about(ctx: Context, entry: Entry) -> Sequence[Letter]:
    """To everybody concerned but the one who did it; whoever registers gets the receipt as well."""
    intent = _intent(ctx, entry)
    if intent is None:
        return ()
    number = receipt_number(intent)
    url = path_to("intents.page", intent_id=intent.id)
    body = _l("交易项目：%(title)s", title=intent.trade.title)
    letters = [
        Letter(person, _title(entry.kind, number), body, url)
        for person in _people(ctx, intent, READERS.get(entry.kind, (SELLER, HOST)))
        if person != entry.actor
    ]
    if entry.kind == REGISTERED:
        letters.append(_receipt(intent, number))
    return letters


def _receipt(intent: Intent, number: str) -> Letter:
    return Letter(
        intent.registered_by,
        _l("受让意向已登记，回执号 %(number)s", number=number),
        _l(
            "交易项目：%(title)s；登记内容摘要：%(digest)s",
            title=intent.trade.title,
            digest=intent.digest,
        ),
        path_to("intent_registration.receipt", intent_id=intent.id),
    )


def _intent(ctx: Context, entry: Entry) -> Intent | None:
    """The intent that an entry of the trade's journal speaks of."""
    query = select(Intent).where(Intent.trade_id == entry.subject, Intent.code == entry.data.get("code"))
    return ctx.session.scalars(query).unique().one_or_none()


def _people(ctx: Context, intent: Intent, readers: Sequence[str]) -> list[str]:
    found: list[str] = []
    for reader in readers:
        if reader == PARTY:
            found += members_with(ctx, intent.bidder_id, BIDDERS)
        elif reader == SELLER:
            found += members_with(ctx, intent.holder_id, SELLERS)
        else:
            found += staff_with(ctx, intent.zone_id, MODERATORS)
    return list(dict.fromkeys(found))


def _title(kind: str, number: str) -> Words:
    said: dict[str, Words] = {
        "intent.supplement_asked": _l("意向 %(number)s 请补充材料", number=number),
        "intent.supplemented": _l("意向 %(number)s 已补充材料", number=number),
        "intent.found_qualified": _l("意向 %(number)s 资格审查合格，待出让方答复", number=number),
        "intent.rejected": _l("意向 %(number)s 没有通过资格审查", number=number),
        "intent.accepted": _l("意向 %(number)s 已获出让方同意", number=number),
        "intent.disputed": _l("出让方对意向 %(number)s 有异议，待示范区决定", number=number),
        "intent.dispute_overruled": _l("示范区认定意向 %(number)s 合格", number=number),
        "intent.silently_accepted": _l("出让方逾期未答复，意向 %(number)s 视为同意", number=number),
        "intent.eligible": _l("意向 %(number)s 已取得资格", number=number),
        "intent.withdrawn": _l("意向 %(number)s 已撤回", number=number),
        "intent.unpaid": _l("意向 %(number)s 未按期交纳保证金，视为放弃", number=number),
    }
    return said.get(kind) or _l("收到新的受让意向 %(number)s", number=number)


LETTERS = LetterBuilder(KINDS, letters_about)

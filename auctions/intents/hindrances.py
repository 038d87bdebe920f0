"""Who may not take part, and whom another registration already covers. Each is refused with its own reason."""

from collections.abc import Iterable

from auctions.gates.models import EXPORT, PASSED
from auctions.gates.standing import standing_records
from auctions.intents.models import OUT_OF_IT, Intent
from auctions.intents.statement import DOMESTIC, YES, Statement, others_in, statement_from
from auctions.trades.facts import intents_of
from auctions.trades.models import Trade
from marketplace.accounts.models import Organisation
from marketplace.core.context import Context
from marketplace.core.errors import Conflict
from marketplace.core.i18n import lazy_gettext as _l


def hinder_party(ctx: Context, trade: Trade, bidder: Organisation, given: Statement) -> None:
    """Raise Conflict for a party that may not acquire here, or that stands behind another intent already."""
    if bidder.id == trade.holder_id:
        raise Conflict(_l("出让方不能受让自己的成果"), code="seller")
    if given.serves_seller == YES:
        raise Conflict(_l("为出让方提供服务的机构不能受让，也不能代他人受让"), code="seller_broker")
    if trade.holder.credit_code in others_in(given):
        raise Conflict(_l("出让方不能受让自己的成果"), code="seller")
    _hinder_foreign(ctx, trade, given)
    ours = {bidder.credit_code} | others_in(given)
    for other in intents_of(ctx, trade):
        if other.bidder_id != bidder.id and other.state not in OUT_OF_IT and ours & stands_for(other):
            words = _l("你方或联合体成员、委托方已经以其他方式登记，同一主体只能参与一次")
            raise Conflict(words, code="twice")


def stands_for(intent: Intent) -> frozenset[str]:
    """The credit codes of all that an intent is made for."""
    return others_in(statement_from(intent.statement)) | {intent.bidder.credit_code}


def _hinder_foreign(ctx: Context, trade: Trade, given: Statement) -> None:
    """Foreign parties come in only where the achievement is open to them and the export gate was passed (domain §6.4)."""
    if given.foreign in {"", DOMESTIC}:
        return
    if trade.achievement.domestic_only:
        raise Conflict(_l("这项成果只在境内转化，境外机构和受境外控制的机构不能参与"), code="domestic_only")
    gate = standing_records(ctx, trade).get(EXPORT)
    if gate is None or gate.result != PASSED:
        words = _l("这项交易没有通过技术出口核查，境外机构和受境外控制的机构不能参与")
        raise Conflict(words, code="export_gate")


def principal_related(intents: Iterable[Intent], intent: Intent) -> bool:
    """Does an agency act for a firm that has itself declared a relation to this seller in another intent?"""
    given = statement_from(intent.statement)
    principals = others_in(given)
    return given.behalf == YES and any(
        other.id != intent.id
        and other.bidder.credit_code in principals
        and statement_from(other.statement).related == YES
        for other in intents
    )

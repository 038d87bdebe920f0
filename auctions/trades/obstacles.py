"""What still stands between a submitted trade and its announcement, all of it, in sentences."""

from auctions.gates.models import REFUSED
from auctions.trades.engine import words
from auctions.trades.facts import facts_of, holders_of
from auctions.trades.kinds import procedure_of
from auctions.trades.labels import field_label
from auctions.trades.models import Trade
from auctions.trades.services import complaints_about
from auctions.trades.showing import gates_of
from listings.achievements.models import PUBLISHED
from marketplace.core.context import Context
from marketplace.core.i18n import gettext as _


def obstacles(ctx: Context, trade: Trade) -> list[str]:
    """The host reads these before announcing; empty when it may be announced now."""
    found = [
        _("%(field)s：%(said)s", field=field_label(error.field), said=error.message)
        for error in complaints_about(ctx, trade)
    ]
    if trade.achievement.state != PUBLISHED:
        found.append(_("成果已下架"))
    for gate in gates_of(ctx, trade):
        if gate.record is None:
            found.append(_("准入核查“%(gate)s”尚未作出，或者已经失效", gate=gate.name))
        elif gate.record.result == REFUSED:
            found.append(_("准入核查“%(gate)s”没有通过", gate=gate.name))
    untold = [holder.code for holder in holders_of(ctx, trade) if holder.notified_at is None]
    if untold:
        found.append(_("还没有通知优先购买权人：%(codes)s", codes="、".join(untold)))
    if not found:
        found += _by_the_guard(ctx, trade)
    return found


def _by_the_guard(ctx: Context, trade: Trade) -> list[str]:
    move = next((one for one in procedure_of(trade.kind).moves if one.name == "announce"), None)
    refusal = move.guard(facts_of(ctx, trade)) if move is not None else None
    return [str(words(refusal[1]))] if refusal is not None else []

"""Writing the protocol of a trade from its rows and its journal."""

from datetime import datetime

from sqlalchemy import select

from auctions.confirmations.models import Confirmation
from auctions.intents.models import ELIGIBLE as INTENT_ELIGIBLE
from auctions.intents.models import OUT_OF_IT, REJECTED, Intent
from auctions.offers.models import TradeOffer
from auctions.procedure import ELIGIBLE, OUT, PENDING, PUBLIC, Procedure, Result
from auctions.protocols import file as f
from auctions.protocols.moments import decided, over
from auctions.trades.drafting import document_of
from auctions.trades.facts import facts_of, holders_of, intents_of, offers_of
from auctions.trades.kinds import procedure_of
from auctions.trades.models import Trade
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import NotFound
from marketplace.core.journal import Entry, entries_of

CONFIRM = "confirm"


def protocol_of(ctx: Context, trade: Trade) -> JSONObject:
    """The protocol as it is public: frozen once the deal was confirmed. Raises NotFound before the opening."""
    kept = ctx.session.scalar(select(Confirmation.protocol).where(Confirmation.trade_id == trade.id))
    if kept is not None:
        return kept
    if trade.announced_at is None or not over(procedure_of(trade.kind), trade.state):
        raise NotFound
    return f.protocol_json(written(ctx, trade))


def written(ctx: Context, trade: Trade, closing: f.ConfirmationLine | None = None) -> f.Protocol:
    """The protocol as the trade stands, or as it will once it is confirmed by `closing`, this very instant."""
    procedure = procedure_of(trade.kind)
    entries = entries_of(ctx.session, trade.id)
    moves = list(_moves(procedure, entries))
    state = trade.state
    if closing is not None:
        state = next(move.target for move in procedure.moves if move.name == CONFIRM) or state
        moves.append(f.MoveLine(CONFIRM, "person", closing.at, state))
    return f.Protocol(
        v=f.VERSION,
        trade=trade.id,
        number=trade.number,
        kind=trade.kind,
        rules=trade.rules,
        document=document_of(trade),
        digest=trade.digest,
        as_of=ctx.now,
        state=state,
        suspended_at=trade.suspended_at if closing is None else None,
        calendar=_calendar(ctx),
        runs=_runs(trade),
        bidders=tuple(_bidder(intent) for intent in intents_of(ctx, trade)),
        holders=tuple(
            f.HolderLine(h.code, h.kind, h.rank, h.notified_at, h.answer, h.answered_at)
            for h in holders_of(ctx, trade)
        ),
        offers=tuple(_offer(offer) for offer in offers_of(ctx, trade)),
        refused=tuple(_refused(entries)),
        moves=tuple(moves),
        result=_result(ctx, trade, procedure, moves),
        confirmation=closing,
    )


def found_result(ctx: Context, trade: Trade) -> Result | None:
    """Who buys, once that is decided."""
    procedure = procedure_of(trade.kind)
    return procedure.result(facts_of(ctx, trade)) if decided(procedure, trade.state) else None


def _moves(procedure: Procedure, entries: list[Entry]) -> list[f.MoveLine]:
    """What happened since the announcement; the clock's moves as of their due time."""
    by_event = {f"trade.{move.event}": move.name for move in procedure.moves}
    before = {
        move.name
        for move in procedure.moves
        if move.target is not None and not _public(procedure, move.target)
    }
    found = []
    for entry in entries:
        state = str(entry.data.get("state", ""))
        if "move" in entry.data and "due" in entry.data:
            due = datetime.fromisoformat(str(entry.data["due"]))
            found.append(f.MoveLine(str(entry.data["move"]), "clock", due, state))
        elif entry.kind in by_event and by_event[entry.kind] not in before:
            found.append(f.MoveLine(by_event[entry.kind], "person", entry.at, state))
    return found


def _public(procedure: Procedure, state: str) -> bool:
    return procedure.stage(state).seen == PUBLIC


def _calendar(ctx: Context) -> f.CalendarLine:
    published = (ctx.calendar.published(year) for year in ctx.calendar.years)
    return f.CalendarLine(
        ctx.calendar.edition, tuple(year.as_data() for year in published if year is not None)
    )


def _runs(trade: Trade) -> tuple[f.RunLine, ...]:
    runs: dict[int, list[f.SpellLine]] = {}
    names: dict[int, str] = {}
    for spell in sorted(trade.spells, key=lambda one: (one.run, one.n)):
        line = f.SpellLine(spell.started_at, spell.stopped_at, spell.extended, spell.promised)
        runs.setdefault(spell.run, []).append(line)
        names[spell.run] = spell.period
    return tuple(f.RunLine(names[run], tuple(spells)) for run, spells in runs.items())


def _bidder(intent: Intent) -> f.BidderLine:
    out = intent.state in OUT_OF_IT
    state = ELIGIBLE if intent.state == INTENT_ELIGIBLE else OUT if out else PENDING
    reason = str(intent.opinion.get("reason") or "") if intent.state == REJECTED else ""
    return f.BidderLine(
        intent.code,
        intent.position,
        intent.registered_at,
        intent.qualified_at,
        state,
        intent.state,
        intent.settled_at,
        reason,
    )


def _offer(offer: TradeOffer) -> f.OfferLine:
    opened = offer.opened_at is not None
    return f.OfferLine(
        offer.position,
        offer.intent.code,
        offer.stage,
        offer.at,
        offer.commitment,
        offer.salt if opened else None,
        offer.amount_fen if opened else None,
    )


def _refused(entries: list[Entry]) -> list[f.RefusedLine]:
    return [
        f.RefusedLine(str(entry.data["code"]), entry.at, str(entry.data["reason"]))
        for entry in entries
        if entry.kind == "trade.offer_refused"
    ]


def _result(ctx: Context, trade: Trade, procedure: Procedure, moves: list[f.MoveLine]) -> f.ResultLine | None:
    if not any(decided(procedure, move.state) for move in moves):
        return None
    found = procedure.result(facts_of(ctx, trade))
    return None if found is None else f.ResultLine(found.buyer, found.price_fen, found.how, found.offer)

"""Questions about trades. Every list is filtered by the permission to read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select

from auctions.intents.models import OUT_OF_IT, Intent
from auctions.procedure import PUBLIC, Procedure
from auctions.trades.engine import catch_up
from auctions.trades.kinds import procedure_of, procedures
from auctions.trades.models import Trade
from auctions.trades.policy import EDIT, HOST, READ
from auctions.trades.reach import trade_for
from marketplace.core.context import SYSTEM, Context
from marketplace.core.uow import unit_of_work

REGISTERING, DECIDING, ENDED = "registering", "deciding", "ended"
#: What the public may ask for, by the word in the address; empty: everything that runs.
GROUPS = (REGISTERING, DECIDING, ENDED)
#: Price bands in fen: from, and up to but not including.
BANDS: dict[str, tuple[int, int | None]] = {
    "small": (0, 100_000_000),
    "middle": (100_000_000, 1_000_000_001),
    "large": (1_000_000_001, None),
}
DRAFTING, WAITING, RUNNING, OVER = "drafting", "waiting", "running", "over"
#: Tabs of the seller's list and of the host's desk.
TABS = (DRAFTING, WAITING, RUNNING, OVER)
DESK = (WAITING, RUNNING, OVER)


@dataclass(frozen=True)
class Asked:
    """The hall narrowed down; empty means all. `group` of GROUPS, `band` of BANDS, `q` words of the title or a number."""

    kind: str = ""
    group: str = ""
    mode: str = ""
    band: str = ""
    zone: str = ""
    holder: str = ""
    q: str = ""


def fresh(ctx: Context, trade_id: str) -> Trade:
    """The trade as of now, whether or not a worker has applied what became due."""
    trade = trade_for(ctx, trade_id)
    if _is_behind(ctx, trade):
        with unit_of_work(SYSTEM) as late:
            catch_up(late, late.session.get_one(Trade, trade.id))
        trade = trade_for(ctx, trade_id)
    return trade


def public_trades(asked: Asked) -> Select[Trade]:
    """What everybody may see: what runs by its next deadline, what is over with the last first."""
    query = select(Trade).where(Trade.seen == PUBLIC, _in_group(asked.group), *_narrowed(asked))
    if asked.group == ENDED:
        return query.order_by(Trade.ended_at.desc(), Trade.id.desc())
    return query.order_by(Trade.next_deadline.is_(None), Trade.next_deadline, Trade.id)


def own_trades(ctx: Context, tab: str = "") -> Select[Trade]:
    """The acting organisation's trades, last saved first; discarded ones are gone."""
    query = select(Trade).where(EDIT.clause(ctx.actor, Trade), Trade.state != "discarded")
    return _in_tab(query, tab).order_by(Trade.saved_at.desc(), Trade.id.desc())


def desk_trades(ctx: Context, tab: str) -> Select[Trade]:
    """What the acting authority hosts: waiting ones by their submission, live ones by their next deadline."""
    query = _in_tab(select(Trade).where(HOST.clause(ctx.actor, Trade)), tab)
    if tab == RUNNING:
        return query.order_by(Trade.next_deadline.is_(None), Trade.next_deadline, Trade.id)
    if tab == OVER:
        return query.order_by(Trade.ended_at.desc(), Trade.id.desc())
    return query.order_by(Trade.submitted_at, Trade.id)


def own_counts(ctx: Context) -> dict[str, int]:
    """How many there are in each tab of the own list, and under the empty name in all."""
    return _counts(ctx, and_(EDIT.clause(ctx.actor, Trade), Trade.state != "discarded"))


def desk_counts(ctx: Context) -> dict[str, int]:
    return _counts(ctx, HOST.clause(ctx.actor, Trade))


def readable_trades(ctx: Context, asked: Asked) -> Select[Trade]:
    """For programs: the acting organisation's own in every state."""
    query = select(Trade).where(READ.clause(ctx.actor, Trade), Trade.holder_id == (ctx.actor.org_id or ""))
    query = query.where(Trade.state != "discarded", *_narrowed(asked))
    return query.order_by(Trade.saved_at.desc(), Trade.id.desc())


def intents_in(ctx: Context, trade_ids: Iterable[str]) -> dict[str, int]:
    """How many have registered and are not out, by trade."""
    query = (
        select(Intent.trade_id, func.count())
        .where(Intent.trade_id.in_(list(trade_ids)), Intent.state.not_in(sorted(OUT_OF_IT)))
        .group_by(Intent.trade_id)
    )
    return dict(ctx.session.execute(query).all())


def relisted_as(ctx: Context, trade: Trade) -> Trade | None:
    """The trade that lists this one anew, if the actor may read it."""
    query = select(Trade).where(
        Trade.before_id == trade.id, READ.clause(ctx.actor, Trade), Trade.state != "discarded"
    )
    return ctx.session.scalars(query.order_by(Trade.id.desc()).limit(1)).unique().first()


def group_of(trade: Trade) -> str:
    """Which of the groups the trade is in."""
    procedure = procedure_of(trade.kind)
    if trade.state in procedure.final:
        return ENDED
    return REGISTERING if trade.state in procedure.registering else DECIDING


def _is_behind(ctx: Context, trade: Trade) -> bool:
    due = select(func.min(Intent.next_deadline)).where(Intent.trade_id == trade.id)
    dues = (trade.next_deadline, ctx.session.scalar(due))
    return any(one is not None and one <= ctx.now for one in dues)


def _narrowed(asked: Asked) -> Sequence[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    for column, value in (
        (Trade.kind, asked.kind),
        (Trade.zone_id, asked.zone),
        (Trade.holder_id, asked.holder),
        (Trade.lot["mode"].as_string(), asked.mode),
    ):
        if value:
            found.append(column == value)
    if asked.band in BANDS:
        low, high = BANDS[asked.band]
        found.append(Trade.price_fen >= low)
        if high is not None:
            found.append(Trade.price_fen < high)
    if asked.q:
        found.append(or_(Trade.title.contains(asked.q, autoescape=True), Trade.number == asked.q.upper()))
    return found


def _in_group(group: str) -> ColumnElement[bool]:
    """By every procedure's own states."""
    return or_(
        false(),
        *(
            and_(Trade.kind == kind, Trade.state.in_(sorted(_states(procedure, group))))
            for kind, procedure in procedures().items()
        ),
    )


def _states(procedure: Procedure, group: str) -> frozenset[str]:
    live = frozenset(procedure.states) - procedure.final
    return {
        REGISTERING: procedure.registering,
        DECIDING: live - procedure.registering,
        ENDED: procedure.final,
    }.get(group, live)


def _in_tab(query: Select[Trade], tab: str) -> Select[Trade]:
    return query.where(_tab() == tab) if tab in TABS else query


def _tab() -> ColumnElement[str]:
    return case(
        (Trade.ended_at.is_not(None), OVER),
        (Trade.announced_at.is_not(None), RUNNING),
        (Trade.submitted_at.is_not(None), WAITING),
        else_=DRAFTING,
    )


def _counts(ctx: Context, those: ColumnElement[bool]) -> dict[str, int]:
    tab = _tab()
    counted = dict.fromkeys(("", *TABS), 0)
    for name, number in ctx.session.execute(select(tab, func.count()).where(those).group_by(tab)):
        counted[name] = number
        counted[""] += number
    return counted

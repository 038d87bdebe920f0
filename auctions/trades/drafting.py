"""Drafting a trade: choose the procedure, begin it from an achievement or a decided plan, save it, discard it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select

from auctions.procedure import Milestone, Procedure, Setting
from auctions.regimes import Nature, Regime, regime_of
from auctions.trades.engine import begin, move
from auctions.trades.kinds import procedure_of, terms_from, terms_json
from auctions.trades.lot import Lot, lot_from, lot_json, shape_complaints
from auctions.trades.models import Trade
from auctions.trades.policy import CREATE, EDIT
from auctions.trades.reach import trade_for
from listings.achievements.content import from_json as achievement_text
from listings.achievements.models import PUBLISHED, Achievement
from listings.achievements.reach import own_achievement, public_revision
from listings.achievements.texts import storable
from listings.documents import digest_of
from listings.grants.ownership import ownership_of
from listings.plans.content import AGREEMENT
from listings.plans.content import from_json as plan_text
from listings.plans.models import DECIDED, Plan
from listings.rights import ListedRight
from marketplace.accounts.roles import UNIVERSITY
from marketplace.core.calendar import Calendar
from marketplace.core.clock import local_date
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict, FieldError, Invalid
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.ids import new_id, next_number
from marketplace.core.journal import record
from marketplace.core.lookup import find
from marketplace.core.money import MAX_FEN
from marketplace.core.period import PeriodError
from marketplace.core.policy import require
from marketplace.core.terms import TermError

LOT_FIELDS = frozenset(field.name for field in fields(Lot))
OURS = frozenset({"regime"})  # worked out, never typed
#: No term of any procedure is longer than this, written out.
LONGEST_TERM = 20_000
#: A trade that is over: another one of the same achievement may begin.
EDITABLE = frozenset({"draft", "returned"})


def create_trade(
    ctx: Context, kind: str, achievement_id: str, *, plan_id: str | None = None, before_id: str | None = None
) -> Trade:
    """A draft about a published achievement of the acting holder, filled with what is known.

    `plan_id` is the decided plan it carries out, `before_id` a trade without a buyer that it lists anew. Raises NotFound,
    Forbidden, and Conflict for an achievement that is not public or is being traded.
    """
    require(ctx, CREATE, None)
    procedure = procedure_of(kind)
    achievement = own_achievement(ctx, achievement_id, CREATE)
    if achievement.state != PUBLISHED:
        raise Conflict(_l("成果公开之后才能交易"), code="not_published")
    if trade_alive(ctx, achievement.id) is not None:
        raise Conflict(_l("这项成果正在交易"), code="already_trading")
    plan = _plan_for(ctx, achievement, plan_id)
    before = _trade_before(ctx, achievement, before_id)
    lot, terms = _first_content(achievement, procedure, plan, before)
    trade = Trade(
        id=new_id("trd", ctx.now),
        number=next_number(ctx, procedure.letters),
        kind=kind,
        achievement_id=achievement.id,
        achievement=achievement,
        holder_id=achievement.holder_id,
        holder=achievement.holder,
        zone_id=achievement.zone_id,
        plan_id=plan.id if plan is not None else None,
        before_id=before.id if before is not None else None,
        version=1,
        title=achievement.title,
        lot=lot_json(lot),
        terms={},
        created_by=ctx.actor.person,
        created_at=ctx.now,
        saved_by=ctx.actor.person,
        saved_at=ctx.now,
    )
    begin(trade)
    _keep(ctx, trade, procedure, lot, terms)
    ctx.session.add(trade)
    ctx.session.flush()
    told: JSONObject = {
        "achievement": achievement.id,
        "kind": kind,
        "plan": trade.plan_id,
        "before": trade.before_id,
    }
    record(ctx, "trade.drafted", trade.id, told)
    return trade


@dataclass(frozen=True)
class Preview:
    """What a trade would begin with: the terms as far as they are known, and the regime that applies."""

    procedure: Procedure
    regime: Regime
    terms: Any


def preview(
    ctx: Context, kind: str, achievement_id: str, *, plan_id: str | None = None, before_id: str | None = None
) -> Preview:
    """The same as `create_trade` begins with, before anybody chooses. Raises what that raises."""
    procedure = procedure_of(kind)
    achievement = own_achievement(ctx, achievement_id, CREATE)
    plan = _plan_for(ctx, achievement, plan_id)
    lot, terms = _first_content(achievement, procedure, plan, _trade_before(ctx, achievement, before_id))
    regime = _regime(ctx, achievement.id, lot)
    return Preview(procedure, regime, _under(regime, procedure, terms))


def foreseen(procedure: Procedure, terms: Any, start: date, calendar: Calendar) -> tuple[Milestone, ...]:
    """The earliest lawful days if it is announced on `start`; none while the terms allow no reckoning."""
    try:
        return procedure.foresee(terms, start, calendar)
    except (TermError, PeriodError):
        return ()


def save_trade(
    ctx: Context, trade_id: str, changes: Mapping[str, Any], *, version: int | None = None
) -> Trade:
    """Write fields of the lot and of the terms, by their names. Raises Invalid, and Conflict for a stale `version`."""
    trade = trade_for(ctx, trade_id, EDIT)
    _check_draft(trade, version)
    procedure = procedure_of(trade.kind)
    names = frozenset(field.name for field in fields(procedure.terms)) - OURS
    unknown = [name for name in changes if name not in LOT_FIELDS | names]
    if unknown:
        raise Invalid([FieldError(name, "unknown_field", _l("没有这一项")) for name in unknown])
    lot = _read(lot_from, {**trade.lot, **{n: v for n, v in changes.items() if n in LOT_FIELDS}})
    chosen = {**trade.terms, **{n: v for n, v in changes.items() if n in names}}
    terms = _read(lambda stored: terms_from(procedure, stored), chosen)
    errors = [*shape_complaints(lot), *_terms_complaints(procedure, terms)]
    if errors:
        raise Invalid(errors)
    _keep(ctx, trade, procedure, lot, terms)
    trade.version += 1
    trade.saved_by, trade.saved_at = ctx.actor.person, ctx.now
    return trade


def discard_trade(ctx: Context, trade_id: str) -> Trade:
    """Give a draft up."""
    trade = trade_for(ctx, trade_id, EDIT)
    move(ctx, trade, "discard")
    return trade


def trade_alive(ctx: Context, achievement_id: str) -> Trade | None:
    """The trade of an achievement that is not over, or that succeeded."""
    for trade in ctx.session.scalars(select(Trade).where(Trade.achievement_id == achievement_id)).unique():
        procedure = procedure_of(trade.kind)
        if trade.state not in procedure.final or trade.state in procedure.succeeded:
            return trade
    return None


def document_of(trade: Trade) -> JSONObject:
    """What is announced, as it is hashed and kept."""
    return {
        "kind": "trade",
        "trade": trade.id,
        "number": trade.number,
        "procedure": trade.kind,
        "achievement": trade.achievement_id,
        "holder": trade.holder_id,
        "plan": trade.plan_id,
        "before": trade.before_id,
        "lot": trade.lot,
        "terms": trade.terms,
    }


def setting_of(ctx: Context, trade: Trade) -> Setting:
    """What the terms are held against."""
    before = ctx.session.get(Trade, trade.before_id) if trade.before_id else None
    return Setting(
        regime=Regime(trade.regime),
        mode=lot_from(trade.lot).mode,
        today=local_date(ctx.now),
        before_fen=before.price_fen if before is not None else None,
        first_listed=_first_listed(ctx, before),
    )


def _first_listed(ctx: Context, before: Trade | None) -> Any:
    """The day on which the first trade of the chain was announced."""
    first = None
    while before is not None:
        first = before.announced_at or first
        before = ctx.session.get(Trade, before.before_id) if before.before_id else None
    return local_date(first) if first is not None else None


def _keep(ctx: Context, trade: Trade, procedure: Procedure, lot: Lot, terms: Any) -> None:
    regime = _regime(ctx, trade.achievement_id, lot)
    trade.regime, terms = regime, _under(regime, procedure, terms)
    trade.lot, trade.terms = lot_json(lot), terms_json(procedure, terms)
    trade.price_fen = procedure.price(terms)
    trade.digest = digest_of(document_of(trade))


def _regime(ctx: Context, achievement_id: str, lot: Lot) -> Regime:
    nature = Nature(lot.nature) if lot.nature else Nature.PRIVATE
    owned = ownership_of(ctx, achievement_id)
    return regime_of(nature, shared=owned is not None and owned.shared)


def _under(regime: Regime, procedure: Procedure, terms: Any) -> Any:
    """The terms, told which regime they are under, if they ask."""
    asks = any(field.name == "regime" for field in fields(procedure.terms))
    return replace(terms, regime=regime) if asks else terms


def _read(reader: Callable[[JSONObject], Any], stored: JSONObject) -> Any:
    """What a program sends may have any shape. Raises Invalid."""
    try:
        return reader(stored)
    except ValidationError as error:
        words = _l("类型或格式不正确")
        raise Invalid(
            FieldError(".".join(str(part) for part in wrong["loc"]), "shape", words)
            for wrong in error.errors()
        ) from error


def _terms_complaints(procedure: Procedure, terms: Any) -> Iterator[FieldError]:
    """What may not even be saved, whatever the procedure."""
    for name, value in terms_json(procedure, terms).items():
        if not storable(value):
            yield FieldError(name, "unstorable", _l("含有无法保存的控制字符，请删除后再提交"))
        if isinstance(value, int) and not 0 <= value <= MAX_FEN:
            yield FieldError(name, "range", _l("数字过大或过小，请核对"))
        if len(str(value)) > LONGEST_TERM:
            yield FieldError(name, "too_long", _l("不超过 %(limit)s 个字", limit=LONGEST_TERM))


def _check_draft(trade: Trade, version: int | None) -> None:
    if trade.state not in EDITABLE:
        raise Conflict(_l("当前状态不允许这一操作，页面内容可能已过时"), code="wrong_state")
    if version is not None and version != trade.version:
        raise Conflict(_l("草稿已被他人修改，请核对后再保存"), code="stale")


def _plan_for(ctx: Context, achievement: Achievement, plan_id: str | None) -> Plan | None:
    """The decided plan of a unit. Raises Conflict where a unit has none: it prices by a collective decision."""
    plan = find(ctx.session, Plan, plan_id)
    fits = plan is not None and plan.achievement_id == achievement.id and plan.state == DECIDED
    if plan is not None and fits and plan_text(plan.content).pricing_method == AGREEMENT:
        raise Conflict(_l("这项方案协议定价，不能据以公开交易"), code="agreed_price")
    if achievement.holder.kind == UNIVERSITY and not fits:
        raise Conflict(_l("先完成转化方案的集体决策，再发起交易"), code="no_plan")
    return plan if fits else None


def _trade_before(ctx: Context, achievement: Achievement, before_id: str | None) -> Trade | None:
    before = find(ctx.session, Trade, before_id)
    if before is None:
        return None
    ended = before.state in procedure_of(before.kind).final - procedure_of(before.kind).succeeded
    if before.achievement_id != achievement.id or not ended:
        raise Conflict(_l("只有没有成交的交易可以重新挂牌"), code="not_ended")
    return before


def _first_content(
    achievement: Achievement, procedure: Procedure, plan: Plan | None, before: Trade | None
) -> tuple[Lot, Any]:
    if before is not None:
        same = before.kind == procedure.kind
        return lot_from(before.lot), terms_from(procedure, before.terms if same else {})
    nature = Nature.STATE_INSTITUTION if achievement.holder.kind == UNIVERSITY else ""
    if plan is not None:
        said = plan_text(plan.content)
        given = {"price_fen": said.price_fen, "payment_terms": said.payment_terms}
        lot = Lot(rights=said.rights, mode=said.mode, nature=nature)
    else:
        revision = public_revision(achievement)
        text = achievement_text(revision.content) if revision is not None else None
        holder = achievement.holder.name
        rights = tuple(ListedRight(r.kind, r.number, r.holder or holder) for r in text.rights) if text else ()
        given = {"price_fen": text.price_fen} if text else {}
        lot = Lot(rights=rights, mode=text.modes[0] if text and len(text.modes) == 1 else "", nature=nature)
    known = {field.name for field in fields(procedure.terms)}
    return lot, terms_from(procedure, {name: value for name, value in given.items() if name in known})

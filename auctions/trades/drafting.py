"""Drafting a trade: choose the procedure, begin it from an achievement or a decided plan, save it, discard it."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from sqlalchemy import select

from auctions.procedure import Procedure, Setting
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
from listings.documents import digest_of
from listings.grants.ownership import ownership_of
from listings.plans.content import from_json as plan_text
from listings.plans.models import DECIDED, Plan
from listings.rights import ListedRight
from marketplace.accounts.roles import UNIVERSITY
from marketplace.core.clock import local_date
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict, FieldError, Invalid
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.ids import new_id, next_number
from marketplace.core.journal import record
from marketplace.core.lookup import find
from marketplace.core.policy import require

LOT_FIELDS = frozenset(field.name for field in fields(Lot))
OURS = frozenset({"regime"})  # worked out, never typed
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
    lot = lot_from({**trade.lot, **{n: v for n, v in changes.items() if n in LOT_FIELDS}})
    terms = terms_from(procedure, {**trade.terms, **{n: v for n, v in changes.items() if n in names}})
    errors = list(shape_complaints(lot))
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
    nature = Nature(lot.nature) if lot.nature else Nature.PRIVATE
    owned = ownership_of(ctx, trade.achievement_id)
    trade.regime = regime_of(nature, shared=owned is not None and owned.shared)
    if any(field.name == "regime" for field in fields(procedure.terms)):
        terms = replace(terms, regime=trade.regime)
    trade.lot, trade.terms = lot_json(lot), terms_json(procedure, terms)
    trade.price_fen = procedure.price(terms)
    trade.digest = digest_of(document_of(trade))


def _check_draft(trade: Trade, version: int | None) -> None:
    if trade.state not in EDITABLE:
        raise Conflict(_l("当前状态不允许这一操作，页面内容可能已过时"), code="wrong_state")
    if version is not None and version != trade.version:
        raise Conflict(_l("草稿已被他人修改，请核对后再保存"), code="stale")


def _plan_for(ctx: Context, achievement: Achievement, plan_id: str | None) -> Plan | None:
    """The decided plan of a unit. Raises Conflict where a unit has none: it prices by a collective decision."""
    plan = find(ctx.session, Plan, plan_id)
    fits = plan is not None and plan.achievement_id == achievement.id and plan.state == DECIDED
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

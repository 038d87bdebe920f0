"""Notices of a result: what they say is what was confirmed, and which decision of the unit it carried out."""

from collections.abc import Sequence

from sqlalchemy import select

from auctions.awards import how_words
from auctions.confirmations.models import Confirmation
from auctions.trades.kinds import procedure_of
from auctions.trades.lot import lot_from
from auctions.trades.models import Trade
from listings.achievements.models import PUBLISHED
from listings.decisions.models import Decision
from listings.notices.sources import Basis, Choice, NoticeSource
from listings.notices.terms import RESULT
from listings.notices.unit_facts import decision_facts, rules_facts
from listings.plans.models import Plan
from listings.unit_rules.models import UnitRules
from marketplace.accounts.models import Organisation
from marketplace.core.context import Context
from marketplace.core.lookup import find, get
from marketplace.core.money import format_fen
from marketplace.core.money_words import uppercase_fen


def basis(ctx: Context, confirmation_id: str) -> Basis:
    """What a notice about the result says. Raises NotFound."""
    confirmation = get(ctx.session, Confirmation, confirmation_id)
    trade = confirmation.trade
    plan = find(ctx.session, Plan, trade.plan_id)
    decision = find(ctx.session, Decision, plan.decision_id) if plan is not None else None
    rules = find(ctx.session, UnitRules, plan.rules_id) if plan is not None else None
    lot = lot_from(trade.lot)
    procedure = "公示期内在本公示页面实名提出，即时取得回执。" if rules is not None else ""
    return Basis(
        holder_id=trade.holder_id,
        zone_id=trade.zone_id,
        title=trade.title,
        fixed=_fixed(confirmation, trade),
        suggested={"objection": procedure},
        achievement_id=trade.achievement_id,
        price_fen=confirmation.price_fen,
        buyer=_buyer_key(ctx, confirmation),
        mode=lot.mode,
        related=lot.insiders == "yes",
        decision=decision_facts(decision),
        rules=rules_facts(rules),
        cleared=trade.achievement.state == PUBLISHED,
        insiders=_insiders(confirmation, trade),
    )


def choices(ctx: Context) -> Sequence[Choice]:
    """Confirmed deals of the acting unit, the newest first."""
    query = select(Confirmation).where(Confirmation.holder_id == ctx.actor.org_id)
    found = ctx.session.scalars(query.order_by(Confirmation.id.desc())).unique()
    return [Choice(one.id, f"{one.trade.title}（{one.number}）") for one in found]


SOURCE = NoticeSource(RESULT, basis, choices)


def _fixed(confirmation: Confirmation, trade: Trade) -> dict[str, str]:
    price, how = confirmation.price_fen, how_words(confirmation.how).text("zh")
    return {
        "project": f"{trade.title}（{trade.number}）",
        "holder": trade.holder.name,
        "buyer": confirmation.buyer_name,
        "price": f"{format_fen(price, 'zh', 'full')}（{uppercase_fen(price)}）",
        "method": f"{procedure_of(trade.kind).words.text('zh')}，{how}；成交确认书 {confirmation.number}",
    }


def _buyer_key(ctx: Context, confirmation: Confirmation) -> str:
    """The credit code of an organisation, by which a contract is compared."""
    if confirmation.buyer_id is None:
        return confirmation.buyer_name
    return ctx.session.get_one(Organisation, confirmation.buyer_id).credit_code or confirmation.buyer_name


def _insiders(confirmation: Confirmation, trade: Trade) -> frozenset[str]:
    people = (
        trade.created_by,
        trade.saved_by,
        trade.submitted_by,
        trade.announced_by,
        confirmation.confirmed_by,
        confirmation.buyer_user_id,
    )
    return frozenset(one for one in people if one)

"""Notices of a price agreed by negotiation: what they say is what the unit decided in its plan."""

from collections.abc import Sequence

from listings.achievements.content import Content
from listings.achievements.content import from_json as achievement_text
from listings.achievements.models import PUBLISHED, Achievement
from listings.achievements.reach import public_revision
from listings.classification import codes, label
from listings.decisions.models import Decision
from listings.notices.endings import end_notices
from listings.notices.sources import PUBLIC_BUYER, Basis, Choice, NoticeSource
from listings.notices.terms import AGREEMENT_PRICE
from listings.notices.unit_facts import decision_facts, decision_words, rules_facts
from listings.plans.content import AGREEMENT, NAMED, YES, PlanContent
from listings.plans.content import from_json as plan_text
from listings.plans.events import PlanEnded
from listings.plans.models import DECIDED, Plan
from listings.plans.queries import decided_plans
from listings.unit_rules.models import UnitRules
from marketplace.accounts.models import Organisation
from marketplace.core.context import Context
from marketplace.core.errors import Words
from marketplace.core.i18n import Language
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.lookup import find, get
from marketplace.core.money import format_fen
from marketplace.core.money_words import uppercase_fen

CHINESE: Language = "zh"  # the language of the text that counts


def basis(ctx: Context, plan_id: str) -> Basis:
    """What a notice about the plan says. Raises NotFound."""
    plan = get(ctx.session, Plan, plan_id)
    content, achievement = plan_text(plan.content), plan.achievement
    holder = ctx.session.get_one(Organisation, plan.holder_id)
    decision = ctx.session.get(Decision, plan.decision_id) if plan.decision_id else None
    rules = find(ctx.session, UnitRules, plan.rules_id)
    text = _text_of(achievement)
    return Basis(
        holder_id=plan.holder_id,
        zone_id=plan.zone_id,
        title=text.title or achievement.title,
        fixed=_fixed(content, text, holder.name, decision),
        suggested=_suggested(content, text, rules),
        achievement_id=achievement.id,
        price_fen=content.price_fen,
        buyer=_buyer_key(content),
        mode=content.mode,
        related=content.related.related == YES,
        decision=decision_facts(decision),
        rules=rules_facts(rules),
        cleared=achievement.state == PUBLISHED,
        insiders=frozenset(one for one in (plan.created_by, plan.saved_by, plan.submitted_by) if one),
        complaints=tuple(_complaints(plan, content)),
    )


def choices(ctx: Context) -> Sequence[Choice]:
    """Decided plans whose price was agreed by negotiation."""
    plans = ctx.session.scalars(decided_plans(ctx)).unique()
    return [
        Choice(plan.id, f"{plan.achievement.title}（{plan.number}）")
        for plan in plans
        if plan_text(plan.content).pricing_method == AGREEMENT
    ]


SOURCE = NoticeSource(AGREEMENT_PRICE, basis, choices)


def plan_ended(ctx: Context, event: PlanEnded) -> None:
    """The notice about a plan ends with it."""
    end_notices(ctx, AGREEMENT_PRICE, event.plan_id, "plan_superseded" if event.by else "plan_withdrawn")


def _fixed(content: PlanContent, text: Content, holder: str, decision: Decision | None) -> dict[str, str]:
    rights = (f"{label('ip_kinds', r.kind, CHINESE)} {r.number}（{r.holder}）" for r in content.rights)
    fixed = {
        "achievement": text.title,
        "holder": holder,
        "completers": "、".join(person.name for person in text.completers),
        "rights": "；".join(rights) or "无登记的知识产权，以技术秘密等形式存在",
        "mode": label("transfer_modes", content.mode, CHINESE) if content.mode else "",
        "price": _price(content.price_fen),
        "buyer": content.buyer.name if content.buyer.kind == NAMED else "面向公众，受让方尚未确定",
        "related": _relation(content),
    }
    return fixed if decision is None else {**fixed, "decision": decision_words(decision)}


def _price(price_fen: int | None) -> str:
    """¥1,200,000（壹佰贰拾万元整）: figures and words, so that neither can be misread."""
    return (
        "" if price_fen is None else f"{format_fen(price_fen, CHINESE, 'full')}（{uppercase_fen(price_fen)}）"
    )


def _relation(content: PlanContent) -> str:
    """Which relation there is; who it is stays in the plan."""
    if content.related.related != YES:
        return "受让方与完成人、本单位无利害关系"
    kind = content.related.kind
    known = label("relation_kinds", kind, CHINESE) if kind in codes("relation_kinds") else ""
    return f"有利害关系：{known}" if known else "有利害关系"


def _suggested(content: PlanContent, text: Content, rules: UnitRules | None) -> dict[str, str]:
    procedure = "公示期内在本公示页面实名提出，即时取得回执。" if rules is not None else ""
    return {
        "abstract": text.abstract,
        "price_basis": content.price_basis,
        "payment_terms": content.payment_terms,
        "objection": procedure,
    }


def _text_of(achievement: Achievement) -> Content:
    revision = public_revision(achievement)
    return achievement_text(revision.content) if revision is not None else Content(title=achievement.title)


def _buyer_key(content: PlanContent) -> str:
    """The credit code of a named buyer, by which a contract is compared."""
    if content.buyer.kind != NAMED:
        return PUBLIC_BUYER
    return content.buyer.credit_code or content.buyer.name


def _complaints(plan: Plan, content: PlanContent) -> list[Words]:
    found: list[Words] = []
    if plan.state != DECIDED:
        found.append(_l("转化方案还没有集体决策，或者已被替代"))
    if content.pricing_method != AGREEMENT:
        found.append(_l("只有协议定价的方案需要公示拟交易价格"))
    return found

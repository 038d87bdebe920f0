"""Related parties: what must be declared, and what follows from it under the unit's rules (domain: 关联交易)."""

from collections.abc import Iterator
from datetime import date

from listings.plans.content import AGREEMENT, NO, YES, PlanContent, RelatedParty
from listings.unit_rules.content import CLOSED, EXTRA_APPROVAL, RulesContent
from marketplace.core.errors import FieldError
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.legal_basis import LegalBasis, SourceStatus

DECLARED = LegalBasis(
    law="公司法",
    article="265",
    text="可能导致利益转移的关系为关联关系；完成人与受让方有利害关系的须申报并承诺不影响定价",
    effective_from=date(2024, 7, 1),
    status=SourceStatus.VERIFIED,
    law_en="Company Law",
    text_en="relations that may shift interests are related-party relations; completers declare theirs and state that"
    " they did not influence the price",
)


def related_complaints(related: RelatedParty) -> Iterator[FieldError]:
    """What the statement lacks. A false or missing one makes the whole plan void."""
    if related.related not in {YES, NO}:
        yield FieldError("related.related", "required", _l("申报是否存在关联关系"))
    if related.related == NO and (related.kind or related.who.strip()):
        yield FieldError("related.kind", "contradiction", _l("没有关联关系的，请勿填写关联关系"))
    if related.related != YES:
        return
    if not related.kind:
        yield FieldError("related.kind", "required", _l("选择关联关系的类型"))
    if not related.who.strip():
        yield FieldError("related.who", "required", _l("写明哪些人或单位有关联关系"))
    if not related.explanation.strip():
        yield FieldError("related.explanation", "required", _l("说明关联关系的具体情况"))
    if not related.no_influence:
        yield FieldError("related.no_influence", "required", _l("承诺关联关系没有影响定价"))


def route_complaints(content: PlanContent, rules: RulesContent) -> Iterator[FieldError]:
    """A related party cannot buy by agreement where the unit has closed that route."""
    if _related(content) and rules.related_route == CLOSED and content.pricing_method == AGREEMENT:
        message = _l("按本单位制度，关联交易不得协议定价，须改用挂牌、拍卖或招标")
        yield FieldError("pricing_method", "route_closed", message)


def bodies_for(content: PlanContent, rules: RulesContent) -> tuple[str, ...]:
    """Who may decide about this plan: the body of the tier of its price, one tier up for a related party, and above."""
    raised = _related(content) and rules.related_route == EXTRA_APPROVAL
    return rules.bodies_for(content.price_fen or 0, raised=raised)


def _related(content: PlanContent) -> bool:
    return content.related.related == YES

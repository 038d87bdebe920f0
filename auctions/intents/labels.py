"""An intent in words, for pages, letters and programs."""

from auctions.intents import models as m
from auctions.intents.grounds import CONDITION, GROUNDS
from auctions.intents.models import Intent
from auctions.intents.review import conditions_of
from auctions.intents.statement import ABROAD, CONSORTIUM, CONTROLLED, DOMESTIC, YES, statement_from
from listings.achievements.labels import code_label
from marketplace.accounts.roles import AGENCY
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.i18n import lazy_pgettext as _lp

STATES = {
    m.REGISTERED: (_lp("意向状态", "待资格审查"), "info"),
    m.SUPPLEMENT: (_lp("意向状态", "待补充"), "warn"),
    m.OPINED: (_lp("意向状态", "待出让方答复"), "info"),
    m.DISPUTED: (_lp("意向状态", "出让方有异议"), "warn"),
    m.QUALIFIED: (_lp("意向状态", "待交保证金"), "info"),
    m.ELIGIBLE: (_lp("意向状态", "取得资格"), "ok"),
    m.REJECTED: (_lp("意向状态", "未通过"), "bad"),
    m.WITHDRAWN: (_lp("意向状态", "已撤回"), ""),
    m.UNPAID: (_lp("意向状态", "未交保证金，视为放弃"), "bad"),
    m.LAPSED: (_lp("意向状态", "交易已结束"), ""),
}
FOREIGN_WORDS = {
    DOMESTIC: _l("境内机构，不受境外控制"),
    CONTROLLED: _l("境内机构，受境外（含港澳台）控制"),
    ABROAD: _l("境外机构"),
}
#: What the party can expect or has to do next.
NEXT = {
    m.REGISTERED: _l("示范区正在审查资格，期满后五个工作日内出具意见"),
    m.SUPPLEMENT: _l("请按要求补充材料，补充后继续审查"),
    m.OPINED: _l("资格审查意见为合格，等待出让方答复，逾期未答复视为同意"),
    m.DISPUTED: _l("出让方对资格有异议，由示范区按公告的条件决定"),
    m.QUALIFIED: _l("请在截止前交纳保证金并申报，以银行起息日为准"),
    m.ELIGIBLE: _l("已取得资格，等待报价"),
    m.REJECTED: _l("登记没有通过资格审查"),
    m.WITHDRAWN: _l("登记已撤回"),
    m.UNPAID: _l("保证金没有按期到账，视为放弃"),
    m.LAPSED: _l("交易已结束，登记随之终止"),
}


def state_label(state: str) -> tuple[str, str]:
    """(word, tone) of a state, for a tag."""
    word, tone = STATES[state]
    return str(word), tone


def statement_rows(intent: Intent) -> list[tuple[str, str]]:
    """What the party declared, row by row; empty ones are left out."""
    said = statement_from(intent.statement)
    rows = [
        (_("怎样符合公告的条件"), said.conditions),
        (_("联系人和联系方式"), said.contact),
        (_("境外情况"), str(FOREIGN_WORDS.get(said.foreign, ""))),
        (_("关联关系"), related_words(intent) or _("声明没有")),
    ]
    if said.joint == CONSORTIUM:
        members = "\n".join(f"{one.name}　{one.credit_code}" for one in said.members)
        rows += [(_("联合体其他成员"), members), (_("联合体协议"), said.agreement)]
    if intent.bidder.kind == AGENCY:
        acts_for = f"{said.principal_name}　{said.principal_code}" if said.behalf == YES else _("为自己受让")
        rows.append((_("委托方"), acts_for))
    return [row for row in rows if row[1]]


def related_words(intent: Intent) -> str:
    """The relation that was declared; empty when none was."""
    said = statement_from(intent.statement)
    if said.related != YES:
        return ""
    kind = code_label("relation_kinds", said.related_kind)
    return _("%(kind)s：%(who)s，%(how)s", kind=kind, who=said.related_who, how=said.related_how)


def rejection_words(intent: Intent) -> str:
    """The reason an intent was rejected for: the published condition, or the ground with its basis."""
    ground = str(intent.opinion.get("ground") or "")
    if ground == CONDITION:
        number = intent.opinion.get("condition")
        conditions = conditions_of(intent.trade)
        place = number if isinstance(number, int) and 1 <= number <= len(conditions) else 0
        text = conditions[place - 1] if place else ""
        return _("不符合公告的第 %(n)s 项条件：%(text)s", n=place, text=text)
    if ground not in GROUNDS:
        return ""
    return ground_words(ground)


def ground_words(ground: str) -> str:
    """A statutory ground with what it rests on."""
    found, language = GROUNDS[ground], current_language()
    return _("%(words)s（%(basis)s）", words=found.words.text(language), basis=found.basis.text(language))


def receipt_number(intent: Intent) -> str:
    """The number of the receipt: the trade's, and the code of the party."""
    return f"{intent.trade.number}-{intent.code}"

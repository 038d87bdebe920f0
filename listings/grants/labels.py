"""A grant in words, for pages and comparisons."""

from collections.abc import Callable
from typing import Any

from listings.achievements.labels import clauses, code_label
from listings.classification import codes
from listings.grants.content import EXCLUSIONS, NO, OF_OPTION, OPTIONAL_BY_OPTION, SECTIONS, YES, GrantContent
from listings.grants.ownership import Ownership
from listings.shares import percent
from marketplace.core.i18n import LazyString, current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.i18n import lazy_pgettext as _lp

STATES = {
    "draft": (_lp("赋权状态", "草稿"), ""),
    "team_agreed": (_lp("赋权状态", "团队已签署"), "info"),
    "submitted": (_lp("赋权状态", "待单位审查"), "info"),
    "unit_review": (_lp("赋权状态", "待集体决策"), "info"),
    "rejected": (_lp("赋权状态", "未通过"), "bad"),
    "decided": (_lp("赋权状态", "已决策，待公示和签约"), "info"),
    "withdrawn": (_lp("赋权状态", "已撤销"), ""),
    "discarded": (_lp("赋权状态", "已删除"), ""),
    "agreement_signed": (_lp("赋权状态", "已签协议"), "info"),
    "title_change_filed": (_lp("赋权状态", "权属变更办理中"), "info"),
    "effective": (_lp("赋权状态", "已生效"), "ok"),
    "expired": (_lp("赋权状态", "到期"), ""),
    "revoked": (_lp("赋权状态", "已收回"), "bad"),
    "terminated": (_lp("赋权状态", "已终止"), ""),
}
TABS = {
    "drafting": _lp("赋权分类", "起草中"),
    "deciding": _lp("赋权分类", "待决策"),
    "decided": _lp("赋权分类", "公示和签约"),
    "effective": _lp("赋权分类", "已生效"),
    "ended": _lp("赋权分类", "已结束"),
}
FIELDS: dict[str, LazyString] = {
    "option": _l("赋权方式"),
    "rights": _l("权利清单"),
    "share_bp": _l("完成人的所有权份额"),
    "use_years": _l("使用年限"),
    "use_kind": _l("使用方式"),
    "income_bp": _l("完成人的收益比例"),
    "prospect": _l("转化前景"),
    "recipient": _l("实施转化的单位或个人"),
    "exclusions": _l("负面清单核查"),
    "team": _l("完成人和团队内部比例"),
    "team_terms": _l("团队内部约定"),
    "representative": _l("完成人代表"),
    "leaders": _l("完成人中有没有单位领导"),
    "leaders_who": _l("姓名、职务和回避情况"),
    "no_double_reward": _l("不重复奖励"),
}
AGREEMENT: dict[str, LazyString] = {
    "number": _l("协议编号"),
    "signed_on": _l("签订日期"),
    "decision_mechanism": _l("转化决策机制"),
    "cost_sharing": _l("费用分担"),
    "ip_fees": _l("知识产权维护费用"),
    "deal_mandate": _l("由谁签订转化合同"),
}
REVIEW: dict[str, LazyString] = {
    "checked_on": _l("查询法律状态的日期"),
    "title": _l("权属和法律状态"),
    "document": _l("保密审查意见文号"),
}
_SECTIONS = {
    "object": _l("赋权方式和标的"),
    "extent": _l("份额、期限和收益"),
    "prospect": _l("转化前景"),
    "exclusions": _l("负面清单"),
    "team": _l("团队内部约定"),
    "statements": _l("声明"),
}
_LISTS = {"option": "grant_options", "use_kind": "transfer_modes"}


def state_label(state: str) -> tuple[str, str]:
    """(word, tone) of a state, for a tag."""
    word, tone = STATES[state]
    return str(word), tone


def section_label(name: str) -> str:
    """The heading of a section in the page's language."""
    return str(_SECTIONS[name])


def fields_of(content: GrantContent, fields: tuple[str, ...]) -> list[str]:
    """Those of these fields that apply to what was chosen, or that were filled in all the same."""
    foreign = OPTIONAL_BY_OPTION - OF_OPTION.get(content.option, OPTIONAL_BY_OPTION)
    foreign |= frozenset[str]() if content.leaders == YES else frozenset({"leaders_who"})
    return [name for name in fields if name not in foreign or getattr(content, name)]


def in_words(content: GrantContent, name: str) -> str:
    """One field of the content as text; parts of a list each on a line of their own."""
    special = _SPECIAL.get(name)
    if special is not None:
        return special(content)
    value: Any = getattr(content, name)
    if name in _LISTS:
        return code_label(_LISTS[name], value) if value else ""
    return str(value)


def sections_of(content: GrantContent) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The content as cards: (name, heading, rows of name and value). The team has a table of its own."""
    return [
        (
            section.name,
            section_label(section.name),
            [
                (str(FIELDS[name]), in_words(content, name))
                for name in fields_of(content, section.fields)
                if name != "team"
            ],
        )
        for section in SECTIONS
    ]


def option_words(content: GrantContent) -> str:
    """The option with its extent, for a list."""
    extent = [
        _("所有权 %(share)s%%", share=percent(content.share_bp)) if content.share_bp else "",
        _("%(n)s 年", n=content.use_years) if content.use_years else "",
    ]
    name = code_label("grant_options", content.option) if content.option else ""
    return clauses(part for part in (name, *extent) if part)


def ownership_words(owned: Ownership) -> list[tuple[str, str]]:
    """Rows for the achievement's page."""
    rows = [(_("权属"), _owners(owned))]
    if owned.uses_until is not None:
        kind = code_label("transfer_modes", owned.use_kind)
        rows.append((_("完成人的使用权"), kind))
    rows.append((_("完成人的收益比例"), _("净收入的 %(share)s%%", share=percent(owned.income_bp))))
    if owned.deal_mandate:
        rows.append((_("由谁签订转化合同"), code_label("deal_mandates", owned.deal_mandate)))
    return rows


def _owners(owned: Ownership) -> str:
    if not owned.shared:
        return _("单位所有")
    return _(
        "单位 %(unit)s%%，完成人共同 %(people)s%%",
        unit=percent(owned.holder_bp),
        people=percent(owned.completers_bp),
    )


def _rights(content: GrantContent) -> str:
    return "\n".join(
        " · ".join(part for part in (code_label("ip_kinds", right.kind), right.number, right.holder) if part)
        for right in content.rights
    )


def _share(name: str) -> Callable[[GrantContent], str]:
    def words(content: GrantContent) -> str:
        share = getattr(content, name)
        return "" if share is None else f"{percent(share)}%"

    return words


def _exclusions(content: GrantContent) -> str:
    listed, language = codes("grant_exclusions"), current_language()
    lines = []
    for point in content.exclusions:
        name = listed.label(point.code, language) if point.code in EXCLUSIONS else point.code
        said = clauses(part for part in (_("已确认") if point.clear else _("未确认"), point.note) if part)
        lines.append(_("%(name)s：%(said)s", name=name, said=said))
    return "\n".join(lines)


def _team(content: GrantContent) -> str:
    return "\n".join(
        " · ".join(
            part for part in (one.name, one.unit, f"{percent(one.share_bp)}%" if one.share_bp else "") if part
        )
        for one in content.team
    )


def _leaders(content: GrantContent) -> str:
    return {YES: _("有"), NO: _("没有")}.get(content.leaders, "")


def _double(content: GrantContent) -> str:
    return _("已确认不对同一次转化重复奖励") if content.no_double_reward else ""


def _years(content: GrantContent) -> str:
    return _("%(n)s 年", n=content.use_years) if content.use_years else ""


_SPECIAL: dict[str, Callable[[GrantContent], str]] = {
    "rights": _rights,
    "share_bp": _share("share_bp"),
    "income_bp": _share("income_bp"),
    "use_years": _years,
    "exclusions": _exclusions,
    "team": _team,
    "leaders": _leaders,
    "no_double_reward": _double,
}

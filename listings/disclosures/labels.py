"""A disclosure's values in words, for its pages."""

from collections.abc import Callable
from typing import Any

from listings.achievements.labels import clauses, code_label, trl_label
from listings.disclosures.content import Content
from listings.disclosures.models import Disclosure
from listings.shares import percent
from marketplace.core.i18n import LazyString, current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.i18n import lazy_pgettext as _lp

STATES = {
    "draft": (_lp("披露状态", "草稿"), ""),
    "submitted": (_lp("披露状态", "已提交"), "info"),
    "formal_check": (_lp("披露状态", "形式审查中"), "info"),
    "returned": (_lp("披露状态", "退回补正"), "warn"),
    "ownership_review": (_lp("披露状态", "权属审查中"), "info"),
    "secrecy_gate": (_lp("披露状态", "保密审查中"), "info"),
    "evaluation": (_lp("披露状态", "评估中"), "info"),
    "classified_decision": (_lp("披露状态", "待分类处置"), "info"),
    "closed": (_lp("披露状态", "已办结"), "ok"),
}
#: What the history says of each entry.
EVENTS = {
    "drafted": _lp("披露记录", "开始填写"),
    "assessed": _lp("披露记录", "保密自查"),
    "confirmation_asked": _lp("披露记录", "请完成人确认"),
    "confirmed": _lp("披露记录", "完成人确认"),
    "paper_registered": _lp("披露记录", "登记纸质确认"),
    "declined": _lp("披露记录", "完成人不同意"),
    "confirmations_voided": _lp("披露记录", "内容有改动，确认失效"),
    "submitted": _lp("披露记录", "提交单位"),
    "taken_up": _lp("披露记录", "受理"),
    "accepted": _lp("披露记录", "形式审查通过"),
    "returned": _lp("披露记录", "退回补正"),
    "found_service": _lp("披露记录", "认定为职务科技成果"),
    "found_not_service": _lp("披露记录", "认定为非职务成果"),
    "cleared": _lp("披露记录", "保密审查通过"),
    "blocked": _lp("披露记录", "保密审查未通过"),
    "evaluated": _lp("披露记录", "完成评估"),
    "decided": _lp("披露记录", "作出分类处置决定"),
    "deferred": _lp("披露记录", "暂缓处置"),
    "kept": _lp("披露记录", "复核后维持原决定"),
    "reply_overdue": _lp("披露记录", "超过答复期限"),
    "confidential_viewed": _lp("披露记录", "打开保密说明"),
    "converted": _lp("披露记录", "生成成果草稿"),
}
FIELDS: dict[str, LazyString] = {
    "title": _l("成果名称"),
    "abstract": _l("可公开的摘要"),
    "keywords": _l("关键词"),
    "fields": _l("技术领域"),
    "trl": _l("技术成熟度"),
    "completers": _l("完成人"),
    "ground": _l("构成职务科技成果的依据"),
    "projects": _l("来源项目"),
    "obligations": _l("对第三方的义务"),
    "co_owners": _l("共有单位"),
    "materials": _l("外来材料"),
    "conceived_on": _l("构思日期"),
    "completed_on": _l("完成日期"),
    "published_on": _l("首次公开日期"),
    "planned_on": _l("计划公开日期"),
    "planned_what": _l("计划公开的方式"),
    "ip_state": _l("知识产权状态"),
    "rights": _l("已有权利"),
    "wish": _l("希望的处置方式"),
    "modes": _l("转化方式"),
    "firms": _l("有意向的企业"),
}
_LABELS = {
    "identity": _lp("披露", "成果概况"),
    "people": _lp("披露", "完成人与贡献"),
    "origin": _lp("披露", "来源与权属"),
    "dates": _lp("披露", "时间与公开"),
    "rights": _lp("披露", "知识产权现状"),
    "wishes": _lp("披露", "处置意愿"),
    "confidential": _lp("披露", "保密说明"),
}
DETAILS = {"patentability": _l("可专利性"), "market": _l("市场前景")}
_CODED = {
    "fields": "technology_fields",
    "ground": "disclosure_grounds",
    "ip_state": "disclosure_ip_states",
    "wish": "disclosure_wishes",
    "modes": "transfer_modes",
}


def section_label(name: str) -> str:
    """The heading of a page of the form."""
    return str(_LABELS[name])


def state_label(state: str) -> tuple[str, str]:
    """(word, tone) of a state, for a tag."""
    word, tone = STATES[state]
    return str(word), tone


def name_to_show(disclosure: Disclosure) -> str:
    return disclosure.title or disclosure.number


def event_label(kind: str) -> str:
    """What an entry of the journal says."""
    verb = kind.partition(".")[2]
    return str(EVENTS.get(verb, verb))


def in_words(content: Content, name: str) -> str:
    """One field of the content as text."""
    value: Any = getattr(content, name)
    if name in _CODED:
        return _listing(value if isinstance(value, tuple) else (value,), _CODED[name])
    if name == "trl":
        return trl_label(content.trl)
    if name in _PARTS:
        return "\n".join(_PARTS[name](part) for part in value)
    if isinstance(value, tuple):
        return clauses(str(part) for part in value)
    return "" if value is None else str(value)


def _listing(found: tuple[str, ...], listed: str) -> str:
    separator = ", " if current_language() == "en" else "、"
    return separator.join(code_label(listed, code) for code in found if code)


def _row(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _completer(person: Any) -> str:
    share = "" if person.share_bp is None else f"{percent(person.share_bp)}%"
    left = _("离开日期 %(day)s", day=person.left_on.isoformat()) if person.left_on else ""
    status = code_label("completer_statuses", person.status) if person.status else ""
    return _row(person.name, person.unit, status, left, share, person.contribution)


_PARTS: dict[str, Callable[[Any], str]] = {
    "completers": _completer,
    "projects": lambda part: _row(
        code_label("funding_sources", part.level) if part.level else "", part.name, part.number, part.clause
    ),
    "co_owners": lambda part: _row(part.name, part.agreement),
    "rights": lambda part: _row(
        code_label("ip_kinds", part.kind) if part.kind else "",
        part.number,
        part.filed_on.isoformat() if part.filed_on else "",
        part.fees,
        part.burdens,
    ),
    "firms": lambda part: _row(part.name, part.relation),
}

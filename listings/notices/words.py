"""Notices in words: states, outcomes, channels, and what happened to them."""

from datetime import datetime

from listings.classification import label
from listings.notices import models as m
from listings.notices.objections import models as o
from listings.notices.profiles import profile_of
from marketplace.core.clock import SHANGHAI, local_date
from marketplace.core.errors import Words
from marketplace.core.i18n import current_language, lazy_pgettext
from marketplace.core.i18n import gettext as _
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.period import Unit

Tag = tuple[Words, str]

STATES: dict[str, Tag] = {
    m.DRAFT: (lazy_pgettext("公示状态", "草稿"), ""),
    m.SUBMITTED: (lazy_pgettext("公示状态", "待核验"), "info"),
    m.RETURNED: (lazy_pgettext("公示状态", "退回修改"), "warn"),
    m.SCHEDULED: (lazy_pgettext("公示状态", "待开始"), "info"),
    m.RUNNING: (lazy_pgettext("公示状态", "公示中"), "hot"),
    m.OBJECTED: (lazy_pgettext("公示状态", "收到异议，期限中止"), "warn"),
    m.SUSPENDED: (lazy_pgettext("公示状态", "异议处理中，期限中止"), "warn"),
    m.CORRECTING: (lazy_pgettext("公示状态", "更正中，将重新公示"), "warn"),
    m.EXPIRED: (lazy_pgettext("公示状态", "公示期满"), "ok"),
    m.CERTIFIED: (lazy_pgettext("公示状态", "已出具证明"), "ok"),
    m.VOID: (lazy_pgettext("公示状态", "已终止"), "bad"),
    m.DISCARDED: (lazy_pgettext("公示状态", "已删除"), ""),
}
OBJECTION_STATES: dict[str, Tag] = {
    o.FILED: (lazy_pgettext("异议状态", "待受理"), "warn"),
    o.INVESTIGATING: (lazy_pgettext("异议状态", "调查中"), "info"),
    o.OVERDUE: (lazy_pgettext("异议状态", "逾期未决定"), "bad"),
    o.REFUSED: (lazy_pgettext("异议状态", "不予受理"), ""),
    o.DECIDED: (lazy_pgettext("异议状态", "已决定"), ""),
    o.APPEALED: (lazy_pgettext("异议状态", "复核中"), "warn"),
    o.CLOSED: (lazy_pgettext("异议状态", "已办结"), "ok"),
    o.LAPSED: (lazy_pgettext("异议状态", "未确认联系方式，已失效"), ""),
}
OUTCOMES: dict[str, Words] = {
    o.UPHELD: _l("异议成立"),
    o.PARTLY: _l("异议部分成立"),
    o.DISMISSED: _l("异议不成立"),
}
EFFECTS: dict[str, Words] = {
    o.CONTINUE: _l("公示继续"),
    o.RESTART: _l("更正后重新公示"),
    o.END: _l("公示终止"),
}
CHANNELS: dict[str, Words] = {m.MARKET: _l("市场平台"), m.UNIT: _l("本单位")}
POINTS: dict[str, Words] = {
    m.START: _l("开始"),
    m.MIDDLE: _l("中途抽查"),
    m.END: _l("结束"),
    m.OTHER: _l("其他"),
}
SEEN: dict[str, Words] = {
    m.SAME: _l("内容一致"),
    m.DIFFERENT: _l("内容不一致"),
    m.ABSENT: _l("没有看到"),
}
EVENTS: dict[str, Words] = {
    "drafted": _l("起草"),
    "submitted": _l("提交核验"),
    "recalled": _l("撤回修改"),
    "returned": _l("退回修改"),
    "approved": _l("核验通过"),
    "started": _l("公示开始"),
    "observed": _l("单位渠道取证"),
    "watched": _l("独立观察"),
    "extended": _l("顺延"),
    "objected": _l("收到异议，期限中止"),
    "objection_confirmed": _l("异议人确认联系方式"),
    "objection_supplemented": _l("异议人补充证据"),
    "objection_taken": _l("异议有人承办"),
    "objection_refused": _l("异议不予受理"),
    "objection_admitted": _l("异议受理"),
    "objection_extended": _l("异议处理延长一次"),
    "objection_overdue": _l("异议逾期未决定"),
    "objection_decided": _l("异议作出决定"),
    "objection_appealed": _l("申请复核，期限中止"),
    "appeal_decided": _l("复核作出决定"),
    "objection_closed": _l("异议办结"),
    "resumed": _l("期限恢复"),
    "amended": _l("更正，将重新公示"),
    "voided": _l("公示终止"),
    "expired": _l("公示期满"),
    "certified": _l("出具公示完成证明"),
    "overtaken": _l("公示完成之后，所依据的方案不再有效"),
}
#: What a notice's history lists; the rest happened before it was public, and watchers' looks are counted instead.
OPEN_EVENTS = frozenset(EVENTS) - {"drafted", "submitted", "recalled", "returned", "watched"}


def kind_label(kind: str) -> str:
    return profile_of(kind).label(current_language())


def length_words(amount: int, unit: str) -> str:
    """15 日, 15 个工作日."""
    return _("%(n)s 个工作日", n=amount) if unit == Unit.WORKDAY else _("%(n)s 日", n=amount)


def coded(listed: str, code: str) -> str:
    """A code of a list in the page's language; a code of another time as it is."""
    try:
        return label(listed, code, current_language())
    except LookupError:
        return code


def end_words(end: datetime) -> str:
    """2026-11-27 24:00: the instant after the last day, as the law says it."""
    local = end.astimezone(SHANGHAI)
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        return f"{local_date(end - datetime.resolution).isoformat()} 24:00"
    return f"{local:%Y-%m-%d %H:%M:%S}"

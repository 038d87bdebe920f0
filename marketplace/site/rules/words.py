"""Terms in words."""

from marketplace.core.i18n import gettext as _
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.i18n import ngettext
from marketplace.core.terms import Bound, SourceStatus, Term, Unit

BOUNDS = {
    Bound.FLOOR: _l("不少于"),
    Bound.CEILING: _l("不超过"),
    Bound.EXACT: _l("正好"),
}
STATUSES = {
    SourceStatus.VERIFIED: _l("已核对原文"),
    SourceStatus.SECONDARY: _l("据二手来源"),
    SourceStatus.KNOWLEDGE: _l("通行做法，未核对原文"),
    SourceStatus.DESIGN: _l("平台规则"),
}


def length_words(term: Term) -> str:
    """不超过 3 个工作日."""
    return f"{BOUNDS[term.bound]} {_amount(term)}"


def _amount(term: Term) -> str:
    n = term.amount
    amounts = {
        Unit.DAY: lambda: ngettext("%(num)s 日", "%(num)s 日", n),
        Unit.WORKDAY: lambda: ngettext("%(num)s 个工作日", "%(num)s 个工作日", n),
        Unit.HOUR: lambda: ngettext("%(num)s 小时", "%(num)s 小时", n),
        Unit.SECOND: lambda: ngettext("%(num)s 秒", "%(num)s 秒", n),
        Unit.MONTH: lambda: ngettext("%(num)s 个月", "%(num)s 个月", n),
        Unit.YEAR: lambda: ngettext("%(num)s 年", "%(num)s 年", n),
    }
    return amounts[term.unit]()


def unit_choices() -> list[tuple[str, str]]:
    return [("days", _("日（自然日）")), ("working_days", _("工作日")), ("hours", _("小时"))]

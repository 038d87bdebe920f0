"""What readers must not miss: novelty at risk, and completers who have left the unit."""

from collections.abc import Iterator
from dataclasses import dataclass

from listings.disclosures.content import from_json
from listings.disclosures.departures import Departure, departures
from listings.disclosures.models import Disclosure
from listings.disclosures.novelty import NoveltyRisk, Risk, novelty_risk
from marketplace.core.clock import local_date
from marketplace.core.context import Context
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.period import Period
from marketplace.core.period_text import end_text
from marketplace.moderation.age import how_counted


@dataclass(frozen=True)
class Notice:
    """A warning with its reason. `how` tells how its period was counted, empty without one."""

    title: str
    words: str
    how: str = ""


def warnings_about(ctx: Context, disclosure: Disclosure) -> list[Notice]:
    """All of them, in the page's language."""
    content = from_json(disclosure.content)
    found = [_departed(departure) for departure in departures(content, ctx.calendar)]
    risk = novelty_risk(content, local_date(ctx.now), ctx.calendar)
    return [*([_novelty(risk)] if risk is not None else []), *found]


def _novelty(risk: NoveltyRisk) -> Notice:
    day = risk.on.isoformat()
    if risk.risk is Risk.PLANNED:
        words = _(
            "计划于 %(day)s 公开。公开前没有提出专利申请的，丧失新颖性；请在此之前申请或推迟公开。", day=day
        )
        return Notice(_("新颖性风险：计划公开"), words)
    if risk.risk is Risk.EXPIRED:
        words = _("已于 %(day)s 公开，并超过六个月宽限期，一般不能再取得专利。", day=day)
        return Notice(_("新颖性风险：已经公开"), words, _how(risk.grace))
    end = end_text(risk.grace, current_language()) if risk.grace else ""
    words = _(
        "已于 %(day)s 公开。只有专利法第二十四条列明的情形才有六个月宽限期，至 %(end)s 止；论文发表一般不在其列。",
        day=day,
        end=end,
    )
    return Notice(_("新颖性风险：已经公开"), words, _how(risk.grace))


def _departed(found: Departure) -> Notice:
    title = _("%(name)s 已离开本单位", name=found.name or _("完成人"))
    return Notice(title, " ".join(_about_departure(found)), _how(found.period))


def _about_departure(found: Departure) -> Iterator[str]:
    end = end_text(found.period, current_language())
    if found.within is None:
        yield _("离开后十二个月至 %(end)s 止；填写完成日期后判断。", end=end)
    elif found.before_leaving:
        yield _("成果在其离开之前完成，不适用离职后十二个月的规则。")
    elif found.within:
        yield _(
            "成果在离开后十二个月内（至 %(end)s）完成：与其在本单位的本职工作或任务有关的，仍属职务发明创造。",
            end=end,
        )
    else:
        yield _(
            "成果在离开十二个月（至 %(end)s）之后完成：一般不属于本单位的职务发明创造，须说明使用本单位资源的情况。",
            end=end,
        )


def _how(period: Period | None) -> str:
    return how_counted(period, current_language()) if period is not None else ""

"""A decision in words, for pages."""

from listings.decisions.record import DecisionRecord
from marketplace.core.i18n import LazyString
from marketplace.core.i18n import gettext as _
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.i18n import lazy_pgettext as _lp

RESULTS = {
    "approved": (_lp("表决结果", "通过"), "ok"),
    "rejected": (_lp("表决结果", "未通过"), "bad"),
}
FIELDS: dict[str, LazyString] = {
    "body": _l("决策机构"),
    "held_on": _l("会议日期"),
    "agenda_item": _l("议题"),
    "members": _l("成员人数"),
    "present": _l("到会人数"),
    "quorum": _l("法定人数"),
    "recusals": _l("回避人员"),
    "votes_for": _l("赞成票"),
    "votes_against": _l("反对票"),
    "votes_abstain": _l("弃权票"),
    "result": _l("表决结果"),
    "resolution": _l("决议文号"),
    "minutes": _l("会议纪要"),
}


def facts_of(record: DecisionRecord) -> list[tuple[str, str]]:
    """The record as (name, value) rows; the minutes are opened by an act of their own."""
    attendance = _(
        "成员 %(members)s 人，法定人数 %(quorum)s 人，到会 %(present)s 人",
        members=record.members,
        quorum=record.quorum,
        present=record.present,
    )
    votes = _(
        "赞成 %(yes)s 票，反对 %(no)s 票，弃权 %(none)s 票",
        yes=record.votes_for,
        no=record.votes_against,
        none=record.votes_abstain,
    )
    away = _("、").join(
        _("%(name)s（%(reason)s）", name=recusal.name, reason=recusal.reason) for recusal in record.recusals
    )
    return [
        (str(FIELDS["body"]), record.body),
        (str(FIELDS["held_on"]), record.held_on.isoformat() if record.held_on else ""),
        (str(FIELDS["agenda_item"]), record.agenda_item),
        (_("出席"), attendance),
        (str(FIELDS["recusals"]), away or _("无")),
        (_("表决"), votes),
        (str(FIELDS["result"]), str(RESULTS[record.result][0])),
        (str(FIELDS["resolution"]), record.resolution),
    ]

"""Words for codes of moderation, as pages show them."""

from collections.abc import Mapping

from marketplace.core.errors import Words
from marketplace.core.i18n import lazy_pgettext
from marketplace.moderation.models import (
    CLOSED,
    DECIDED,
    DISMISSED,
    KEEP,
    OPEN,
    OVERDUE,
    PUBLISH,
    RETURN,
    TAKE_DOWN,
    UPHELD,
)
from marketplace.moderation.voices import MODERATOR, OFFICER, SECURITY_OFFICER

STATES: Mapping[str, Words] = {
    OPEN: lazy_pgettext("审核状态", "待处理"),
    OVERDUE: lazy_pgettext("审核状态", "已超期"),
    DECIDED: lazy_pgettext("审核状态", "已处理"),
    CLOSED: lazy_pgettext("审核状态", "已撤回"),
}
TABS: Mapping[str, Words] = {**STATES, "waiting": STATES[OPEN]}
ROLES: Mapping[str, Words] = {
    MODERATOR: lazy_pgettext("角色", "审核员"),
    SECURITY_OFFICER: lazy_pgettext("角色", "安全员"),
    OFFICER: lazy_pgettext("角色", "工作人员"),
}
#: What was decided, or asked for by one officer.
OUTCOMES: Mapping[str, Words] = {
    PUBLISH: lazy_pgettext("审核结果", "通过"),
    RETURN: lazy_pgettext("审核结果", "退回修改"),
    TAKE_DOWN: lazy_pgettext("审核结果", "下架"),
    KEEP: lazy_pgettext("审核结果", "维持公开"),
    UPHELD: lazy_pgettext("审核结果", "举报成立"),
    DISMISSED: lazy_pgettext("审核结果", "举报不成立"),
}
#: How a result looks: the tone of its tag.
TONES: Mapping[str, str] = {
    PUBLISH: "ok",
    RETURN: "warn",
    TAKE_DOWN: "bad",
    KEEP: "ok",
    UPHELD: "warn",
    DISMISSED: "",
}

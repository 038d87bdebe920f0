"""Where a person may go from the workbench."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import current_app, url_for

from auctions.deposits.policy import DESK
from auctions.intents.policy import REGISTER
from auctions.intents.policy import REVIEW as REVIEW_INTENTS
from auctions.trades.policy import CREATE as TRADE
from auctions.trades.policy import HOST
from listings.achievements.policy import CREATE, IMPORT
from listings.disclosures.policy import CREATE as DISCLOSE
from listings.grants.policy import CREATE as GRANT
from listings.grants.policy import SET_MINIMUM
from listings.notices.policy import CREATE as NOTIFY
from listings.notices.policy import RECORD_OUTAGE, SEE_OBJECTION, SET_TERMS
from listings.plans.policy import CREATE as PLAN
from listings.unit_rules.policy import SEE_OWN
from marketplace.core.context import Context
from marketplace.core.errors import Words
from marketplace.core.i18n import gettext as _
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.policy import ACCOUNT, Permission
from marketplace.moderation.policy import SEE_QUEUE, SEE_REPORTS


@dataclass(frozen=True)
class Place:
    """A page, in words, for those who may do `permission` to something."""

    endpoint: str
    name: Words
    about: Words
    permission: Permission


PLACES = (
    Place("achievement_list.own_list", _l("本单位的成果"), _l("草稿、审核中、已发布和退回的成果"), CREATE),
    Place("drafts.new", _l("登记成果"), _l("填写并提交一项科技成果"), CREATE),
    Place("disclosures.own_list", _l("成果披露"), _l("向本单位披露职务科技成果，办理收到的披露"), DISCLOSE),
    Place("plan_list.own_list", _l("转化方案"), _l("起草、提交和登记集体决策"), PLAN),
    Place("grant_list.own_list", _l("赋权"), _l("赋予完成人所有权份额、长期使用权或约定收益"), GRANT),
    Place("intents.own", _l("受让意向"), _l("登记的受让意向、资格审查和保证金"), REGISTER),
    Place("intent_host.queue", _l("资格审查"), _l("待审查的意向方和出让方的异议"), REVIEW_INTENTS),
    Place("settlement.listed", _l("结算台"), _l("保证金的到账、退还和没收"), DESK),
    Place("notice_drafts.own_list", _l("本单位的公示"), _l("起草、提交核验、取证，查看进行中的公示"), NOTIFY),
    Place("trade_list.own_list", _l("本单位的交易"), _l("发起、提交和查看公开征集受让方的交易"), TRADE),
    Place("objections.listed", _l("异议处理"), _l("对公示提出的异议及其办理"), SEE_OBJECTION),
    Place("unit_rules.own", _l("单位制度"), _l("决策层级、异议处理办法和收益分配"), SEE_OWN),
    Place("imports.listed", _l("批量导入"), _l("用表格一次登记多项成果"), IMPORT),
    Place("moderation.listed", _l("审核"), _l("待审核的成果和机构"), SEE_QUEUE),
    Place("trade_desk.listed", _l("交易办理"), _l("审核、核查、公告和主持交易"), HOST),
    Place("reports.listed", _l("举报"), _l("公众举报及处理"), SEE_REPORTS),
    Place("notice_zone.terms", _l("公示期规定"), _l("规定本示范区比法定更长的公示期"), SET_TERMS),
    Place("grant_zone.minimum", _l("赋权最低份额"), _l("规定赋权时完成人的最低所有权份额"), SET_MINIMUM),
    Place("notice_zone.outage", _l("平台故障顺延"), _l("平台中断时顺延受影响的公示"), RECORD_OUTAGE),
    Place("notifications.listed", _l("消息"), _l("平台发来的通知"), ACCOUNT),
    Place("accounts.organisations.own", _l("单位资料"), _l("资料、核验状态和成员"), ACCOUNT),
    Place("accounts.profile.overview", _l("账户"), _l("个人资料、密码和接口令牌"), ACCOUNT),
)


def places(ctx: Context) -> Iterator[tuple[str, Words, Words]]:
    """(address, name, what is there) of the pages of this site that the actor may enter."""
    for place in PLACES:
        if place.permission.possible(ctx.actor) and place.endpoint in current_app.view_functions:
            yield url_for(place.endpoint), place.name, place.about


def menu_links(_ctx: Context) -> Sequence[tuple[str, str]]:
    """The way to the workbench, for everybody's own menu."""
    return [(url_for("work.page"), _("工作台"))]

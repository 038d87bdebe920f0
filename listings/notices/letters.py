"""Letters about notices: to the unit's officers, to the zone, and to whoever objects, who may have no account."""

from collections.abc import Callable, Sequence

from sqlalchemy import select

from listings.classification import codes
from listings.notices.models import Notice
from listings.notices.objections.filing import CONFIRMING, FOLLOWING, key_of
from listings.notices.objections.models import Objection
from listings.notices.policy import OFFICERS
from listings.notices.words import EFFECTS, OUTCOMES, coded
from marketplace.accounts.addresses import path_to
from marketplace.accounts.models import Membership, Organisation
from marketplace.accounts.roles import ZONE_AUTHORITY
from marketplace.core.context import Context
from marketplace.core.errors import Words
from marketplace.core.i18n import LazyString
from marketplace.core.i18n import gettext as _
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.journal import Entry
from marketplace.core.lookup import find
from marketplace.core.registry import Letter, LetterBuilder

SUPERVISORS = frozenset({"supervisor"})
CERTIFIERS = frozenset({"zone_admin"})


def to_unit(ctx: Context, entry: Entry) -> Sequence[Letter]:
    """What the unit's officers must know: returned, verified, objected to, stopped, over, certified."""
    notice = find(ctx.session, Notice, entry.subject)
    name = entry.kind.removeprefix("notice.")
    if notice is None or name not in _TO_UNIT or (name == "discarded" and "reason" not in entry.data):
        return ()  # who discards a draft needs no letter about it
    title = _TO_UNIT[name](notice.number)
    url = (
        path_to("objections.listed")
        if name.startswith("object")
        else path_to("notices.page", notice_id=notice.id)
    )
    body = LazyString(_facts, notice.title, entry.data.get("objection"), entry.data.get("reason"))
    return [Letter(user_id, title, body, url) for user_id in _people(ctx, notice.holder_id, OFFICERS)]


def to_zone(ctx: Context, entry: Entry) -> Sequence[Letter]:
    """What the authority must do: review an appeal, look after one that is overdue, certify."""
    notice = find(ctx.session, Notice, entry.subject)
    if notice is None:
        return ()
    expired = entry.kind == "notice.expired"
    title = (
        _l("公示 %(number)s 期满，可以出具证明", number=notice.number)
        if expired
        else _l("公示 %(number)s 的异议需要关注", number=notice.number)
    )
    url = path_to("notices.page", notice_id=notice.id) if expired else path_to("objections.listed")
    body = LazyString(_facts, notice.title, entry.data.get("objection"))
    roles = CERTIFIERS if expired else SUPERVISORS
    return [Letter(user_id, title, body, url) for user_id in _people(ctx, _authority(ctx, notice), roles)]


def to_objector(ctx: Context, entry: Entry) -> Sequence[Letter]:
    """By mail only, at the address that was given: the link to confirm, later the decision."""
    number = entry.data.get("objection")
    objection = ctx.session.scalars(select(Objection).where(Objection.number == str(number))).first()
    if objection is None or objection.statement is None or not objection.statement.email:
        return ()
    if entry.kind == "notice.objected":
        title: Words = _l("确认你提出的异议 %(number)s", number=objection.number)
        body: Words = LazyString(_confirm_words, objection.notice.title)
        url = path_to("objecting.confirming", objection_id=objection.id, key=key_of(objection.id, CONFIRMING))
    else:
        title = _l("你提出的异议 %(number)s 有新进展", number=objection.number)
        body = LazyString(_progress_words, entry.kind, objection)
        url = path_to("objecting.receipt", objection_id=objection.id, key=key_of(objection.id, FOLLOWING))
    return (Letter(None, title, body, url, secret=True, address=objection.statement.email),)


_TO_UNIT: dict[str, Callable[[str], Words]] = {
    "returned": lambda number: _l("公示 %(number)s 被退回修改", number=number),
    "approved": lambda number: _l("公示 %(number)s 核验通过，可以开始", number=number),
    "objected": lambda number: _l("公示 %(number)s 收到异议，期限已中止", number=number),
    "objection_supplemented": lambda number: _l("公示 %(number)s 的异议补充了证据", number=number),
    "resumed": lambda number: _l("公示 %(number)s 期限恢复", number=number),
    "amended": lambda number: _l("公示 %(number)s 需要更正后重新公示", number=number),
    "voided": lambda number: _l("公示 %(number)s 已终止", number=number),
    "expired": lambda number: _l("公示 %(number)s 期满，请完成结束取证", number=number),
    "certified": lambda number: _l("公示 %(number)s 已出具公示完成证明", number=number),
    "discarded": lambda number: _l("公示草稿 %(number)s 已随方案作废", number=number),
    "overtaken": lambda number: _l("公示 %(number)s 所依据的方案不再有效，不能再据以签订合同", number=number),
    "objection_overdue": lambda number: _l("公示 %(number)s 的异议逾期未决定", number=number),
}


def _facts(title: str, objection: object, reason: object = None) -> str:
    lines = [_("公示：%(title)s", title=title)]
    if objection:
        lines.append(_("异议：%(number)s", number=objection))
    if isinstance(reason, str) and reason in codes("void_reasons"):
        lines.append(_("原因：%(reason)s", reason=coded("void_reasons", reason)))
    return "\n".join(lines)


def _confirm_words(title: str) -> str:
    return "\n".join(
        [
            _("公示：%(title)s", title=title),
            _("请在提出后七十二小时内打开链接并确认，逾期异议失效。不是你提出的，不用理会"),
        ]
    )


def _progress_words(kind: str, objection: Objection) -> str:
    lines = [_("公示：%(title)s", title=objection.notice.title)]
    outcome, effect = (
        objection.appeal_outcome or objection.outcome,
        objection.appeal_effect or objection.effect,
    )
    if kind in {"notice.objection_decided", "notice.appeal_decided"} and outcome:
        lines.append(_("结果：%(outcome)s，%(effect)s", outcome=OUTCOMES[outcome], effect=EFFECTS[effect]))
    lines.append(_("理由和后续办法见下面的地址，地址只有你知道，请勿转发"))
    return "\n".join(lines)


def _authority(ctx: Context, notice: Notice) -> str:
    found = select(Organisation.id).where(
        Organisation.kind == ZONE_AUTHORITY, Organisation.zone_id == notice.zone_id
    )
    return ctx.session.scalars(found).first() or ""


def _people(ctx: Context, org_id: str, roles: frozenset[str]) -> list[str]:
    """Who holds one of the roles in an organisation."""
    members = select(Membership).where(Membership.org_id == org_id).order_by(Membership.user_id)
    return [member.user_id for member in ctx.session.scalars(members) if roles & set(member.roles)]


UNIT_LETTERS = LetterBuilder(tuple(f"notice.{name}" for name in _TO_UNIT), to_unit)
ZONE_LETTERS = LetterBuilder(
    ("notice.expired", "notice.objection_appealed", "notice.objection_overdue"), to_zone
)
OBJECTOR_LETTERS = LetterBuilder(
    (
        "notice.objected",
        "notice.objection_admitted",
        "notice.objection_refused",
        "notice.objection_extended",
        "notice.objection_decided",
        "notice.appeal_decided",
    ),
    to_objector,
)

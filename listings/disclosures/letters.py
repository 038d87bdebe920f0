"""Letters about disclosures. They name the number only: not even a title of what is not public goes by mail."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from listings.classification import codes
from listings.disclosures.models import Disclosure
from listings.disclosures.steps import OUTCOMES
from marketplace.accounts.addresses import path_to
from marketplace.accounts.models import Membership
from marketplace.core.context import Context
from marketplace.core.errors import Words
from marketplace.core.i18n import LazyString, current_language
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.journal import Entry
from marketplace.core.lookup import find
from marketplace.core.registry import Letter, LetterBuilder

ASKED, DECLINED, SUBMITTED = "disclosure.confirmation_asked", "disclosure.declined", "disclosure.submitted"
RETURNED, OVERDUE = "disclosure.returned", "disclosure.reply_overdue"
DECIDED, DEFERRED, NOT_SERVICE, BLOCKED = (
    "disclosure.decided",
    "disclosure.deferred",
    "disclosure.found_not_service",
    "disclosure.blocked",
)
_NO_MORE = _l("登录后查看，邮件中不含技术内容。")


def letters_about(ctx: Context, entry: Entry) -> Sequence[Letter]:
    """To whoever has to act next, or has waited for the answer."""
    disclosure = find(ctx.session, Disclosure, entry.subject)
    if disclosure is None:
        return ()
    people = _readers(ctx, disclosure, entry)
    title, body = _words(disclosure, entry)
    endpoint = "disclosure_acts.confirmation" if entry.kind == ASKED else "disclosures.page"
    url = path_to(endpoint, disclosure_id=disclosure.id)
    return [Letter(user_id, title, body, url) for user_id in dict.fromkeys(people)]


def _readers(ctx: Context, disclosure: Disclosure, entry: Entry) -> Iterable[str]:
    completers = [row.user_id for row in disclosure.completers if row.user_id is not None]
    if entry.kind == ASKED:
        return completers
    if entry.kind == DECLINED:
        return [disclosure.created_by]
    if entry.kind == SUBMITTED:
        return [*_officers(ctx, disclosure, "tto_officer"), *completers]
    if entry.kind == OVERDUE:
        return _officers(ctx, disclosure, "unit_admin")
    return [disclosure.created_by, *completers]


def _officers(ctx: Context, disclosure: Disclosure, role: str) -> list[str]:
    query = select(Membership).where(Membership.org_id == disclosure.holder_id).order_by(Membership.id)
    return [member.user_id for member in ctx.session.scalars(query) if role in member.roles]


def _words(disclosure: Disclosure, entry: Entry) -> tuple[Words, Words]:
    number = disclosure.number
    said: dict[str, tuple[Words, Words]] = {
        ASKED: (
            _l("请确认职务科技成果披露 %(number)s", number=number),
            _l("你被列为完成人。请登录核对内容、排序和比例后确认，或说明不同意的理由。"),
        ),
        DECLINED: (
            _l("披露 %(number)s 有完成人不同意", number=number),
            _l("理由见披露页面，修改后请重新请完成人确认。"),
        ),
        SUBMITTED: (_l("披露 %(number)s 已提交", number=number), _NO_MORE),
        RETURNED: (
            _l("披露 %(number)s 退回补正", number=number),
            _l("补正的要求见披露页面。修改后须由全部完成人重新确认。"),
        ),
        OVERDUE: (
            _l("披露 %(number)s 超过答复期限", number=number),
            _l("本单位尚未作出分类处置决定，请督促经办人办理。"),
        ),
        NOT_SERVICE: (
            _l("披露 %(number)s 不属于职务科技成果", number=number),
            _l("权属结论和理由见披露页面。"),
        ),
        BLOCKED: (
            _l("披露 %(number)s 未通过保密审查", number=number),
            _l("请勿通过本平台传递相关内容，按本单位保密部门的意见办理。"),
        ),
    }
    if entry.kind in said:
        return said[entry.kind]
    title = _l("披露 %(number)s 已作出分类处置决定", number=number)
    return title, _l("决定：%(outcome)s", outcome=LazyString(_outcome, str(entry.data.get("outcome", ""))))


def _outcome(code: str) -> str:
    return codes(OUTCOMES).label(code, current_language()) if code in codes(OUTCOMES) else code


LETTERS = LetterBuilder(
    (ASKED, DECLINED, SUBMITTED, RETURNED, OVERDUE, DECIDED, DEFERRED, NOT_SERVICE, BLOCKED), letters_about
)

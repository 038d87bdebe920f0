"""Letters about trades: the seller hears what the host and the clock did, the host what was submitted, askers the answer."""

from collections.abc import Callable, Sequence

from sqlalchemy import select

from auctions.questions.models import Question
from auctions.trades.models import Trade
from auctions.trades.policy import HOSTS, SELLERS
from marketplace.accounts.addresses import path_to
from marketplace.accounts.models import Membership, Organisation
from marketplace.accounts.roles import ZONE_AUTHORITY
from marketplace.core.context import Context
from marketplace.core.errors import Words
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.journal import Entry
from marketplace.core.lookup import find
from marketplace.core.registry import Letter, LetterBuilder

_TO_SELLER: dict[str, Callable[[str], Words]] = {
    "trade.returned": lambda number: _l("交易 %(number)s 已退回修改", number=number),
    "trade.announced": lambda number: _l("交易 %(number)s 已公告", number=number),
    "trade.extended": lambda number: _l("交易 %(number)s 期满无意向方，已按公告延长", number=number),
    "trade.lapsed": lambda number: _l("交易 %(number)s 期满未成交", number=number),
    "trade.closed": lambda number: _l("交易 %(number)s 征集期满，进入资格审查", number=number),
    "trade.supplemented": lambda number: _l("交易 %(number)s 已发布补充公告，期限重新计算", number=number),
    "trade.suspended": lambda number: _l("交易 %(number)s 已中止", number=number),
    "trade.resumed": lambda number: _l("交易 %(number)s 已恢复", number=number),
    "trade.terminated": lambda number: _l("交易 %(number)s 已被示范区终止", number=number),
}
_TO_HOST: dict[str, Callable[[str], Words]] = {
    "trade.submitted": lambda number: _l("交易 %(number)s 待审核", number=number),
    "trade.recalled": lambda number: _l("交易 %(number)s 已被出让方撤回", number=number),
    "trade.withdrawn": lambda number: _l("交易 %(number)s 已被出让方撤牌", number=number),
}


def to_seller(ctx: Context, entry: Entry) -> Sequence[Letter]:
    """What the seller's officers must know of what others or the clock did."""
    trade = find(ctx.session, Trade, entry.subject)
    if trade is None:
        return ()
    return _letters(entry, trade, _TO_SELLER[entry.kind](trade.number), people(ctx, trade.holder_id, SELLERS))


def to_host(ctx: Context, entry: Entry) -> Sequence[Letter]:
    """What the zone's officers must look at, or need not any more."""
    trade = find(ctx.session, Trade, entry.subject)
    if trade is None or (entry.kind == "trade.recalled" and trade.submitted_at is not None):
        return ()
    return _letters(entry, trade, _TO_HOST[entry.kind](trade.number), hosts_of(ctx, trade))


def about_questions(ctx: Context, entry: Entry) -> Sequence[Letter]:
    """To the seller that somebody has asked, never who; to whoever asked that there is an answer."""
    trade = find(ctx.session, Trade, entry.subject)
    question = find(ctx.session, Question, str(entry.data.get("question")))
    if trade is None or question is None:
        return ()
    if entry.kind == "trade.question_asked":
        title: Words = _l("交易 %(number)s 收到提问", number=trade.number)
        return _letters(entry, trade, title, people(ctx, trade.holder_id, SELLERS))
    title = _l("你就交易 %(number)s 提出的问题已有答复", number=trade.number)
    return _letters(entry, trade, title, [question.asked_by])


def people(ctx: Context, org_id: str, roles: frozenset[str]) -> list[str]:
    """Who holds one of the roles in an organisation."""
    members = select(Membership).where(Membership.org_id == org_id).order_by(Membership.user_id)
    return [member.user_id for member in ctx.session.scalars(members) if roles & set(member.roles)]


def hosts_of(ctx: Context, trade: Trade) -> list[str]:
    """The officers of the zone's authority who run its trades."""
    found = select(Organisation.id).where(
        Organisation.kind == ZONE_AUTHORITY, Organisation.zone_id == trade.zone_id
    )
    return [user for org_id in ctx.session.scalars(found) for user in people(ctx, org_id, HOSTS)]


def _letters(entry: Entry, trade: Trade, title: Words, readers: Sequence[str]) -> list[Letter]:
    body = _l("成果名称：%(title)s", title=trade.title)
    url = path_to("trades.page", trade_id=trade.id)
    return [Letter(user_id, title, body, url) for user_id in readers if user_id != entry.actor]


SELLER_LETTERS = LetterBuilder(tuple(_TO_SELLER), to_seller)
HOST_LETTERS = LetterBuilder(tuple(_TO_HOST), to_host)
QUESTION_LETTERS = LetterBuilder(("trade.question_asked", "trade.question_answered"), about_questions)

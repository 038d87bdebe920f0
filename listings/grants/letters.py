"""Letters about grants: completers hear that they are to sign, officers of what waits, authors of what became of it."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from listings.grants.models import RightsGrant
from marketplace.accounts.addresses import path_to
from marketplace.accounts.members.changes import admins_of
from marketplace.accounts.models import Membership
from marketplace.core.context import Context
from marketplace.core.errors import Words
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.journal import Entry
from marketplace.core.lookup import find
from marketplace.core.registry import Letter, LetterBuilder

ASKED, DECLINED, AGREED = "grant.signatures_asked", "grant.declined", "grant.team_agreed"
SUBMITTED, REVIEWED, RETURNED = "grant.submitted", "grant.reviewed", "grant.returned"
DECIDED, REJECTED, WITHDRAWN = "grant.decided", "grant.rejected", "grant.withdrawn"
EFFECT, ENDED = "grant.took_effect", ("grant.expired", "grant.revoked", "grant.terminated")
KINDS = (
    *(ASKED, DECLINED, AGREED, SUBMITTED, REVIEWED, RETURNED, DECIDED, REJECTED, WITHDRAWN, EFFECT),
    *ENDED,
)


def letters_about(ctx: Context, entry: Entry) -> Sequence[Letter]:
    """To whoever has to act next, or has waited for the answer; never to the one who did it."""
    grant = find(ctx.session, RightsGrant, entry.subject)
    if grant is None:
        return ()
    title = _title(entry.kind, grant.number)
    body = _l("成果名称：%(title)s", title=grant.achievement.title)
    url = path_to("grant_team.signing" if entry.kind == ASKED else "grants.page", grant_id=grant.id)
    people = dict.fromkeys(_readers(ctx, grant, entry))
    return [Letter(user_id, title, body, url) for user_id in people if user_id != entry.actor]


def _readers(ctx: Context, grant: RightsGrant, entry: Entry) -> Iterable[str]:
    completers = [row.user_id for row in grant.completers if row.user_id is not None]
    if entry.kind == ASKED:
        return completers
    if entry.kind in (DECLINED, AGREED):
        return [grant.created_by]
    if entry.kind == SUBMITTED:
        return _officers(ctx, grant)
    if entry.kind == REVIEWED:
        return [user.id for user in admins_of(ctx, grant.holder_id)]
    return [grant.created_by, *completers]


def _officers(ctx: Context, grant: RightsGrant) -> list[str]:
    query = select(Membership).where(Membership.org_id == grant.holder_id).order_by(Membership.id)
    return [member.user_id for member in ctx.session.scalars(query) if "tto_officer" in member.roles]


def _title(kind: str, number: str) -> Words:
    said: dict[str, Words] = {
        ASKED: _l("请签署赋权 %(number)s 的团队约定", number=number),
        DECLINED: _l("赋权 %(number)s 有完成人不同意", number=number),
        AGREED: _l("赋权 %(number)s 已由全体完成人签署，可以提交单位", number=number),
        SUBMITTED: _l("赋权 %(number)s 待单位审查", number=number),
        REVIEWED: _l("赋权 %(number)s 待集体决策", number=number),
        RETURNED: _l("赋权 %(number)s 已退回修改", number=number),
        DECIDED: _l("赋权 %(number)s 已通过集体决策，将进行公示", number=number),
        REJECTED: _l("赋权 %(number)s 未通过集体决策", number=number),
        WITHDRAWN: _l("赋权 %(number)s 已被单位撤销", number=number),
        EFFECT: _l("赋权 %(number)s 已生效", number=number),
    }
    return said.get(kind) or _l("赋权 %(number)s 已结束", number=number)


LETTERS = LetterBuilder(KINDS, letters_about)

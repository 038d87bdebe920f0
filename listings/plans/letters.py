"""Letters about plans: administrators hear of what waits for a decision, authors of what became of their plan."""

from collections.abc import Sequence

from listings.plans.models import Plan
from marketplace.accounts.addresses import path_to
from marketplace.accounts.members.changes import admins_of
from marketplace.core.context import Context
from marketplace.core.errors import Words
from marketplace.core.i18n import LazyString
from marketplace.core.i18n import gettext as _
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.journal import Entry, entries_of
from marketplace.core.lookup import find
from marketplace.core.registry import Letter, LetterBuilder

SUBMITTED, RETURNED, DECIDED, REJECTED = "plan.submitted", "plan.returned", "plan.decided", "plan.rejected"


def letters_about(ctx: Context, entry: Entry) -> Sequence[Letter]:
    """To everybody concerned but the one who did it."""
    plan = find(ctx.session, Plan, entry.subject)
    if plan is None:
        return ()
    people = (
        [user.id for user in admins_of(ctx, plan.holder_id)]
        if entry.kind == SUBMITTED
        else _authors(ctx, plan)
    )
    title, body = (
        _title(entry.kind, plan.number),
        LazyString(_body, entry.kind, plan.achievement.title, plan.note),
    )
    url = path_to("plans.page", plan_id=plan.id)
    return [Letter(user_id, title, body, url) for user_id in people if user_id != entry.actor]


def _authors(ctx: Context, plan: Plan) -> list[str]:
    """Who began it, and who has submitted it: a plan that was given back does not know any more."""
    submitters = [entry.actor for entry in entries_of(ctx.session, plan.id) if entry.kind == SUBMITTED]
    return list(dict.fromkeys([*submitters[-1:], plan.created_by]))


def _title(kind: str, number: str) -> Words:
    if kind == SUBMITTED:
        return _l("转化方案 %(number)s 待集体决策", number=number)
    if kind == RETURNED:
        return _l("转化方案 %(number)s 已退回修改", number=number)
    if kind == DECIDED:
        return _l("转化方案 %(number)s 已通过", number=number)
    return _l("转化方案 %(number)s 未通过", number=number)


def _body(kind: str, title: str, note: str) -> str:
    """The facts in the language of the moment."""
    lines = [_("成果名称：%(title)s", title=title)]
    if kind == RETURNED and note:
        lines.append(_("退回原因：%(note)s", note=note))
    return "\n".join(lines)


LETTERS = LetterBuilder((SUBMITTED, RETURNED, DECIDED, REJECTED), letters_about)

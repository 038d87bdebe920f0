"""Letters about achievements: whoever handed a text in, and whoever began it, hear what became of it."""

from collections.abc import Sequence

from listings.achievements.content import from_json
from listings.achievements.models import Achievement, Revision
from listings.achievements.reach import revision_of
from listings.achievements.returned import reason_label
from listings.classification import codes, label
from marketplace.accounts.addresses import path_to
from marketplace.core.context import Context
from marketplace.core.db import JSONValue
from marketplace.core.errors import Words
from marketplace.core.i18n import LazyString, current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.journal import Entry
from marketplace.core.registry import Letter, LetterBuilder

RETURNED, PUBLISHED, TAKEN_DOWN = "achievement.returned", "achievement.published", "achievement.taken_down"


def letters_about(ctx: Context, entry: Entry) -> Sequence[Letter]:
    """One letter to each of the people behind the revision that the entry speaks of."""
    achievement = ctx.session.get(Achievement, entry.subject)
    if achievement is None:
        return ()
    number = entry.data.get("revision")
    revision = revision_of(achievement, number if isinstance(number, int) else None)
    endpoint = "drafts.tasks" if entry.kind == RETURNED else "achievements.page"
    title = _title(entry.kind, achievement.number)
    body = LazyString(_body, entry.kind, entry.data, achievement, revision)
    url = path_to(endpoint, achievement_id=achievement.id)
    return [Letter(user_id, title, body, url) for user_id in _people(achievement, revision)]


def _title(kind: str, number: str) -> Words:
    if kind == RETURNED:
        return _l("成果 %(number)s 已退回修改", number=number)
    if kind == PUBLISHED:
        return _l("成果 %(number)s 已发布", number=number)
    return _l("成果 %(number)s 已被下架", number=number)


def _people(achievement: Achievement, revision: Revision | None) -> list[str]:
    submitter = revision.submitted_by if revision is not None else None
    return list(dict.fromkeys(user_id for user_id in (submitter, achievement.created_by) if user_id))


def _body(kind: str, data: dict[str, JSONValue], achievement: Achievement, revision: Revision | None) -> str:
    """The facts in the language of the moment."""
    title = from_json(revision.content).title if revision is not None else achievement.title
    lines = [_("成果名称：%(title)s", title=title)]
    if kind == RETURNED:
        reasons = data.get("reasons")
        listed = reasons if isinstance(reasons, list) else []
        lines += [_("要求：%(reason)s", reason=reason_label(str(code))) for code in listed]
        if revision is not None and revision.note:
            lines.append(_("审核意见：%(note)s", note=revision.note))
    if kind == TAKEN_DOWN:
        lines.append(_("原因：%(reason)s", reason=_withdrawal_reason(str(data.get("reason", "")))))
        if achievement.withdrawal_note:
            lines.append(_("说明：%(note)s", note=achievement.withdrawal_note))
    return "\n".join(lines)


def _withdrawal_reason(code: str) -> str:
    listed = "withdrawal_reasons"
    return label(listed, code, current_language()) if code in codes(listed) else code


LETTERS = LetterBuilder((RETURNED, PUBLISHED, TAKEN_DOWN), letters_about)

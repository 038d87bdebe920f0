"""Achievements before moderation: what changes, what to look out for, and what a decision does."""

from collections.abc import Iterator, Sequence

from flask import url_for
from sqlalchemy import select

from listings.achievements.content import Content, from_json
from listings.achievements.drafting import title_key
from listings.achievements.labels import FIELDS, clauses, every_field, in_words
from listings.achievements.models import PUBLISHED, SUPERSEDED, Achievement, Revision
from listings.achievements.reach import public_revision, revision_of
from listings.achievements.secrecy import SECURITY_REVIEW, last_assessment, questions_hit
from listings.achievements.services import KIND, Withdrawal, publish, return_, take_down
from listings.classification import RETURN_REASONS, codes, label
from marketplace.core.context import Context
from marketplace.core.i18n import Language, current_language, lazy_pgettext
from marketplace.core.i18n import gettext as _
from marketplace.core.lookup import find
from marketplace.moderation.models import TAKE_DOWN, Case
from marketplace.moderation.subjects import Change, Published, Reason, ReviewSubject

MOST_ALIKE = 3


def _changes(ctx: Context, case: Case) -> Sequence[Change]:
    """The reviewed text against the one it replaces, field by field; for a take-down, what is public."""
    achievement = ctx.session.get_one(Achievement, case.subject)
    before, after = _texts(achievement, case)
    return [
        Change(name, str(FIELDS[name]), in_words(before, name), in_words(after, name))
        for name in every_field()
        if getattr(before, name) or getattr(after, name)
    ]


def _texts(achievement: Achievement, case: Case) -> tuple[Content, Content]:
    if case.asks == TAKE_DOWN:
        public = _content(public_revision(achievement))
        return public, public
    return _content(_replaced(achievement, case.revision or 0)), _content(
        revision_of(achievement, case.revision)
    )


def _replaced(achievement: Achievement, n: int) -> Revision | None:
    """The revision that was public when revision `n` was handed in."""
    public = [r for r in achievement.revisions if r.n < n and r.state in {PUBLISHED, SUPERSEDED}]
    return max(public, key=lambda revision: revision.n, default=None)


def _content(revision: Revision | None) -> Content:
    return from_json(revision.content) if revision is not None else Content()


def _warnings(ctx: Context, case: Case) -> Sequence[str]:
    return list(_found(ctx, ctx.session.get_one(Achievement, case.subject), case))


def _found(ctx: Context, achievement: Achievement, case: Case) -> Iterator[str]:
    if achievement.clearance == SECURITY_REVIEW:
        yield _("保密自查结果须经安全员复核：%(questions)s", questions=_questions(ctx, achievement))
    if achievement.domestic_only:
        yield _("持有单位声明仅限境内转化")
    revision = revision_of(achievement, case.revision)
    if revision is None:
        return
    before = _replaced(achievement, revision.n)
    if before is not None and before.digest == revision.digest:
        yield _("文字与公开的版本完全相同")
    for other in _alike(ctx, achievement, _content(revision).title):
        yield _("与“%(title)s”（%(number)s，%(holder)s）同名", title=other.title, number=other.number, holder=other.holder.name)  # fmt: skip


def _questions(ctx: Context, achievement: Achievement) -> str:
    last = last_assessment(ctx, achievement)
    hit = questions_hit(last) if last is not None else []
    return clauses(question.label(current_language()) for question in hit)


def _alike(ctx: Context, achievement: Achievement, title: str) -> Sequence[Achievement]:
    """Public achievements of whoever it may be with the same title."""
    query = select(Achievement).where(
        Achievement.title_key == title_key(title),
        Achievement.state == PUBLISHED,
        Achievement.id != achievement.id,
    )
    return ctx.session.scalars(query.limit(MOST_ALIKE)).unique().all()


def _published(ctx: Context, achievement_id: str) -> Published | None:
    achievement = find(ctx.session, Achievement, achievement_id)
    if achievement is None or achievement.state != PUBLISHED:
        return None
    return Published(title=achievement.title, zone_id=achievement.zone_id, org_id=achievement.holder_id)


def _take_down(ctx: Context, achievement_id: str, reason: str, note: str) -> None:
    take_down(ctx, achievement_id, Withdrawal(reason, note))


def _url(achievement_id: str) -> str:
    return url_for("achievements.page", achievement_id=achievement_id)


def _return_reasons(language: Language) -> Sequence[Reason]:
    return [
        Reason(
            code=item.code,
            label=item.label(language),
            group=item.field_group,
            group_label=label("field_groups", item.field_group, language),
            hint=item.note(language),
        )
        for item in RETURN_REASONS
    ]


def _listed(name: str, language: Language) -> Sequence[Reason]:
    return [Reason(item.code, item.label(language), hint=item.note(language)) for item in codes(name)]


def _take_down_reasons(language: Language) -> Sequence[Reason]:
    return _listed("withdrawal_reasons", language)


def _abuse_reasons(language: Language) -> Sequence[Reason]:
    return _listed("abuse_reasons", language)


SUBJECT = ReviewSubject(
    kind=KIND,
    label=lazy_pgettext("审核对象", "科技成果"),
    changes=_changes,
    publish=publish,
    return_=return_,
    url=_url,
    take_down=_take_down,
    published=_published,
    warnings=_warnings,
    return_reasons=_return_reasons,
    take_down_reasons=_take_down_reasons,
    abuse_reasons=_abuse_reasons,
)

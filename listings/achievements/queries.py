"""Questions about achievements. Every list is filtered by the permission to read."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from listings.achievements.content import RESTRICTABLE, Attachment, Content, from_json
from listings.achievements.models import DISCARDED, PUBLISHED, Achievement, ConfidentialAccess, Revision
from listings.achievements.policy import EDIT, READ, READ_VERIFIED
from listings.achievements.reach import achievement_for, public_revision
from marketplace.core.context import Context
from marketplace.core.errors import NotFound

PUBLIC, VERIFIED, NDA = "public", "verified", "nda"


@dataclass(frozen=True)
class Shown:
    """An achievement as one reader may see it: blocks above the reader's level are blanked and named in `hidden`."""

    achievement: Achievement
    revision: Revision
    content: Content
    hidden: tuple[tuple[str, str], ...]

    @property
    def images(self) -> tuple[Attachment, ...]:
        return tuple(file for file in self.content.files if file.role == "image")

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        return tuple(file for file in self.content.files if file.role != "image")


def shown(ctx: Context, achievement_id: str, *, opened: bool = False) -> Shown:
    """The public text as the actor may see it. `opened` after `view_confidential` has let the actor in.

    Raises NotFound for one that was never public, unless the actor may read drafts of it.
    """
    achievement = achievement_for(ctx, achievement_id)
    revision = public_revision(achievement)
    if revision is None:
        raise NotFound
    return _as_seen(ctx, achievement, revision, opened=opened)


def _as_seen(ctx: Context, achievement: Achievement, revision: Revision, *, opened: bool) -> Shown:
    content = from_json(revision.content)
    levels = {PUBLIC}
    if READ_VERIFIED.allows(ctx.actor, achievement):
        levels.add(VERIFIED)
    if opened:
        levels.add(NDA)
    hidden = tuple((block, level) for block, level in content.restricted if level not in levels)
    blank: dict[str, Any] = {
        block: () if block == "indicators" else "" for block, _level in hidden if block in RESTRICTABLE
    }
    files = tuple(file for file in content.files if file.level in levels)
    return Shown(achievement, revision, replace(content, files=files, **blank), hidden)


def file_of(ctx: Context, achievement_id: str, digest: str) -> Attachment:
    """A file of the public text by its digest or its thumbnail's, if the actor may see it. Raises NotFound."""
    achievement = achievement_for(ctx, achievement_id)
    if EDIT.allows(ctx.actor, achievement):
        files = [file for revision in achievement.revisions for file in from_json(revision.content).files]
    else:
        opened = ctx.session.get(ConfidentialAccess, (achievement.id, ctx.actor.org_id or "")) is not None
        files = list(shown(ctx, achievement_id, opened=opened).content.files)
    for file in files:
        if digest in {file.digest, file.thumbnail}:
            return file
    raise NotFound


def published() -> Select[Achievement]:
    """What is public now, newest first."""
    return (
        select(Achievement)
        .where(Achievement.state == PUBLISHED)
        .order_by(Achievement.published_at.desc(), Achievement.id.desc())
    )


def readable(ctx: Context) -> Select[Achievement]:
    """What the actor may read, for lists of the API and the organisation page."""
    return select(Achievement).where(READ.clause(ctx.actor, Achievement)).order_by(Achievement.id.desc())


def own(ctx: Context, state: str | None = None) -> Select[Achievement]:
    """The acting organisation's achievements, last changed first; discarded ones are gone."""
    query = (
        select(Achievement)
        .where(EDIT.clause(ctx.actor, Achievement), Achievement.state != DISCARDED)
        .options(selectinload(Achievement.revisions))
        .order_by(Achievement.updated_at.desc(), Achievement.id.desc())
    )
    return query.where(Achievement.state == state) if state else query


def own_counts(ctx: Context) -> dict[str, int]:
    """How many of the acting organisation's achievements are in each state."""
    query = (
        select(Achievement.state, func.count())
        .where(EDIT.clause(ctx.actor, Achievement), Achievement.state != DISCARDED)
        .group_by(Achievement.state)
    )
    return {state: number for state, number in ctx.session.execute(query).tuples()}  # noqa: C416 - rows are tuples


def like_titled(ctx: Context, title_key: str, *, apart_from: str = "") -> list[Achievement]:
    """Achievements of the acting organisation with the same title, to warn of duplicates."""
    if not title_key:
        return []
    query = select(Achievement).where(
        Achievement.holder_id == ctx.actor.org_id,
        Achievement.title_key == title_key,
        Achievement.state != DISCARDED,
        Achievement.id != apart_from,
    )
    return list(ctx.session.scalars(query.limit(5)))

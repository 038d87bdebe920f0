"""Questions about achievements. Every list is filtered by the permission to read."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, select

from listings.achievements.content import RESTRICTABLE, Attachment, Content, from_json
from listings.achievements.models import (
    DISCARDED,
    PUBLISHED,
    SUBMITTED,
    WITHDRAWN,
    Achievement,
    ConfidentialAccess,
    Revision,
)
from listings.achievements.policy import EDIT, PREVIEW, READ, READ_CONFIDENTIAL, READ_VERIFIED
from listings.achievements.reach import achievement_for, public_revision, working_revision
from marketplace.accounts.models import Organisation
from marketplace.core.context import Context
from marketplace.core.errors import Gone, NotFound

PUBLIC, VERIFIED, NDA = LEVELS = ("public", "verified", "nda")


@dataclass(frozen=True)
class Shown:
    """An achievement as one reader may see it: blocks above the reader's level are blanked and named in `hidden`.

    `withheld`: how many files are kept above the reader's level, by level.
    """

    achievement: Achievement
    revision: Revision
    content: Content
    hidden: tuple[tuple[str, str], ...]
    withheld: tuple[tuple[str, int], ...]

    @property
    def images(self) -> tuple[Attachment, ...]:
        """Pictures to show in place: those under a confidentiality agreement are opened one by one like documents."""
        return tuple(file for file in self.content.files if file.role == "image" and file.level != NDA)

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        return tuple(file for file in self.content.files if file not in self.images)


def shown(ctx: Context, achievement_id: str, *, opened: bool = False) -> Shown:
    """The public text as the actor may see it. `opened` after `view_confidential` has let the actor in.

    Raises NotFound for one that was never public, Gone for a withdrawn one.
    """
    achievement = achievement_for(ctx, achievement_id)
    if achievement.state == WITHDRAWN:
        raise Gone
    revision = public_revision(achievement)
    if revision is None:
        raise NotFound
    levels = {PUBLIC}
    if READ_VERIFIED.allows(ctx.actor, achievement):
        levels.add(VERIFIED)
    if opened:
        levels.add(NDA)
    return _as_seen(achievement, revision, levels)


def previewed(ctx: Context, achievement_id: str) -> Shown:
    """The working text with everything in it: for its editors, and in review for the zone's officers."""
    achievement = achievement_for(ctx, achievement_id, PREVIEW)
    revision = working_revision(achievement)
    if revision is None or not may_preview(ctx, achievement):
        raise NotFound
    return _as_seen(achievement, revision, set(LEVELS))


def may_preview(ctx: Context, achievement: Achievement) -> bool:
    """Is there a working text that the actor may read? A draft is nobody's business but the holder's."""
    working = working_revision(achievement)
    if working is None or not PREVIEW.allows(ctx.actor, achievement):
        return False
    return ctx.actor.org_id == achievement.holder_id or working.state == SUBMITTED


def _as_seen(achievement: Achievement, revision: Revision, levels: set[str]) -> Shown:
    content = from_json(revision.content)
    above = [(block, level) for block, level in content.restricted if level not in levels]
    hidden = tuple(
        (block, level) for block, level in above if block in RESTRICTABLE and getattr(content, block)
    )
    blank: dict[str, Any] = {block: () if block == "indicators" else "" for block, _level in hidden}
    files = tuple(file for file in content.files if file.level in levels)
    counts = {level: sum(file.level == level for file in content.files) for level in LEVELS}
    withheld = tuple((level, n) for level, n in counts.items() if n and level not in levels)
    return Shown(achievement, revision, replace(content, files=files, **blank), hidden, withheld)


def has_access(ctx: Context, achievement: Achievement) -> bool:
    """May the actor open what is kept under a confidentiality agreement?"""
    if not READ_CONFIDENTIAL.allows(ctx.actor, achievement):
        return False
    if ctx.actor.org_id == achievement.holder_id:
        return True
    return ctx.session.get(ConfidentialAccess, (achievement.id, ctx.actor.org_id)) is not None


def accesses(ctx: Context, achievement: Achievement) -> list[tuple[ConfidentialAccess, str]]:
    """Who may open it: the records with the names of their organisations, the latest first."""
    query = (
        select(ConfidentialAccess, Organisation.name)
        .join(Organisation, Organisation.id == ConfidentialAccess.org_id)
        .where(ConfidentialAccess.achievement_id == achievement.id)
        .order_by(ConfidentialAccess.granted_at.desc(), Organisation.id)
    )
    return [(access, name) for access, name in ctx.session.execute(query)]


def file_of(ctx: Context, achievement_id: str, digest: str) -> Attachment:
    """A file by its digest or its thumbnail's, if the actor may see it without further ado. Raises NotFound or Gone."""
    return _with_digest(_files_within_reach(ctx, achievement_for(ctx, achievement_id)), digest)


def confidential_file(ctx: Context, achievement_id: str, digest: str) -> Attachment:
    """A file of the public text, after `view_confidential` has let the actor in. Raises NotFound or Gone."""
    return _with_digest(shown(ctx, achievement_id, opened=True).content.files, digest)


def _with_digest(files: Iterable[Attachment], digest: str) -> Attachment:
    for file in files:
        if digest in {file.digest, file.thumbnail}:
            return file
    raise NotFound


def _files_within_reach(ctx: Context, achievement: Achievement) -> Iterable[Attachment]:
    if EDIT.allows(ctx.actor, achievement):
        return [file for revision in achievement.revisions for file in from_json(revision.content).files]
    working = working_revision(achievement)
    if working is not None and may_preview(ctx, achievement):
        return from_json(working.content).files
    return shown(ctx, achievement.id).content.files


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
        .order_by(Achievement.updated_at.desc(), Achievement.id.desc())
    )
    return query.where(Achievement.state == state) if state else query


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

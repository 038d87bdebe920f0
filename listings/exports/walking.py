"""Walking through a list of any length with a few hundred achievements in memory."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from listings.achievements.content import Content, from_json
from listings.achievements.models import Achievement
from listings.achievements.queries import shown
from listings.achievements.reach import public_revision, working_revision
from marketplace.core.context import Context

_AT_ONCE = 200


def ids_of(ctx: Context, query: Select[Achievement]) -> Sequence[str]:
    """The ids of a list, in its order: some megabytes for a hundred thousand."""
    return ctx.session.scalars(query.with_only_columns(Achievement.id)).all()


def as_public(ctx: Context, ids: Sequence[str]) -> Iterator[tuple[Achievement, Content]]:
    """Each with its public text as the actor may see it."""
    for achievement in _walk(ctx, ids):
        if public_revision(achievement) is not None:
            yield achievement, shown(ctx, achievement.id).content


def as_own(ctx: Context, ids: Sequence[str]) -> Iterator[tuple[Achievement, Content]]:
    """Each with its newest text, for its holder."""
    for achievement in _walk(ctx, ids):
        revision = working_revision(achievement) or public_revision(achievement)
        if revision is not None:
            yield achievement, from_json(revision.content)


def _walk(ctx: Context, ids: Sequence[str]) -> Iterator[Achievement]:
    for start in range(0, len(ids), _AT_ONCE):
        piece = ids[start : start + _AT_ONCE]
        query = (
            select(Achievement).where(Achievement.id.in_(piece)).options(selectinload(Achievement.revisions))
        )
        found = {row.id: row for row in ctx.session.scalars(query).unique()}
        for id_ in piece:
            if id_ in found:
                yield found[id_]
        ctx.session.expunge_all()

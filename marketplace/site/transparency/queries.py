"""Questions to the public log."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select

from listings.achievements.reach import achievement_for, public_revision
from listings.notices.facts import of_shown_notices, public_part
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import NotFound
from marketplace.core.journal import Entry
from marketplace.evidence.store import Checkpoint

SHOWN = 20
AT_ONCE = 1_000  # entries of the journal
#: Kinds of entries whose whole content is public.
PUBLIC_KINDS = frozenset({"achievement.published", "achievement.withdrawn", "achievement.taken_down"})


@dataclass(frozen=True)
class PublicFact:
    """An entry, and what of its data everybody may know."""

    entry: Entry
    data: JSONObject


def newest_checkpoints(ctx: Context) -> Sequence[Checkpoint]:
    return ctx.session.scalars(select(Checkpoint).order_by(Checkpoint.size.desc()).limit(SHOWN)).all()


def fingerprint(policy: str) -> str:
    """What the verifier prints first, to be compared with a copy from elsewhere."""
    return sha256(policy.encode()).hexdigest()


def publication_of(ctx: Context, achievement_id: str) -> Entry:
    """The entry that made public what is public now. Raises NotFound when nothing is."""
    achievement = achievement_for(ctx, achievement_id)
    revision = public_revision(achievement)
    if revision is None:
        raise NotFound
    entries = select(Entry).where(Entry.subject == achievement.id, Entry.kind == "achievement.published")
    for entry in ctx.session.scalars(entries.order_by(Entry.n.desc())):
        if entry.data.get("revision") == revision.n:
            return entry
    raise NotFound


def public_facts(ctx: Context, after: int) -> tuple[list[PublicFact], int]:
    """What is public behind a position, and the position to go on from: everything up to it was looked at."""
    looked = ctx.session.scalars(
        select(Entry).where(Entry.position > after).order_by(Entry.position).limit(AT_ONCE)
    ).all()
    shown = of_shown_notices(ctx, looked)
    found = [
        PublicFact(entry, public_part(entry) if entry.position in shown else entry.data)
        for entry in looked
        if entry.kind in PUBLIC_KINDS or entry.position in shown
    ]
    return found, looked[-1].position if looked else after

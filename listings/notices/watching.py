"""What independent watchers saw: their signed notes are taken in, checked against the policy, and journalled."""

import hashlib

from sqlalchemy import select

from listings.notices import models as m
from listings.notices.queries import kept_text
from listings.notices.reach import notice_for
from marketplace.core.context import Context
from marketplace.core.errors import Conflict, FieldError, Invalid
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.ids import new_id
from marketplace.core.journal import record
from marketplace.evidence.notes import NoteError
from marketplace.evidence.observations import Observation, open_observation, watchers_of
from marketplace.evidence.trust import published_policy

LONGEST_NOTE = 4_000  # bytes


def take_observation(ctx: Context, notice_id: str, note: str) -> m.Observation:
    """Keep what a watcher of the policy signed about a notice that is or was shown. The same note is taken once.

    Raises Invalid for a note that nobody known has signed, NotFound, Conflict for a notice that never started.
    """
    notice = notice_for(ctx, notice_id)
    seen = _opened(note)
    digest = hashlib.sha256(note.encode()).hexdigest()
    known = ctx.session.scalars(select(m.Observation).where(m.Observation.digest == digest)).first()
    if known is not None:
        return known
    if notice.started_at is None:
        raise Conflict(_l("公示没有在进行"), code="wrong_state")
    kept = m.Observation(
        id=new_id("obs", ctx.now),
        notice_id=notice.id,
        watcher=seen.watcher[:100],
        channel=seen.channel,
        at=seen.at,
        seen=_as_seen(notice, seen),
        digest=digest,
        received_at=ctx.now,
    )
    ctx.session.add(kept)
    ctx.session.flush()
    record(ctx, "notice.watched", notice.id, {"note": note})
    return kept


def _opened(note: str) -> Observation:
    try:
        return open_observation(note, watchers_of(published_policy()))
    except NoteError as error:
        message = _l("不是策略所列观察方签名的观察记录")
        raise Invalid([FieldError("", "unknown_watcher", message)]) from error


def _as_seen(notice: m.Notice, seen: Observation) -> str:
    """In our words: the text as it is, another one, or nothing."""
    if seen.saw(kept_text(notice.edition).decode()):
        return m.SAME
    return m.ABSENT if seen.status != "200" or seen.digest == "-" else m.DIFFERENT

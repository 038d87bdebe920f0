"""A notice does not outlive what it rests on: when that counts no longer, the notice ends in the same transaction."""

from sqlalchemy import select

from listings.notices.clockwork import catch_up
from listings.notices.lifecycle import NOTICE
from listings.notices.models import CERTIFIED, DISCARDED, DRAFT, VOID, Notice
from listings.notices.services import KIND, ended
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.journal import Entry, record
from marketplace.moderation.cases import close_case
from marketplace.moderation.models import PUBLISH

#: Of a certified notice: the certificate stays true, but nothing can be signed with it any more.
OVERTAKEN = "notice.overtaken"


def end_notices(ctx: Context, kind: str, subject: str, reason: str) -> None:
    """End every notice about `subject`, which counts no longer for the `reason` of `void_reasons`."""
    about = select(Notice).where(
        Notice.kind == kind, Notice.subject == subject, Notice.state.not_in([VOID, DISCARDED])
    )
    for notice in ctx.session.scalars(about.order_by(Notice.id)).unique():
        catch_up(ctx, notice)
        _end(ctx, notice, {"reason": reason, "subject": subject})
        notice.updated_at = ctx.now


def _end(ctx: Context, notice: Notice, why: JSONObject) -> None:
    """What was issued is left as it is and said to be overtaken; what nobody has seen yet is dropped."""
    reason = str(why["reason"])
    if notice.state == CERTIFIED:
        record(ctx, OVERTAKEN, notice.id, {"edition": notice.n, **why})
    elif notice.state == DRAFT:
        NOTICE.follow(ctx, notice, "drop", why)
    else:
        NOTICE.follow(ctx, notice, "annul", why)
        ended(ctx, notice, reason, "")
        close_case(ctx, KIND, notice.id, asks=PUBLISH)


def overtaken(ctx: Context, notice: Notice) -> Entry | None:
    """The entry that says that what a certified notice rests on counts no longer."""
    found = select(Entry).where(Entry.subject == notice.id, Entry.kind == OVERTAKEN)
    return ctx.session.scalars(found.order_by(Entry.n).limit(1)).first()

"""Beginning and ending log-ins. Call inside a unit of work; the browser's cookie is set by the page afterwards."""

from sqlalchemy import select

from marketplace.accounts.models import LogIn, User
from marketplace.core.context import Context
from marketplace.core.ids import new_id
from marketplace.core.journal import record
from marketplace.core.lookup import find


def begin_log_in(ctx: Context, user: User) -> LogIn:
    """A session of its own for one browser, from now on."""
    log_in = LogIn(id=new_id("ses", ctx.now), user_id=user.id, epoch=user.epoch, began_at=ctx.now)
    ctx.session.add(log_in)
    record(ctx, "user.logged_in", user.id, {"log_in": log_in.id})
    return log_in


def end_log_in(ctx: Context, user_id: str, log_in_id: str) -> None:
    """End one session. Ending it again changes nothing."""
    log_in = find(ctx.session, LogIn, log_in_id)
    if log_in is None or log_in.user_id != user_id or log_in.ended_at is not None:
        return
    log_in.ended_at = ctx.now
    record(ctx, "user.logged_out", user_id, {"log_in": log_in.id})


def end_all_log_ins(ctx: Context, user: User) -> None:
    """Whoever is signed in as this user, anywhere, is so no more. The caller journals why."""
    user.epoch += 1
    for log_in in ctx.session.scalars(
        select(LogIn).where(LogIn.user_id == user.id, LogIn.ended_at.is_(None))
    ):
        log_in.ended_at = ctx.now


def open_log_ins(ctx: Context, user_id: str) -> list[LogIn]:
    """The user's sessions that go on, newest first."""
    going_on = select(LogIn).where(LogIn.user_id == user_id, LogIn.ended_at.is_(None))
    return list(ctx.session.scalars(going_on.order_by(LogIn.began_at.desc(), LogIn.id.desc())))

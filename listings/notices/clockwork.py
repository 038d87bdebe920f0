"""Catching up with the clock: what is due happens before anybody decides anything, objections first."""

from sqlalchemy import select

from listings.notices.lifecycle import NOTICE
from listings.notices.models import Notice
from listings.notices.objections.lifecycle import OBJECTION
from listings.notices.objections.models import FINAL, Objection
from marketplace.core.context import SYSTEM, Context
from marketplace.core.uow import unit_of_work


def catch_up(ctx: Context, notice: Notice) -> None:
    """Apply every deadline of the notice and of its objections that has passed, as of its due time."""
    for objection in _open(ctx, notice):
        OBJECTION.catch_up(ctx, objection)
    NOTICE.catch_up(ctx, notice)


def is_behind(ctx: Context, notice: Notice) -> bool:
    """Has something become due that nobody has applied yet?"""
    dues = [notice.next_deadline, *(objection.next_deadline for objection in _open(ctx, notice))]
    return any(due is not None and due <= ctx.now for due in dues)


def bring_up_to_date(notice_id: str) -> None:
    """The same for readers: a page never shows a state that the clock has ended, be the worker dead for days."""
    with unit_of_work(SYSTEM) as ctx:
        catch_up(ctx, ctx.session.get_one(Notice, notice_id))


def _open(ctx: Context, notice: Notice) -> list[Objection]:
    waiting = select(Objection).where(Objection.notice_id == notice.id, Objection.state.not_in(sorted(FINAL)))
    return list(ctx.session.scalars(waiting.order_by(Objection.next_deadline, Objection.id)).unique())

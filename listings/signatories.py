"""People who confirm a text in person: each exactly the same words, with their own account or on signed paper."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from listings.achievements.content import Attachment
from listings.achievements.texts import storable, tidy
from marketplace.accounts.models import Membership, User
from marketplace.core.context import Actor, Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import FieldError, Invalid, NotFound
from marketplace.core.i18n import lazy_gettext as _l

LONGEST_DOCUMENT = 80
LONGEST_REASON = 1_000


class Signatory:
    """Columns of somebody who confirms.

    `user_id` is a member of the unit with that address; without one a signed paper is registered. `paper` describes
    the uploaded file. What was confirmed is `confirmed_digest`.
    """

    user_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    email: Mapped[str] = mapped_column(String(254), default="")
    name: Mapped[str] = mapped_column(String(100), default="")
    unit: Mapped[str] = mapped_column(String(100), default="")
    share_bp: Mapped[int | None]
    confirmed_at: Mapped[datetime | None]
    confirmed_digest: Mapped[str] = mapped_column(String(64), default="")
    confirmed_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    paper_document: Mapped[str] = mapped_column(String(80), default="")
    paper: Mapped[JSONObject] = mapped_column(default=dict)
    declined_at: Mapped[datetime | None]
    decline_reason: Mapped[str] = mapped_column(Text, default="")


Row = TypeVar("Row", bound=Signatory)


def all_confirmed(rows: Iterable[Signatory], digest: str) -> bool:
    """Has everybody confirmed exactly this?"""
    return all(row.confirmed_at is not None and row.confirmed_digest == digest for row in rows)


def own_row(rows: Iterable[Row], actor: Actor) -> Row:
    """The row of the acting person. Raises NotFound for everybody else."""
    for row in rows:
        if row.user_id is not None and row.user_id == actor.user_id:
            return row
    raise NotFound


def confirmed(ctx: Context, row: Signatory, digest: str) -> None:
    """This person stands by the text with this digest."""
    row.confirmed_at, row.confirmed_digest, row.confirmed_by = ctx.now, digest, ctx.actor.user_id


def declined(ctx: Context, row: Signatory, reason: str) -> None:
    row.declined_at, row.decline_reason = ctx.now, reason


def unask(rows: Iterable[Signatory]) -> None:
    """Forget who did not agree to an earlier text."""
    for row in rows:
        row.declined_at, row.decline_reason = None, ""


def void(rows: Iterable[Any]) -> list[str]:
    """Nobody has confirmed any more; the ids of those who had."""
    had = [str(row.id) for row in rows if row.confirmed_at is not None]
    for row in rows:
        row.confirmed_at, row.confirmed_digest, row.confirmed_by = None, "", None
        row.paper_document, row.paper = "", {}
    return had


def signed_on_paper(ctx: Context, row: Signatory, document: str, taken: Attachment, digest: str) -> None:
    """Somebody else registers the paper that this person signed."""
    row.paper_document = tidy(document)
    row.paper = {"digest": taken.digest, "name": taken.name, "media": taken.media, "size": taken.size}
    confirmed(ctx, row, digest)


def check_document(document: str) -> None:
    """Raise Invalid for a signed paper without a number that can be kept."""
    if not tidy(document) or len(document) > LONGEST_DOCUMENT or not storable(document):
        message = _l("填写签字文件的编号，不超过 %(limit)s 个字", limit=LONGEST_DOCUMENT)
        raise Invalid([FieldError("document", "required", message)])


def checked_reason(reason: str) -> str:
    """Why somebody does not agree. Raises Invalid for nothing, or too much."""
    words = tidy(reason)
    if not words or len(words) > LONGEST_REASON or not storable(words):
        message = _l("写明不同意的理由，不超过 %(limit)s 个字", limit=LONGEST_REASON)
        raise Invalid([FieldError("reason", "required", message)])
    return words


def seats(rows: list[Row], count: int, make: Callable[[int], Row]) -> list[Row]:
    """As many rows as there are people, `make` given the place of a new one; a row keeps its id as long as its place is taken."""
    rows += [make(place) for place in range(len(rows) + 1, count + 1)]
    for row in rows[count:]:
        rows.remove(row)
    return rows


def match_accounts(ctx: Context, holder_id: str, rows: Sequence[Signatory]) -> None:
    """Give everybody the account of the unit's member with that address, if there is one now."""
    accounts = _accounts(ctx, holder_id, rows)
    for row in rows:
        row.user_id = accounts.get(row.email)


def absent(ctx: Context, holder_id: str, rows: Sequence[Any]) -> set[str]:
    """The ids of those who cannot confirm in person: no account in the unit, or not a member of it any more."""
    accounts = _accounts(ctx, holder_id, rows)
    return {row.id for row in rows if row.user_id is None or accounts.get(row.email) != row.user_id}


def _accounts(ctx: Context, org_id: str, rows: Sequence[Signatory]) -> dict[str, str]:
    """The active members of a unit with these addresses: address to user id."""
    query = (
        select(User.email, User.id)
        .join(Membership, Membership.user_id == User.id)
        .where(
            User.email.in_({row.email for row in rows if row.email}),
            User.active,
            Membership.org_id == org_id,
        )
    )
    with ctx.session.no_autoflush:
        return dict(ctx.session.execute(query).all())

"""Finding rows by the public ids that people and programs send."""

import re
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from marketplace.core.context import Context
from marketplace.core.errors import NotFound
from marketplace.core.policy import Permission, require

Row = TypeVar("Row")

_PUBLIC_ID = re.compile(r"[a-z]{3}_[0-9a-z]{20}")


def find(session: Session, model: type[Row], public_id: str | None) -> Row | None:
    """The row with this id. Text that cannot be an id is not sent to the database, which might choke on it."""
    if public_id is None or not _PUBLIC_ID.fullmatch(public_id):
        return None
    return session.get(model, public_id)


def get(session: Session, model: type[Row], public_id: str | None, **expected: Any) -> Row:
    """The row with this id and these column values. Raises NotFound."""
    row = find(session, model, public_id)
    if row is None or any(getattr(row, column) != value for column, value in expected.items()):
        raise NotFound
    return row


def get_for(
    ctx: Context, model: type[Row], public_id: str | None, needed: Permission, see: Permission
) -> Row:
    """The row with this id, if the actor may do what `needed` says to it. Raises NotFound, Forbidden, SignInRequired.

    Whoever may act may also look: a token needs the scope of the act, not that of reading besides.
    """
    row = get(ctx.session, model, public_id)
    require(ctx, needed, row, see=see)
    return row

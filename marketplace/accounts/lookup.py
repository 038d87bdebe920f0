"""Finding rows by the public ids that people and programs send."""

import re
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from marketplace.core.errors import NotFound

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

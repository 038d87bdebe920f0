"""Audiences of what completers write to their own unit: who began it, and whom it names as completers.

Such a subject has `holder_id`, `created_by` and the rows `completers`, each with the `user_id` of its account.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false

from marketplace.accounts.roles import UNIVERSITY
from marketplace.core.context import Actor

UNIT_KINDS = frozenset({UNIVERSITY})


@dataclass(frozen=True)
class _Involved:
    """Somebody acting for the unit of the subject, with a part in it."""

    def possible(self, actor: Actor) -> bool:
        return actor.signed_in and actor.org_kind in UNIT_KINDS

    def tokens(self, subject: Any) -> frozenset[str]:  # noqa: ARG002 - what is between a unit and its people is in no index
        return frozenset()


@dataclass(frozen=True)
class Author(_Involved):
    """Who began it."""

    def includes(self, actor: Actor, subject: Any) -> bool:
        return (
            self.possible(actor) and subject.holder_id == actor.org_id and subject.created_by == actor.user_id
        )

    def clause(self, actor: Actor, model: Any) -> ColumnElement[bool]:
        if not self.possible(actor):
            return false()
        return and_(model.holder_id == actor.org_id, model.created_by == actor.user_id)

    def words(self) -> str:
        return "its author, acting for the holder"


@dataclass(frozen=True)
class NamedCompleter(_Involved):
    """Whom it names as a completer, if they act for the unit, in whatever role."""

    def includes(self, actor: Actor, subject: Any) -> bool:
        return (
            self.possible(actor)
            and subject.holder_id == actor.org_id
            and any(row.user_id == actor.user_id for row in subject.completers)
        )

    def clause(self, actor: Actor, model: Any) -> ColumnElement[bool]:
        if not self.possible(actor):
            return false()
        return and_(model.holder_id == actor.org_id, model.completers.any(user_id=actor.user_id))

    def words(self) -> str:
        return "its completers, acting for the holder"


def concerned(subject: Any, user_id: str | None) -> bool:
    """Has this person a stake in it, as author, submitter or completer?"""
    people = {subject.created_by, subject.submitted_by, *(row.user_id for row in subject.completers)}
    return user_id in people - {None}

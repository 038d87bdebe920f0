"""Who may bring achievements in, and who may see what became of a file."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, false, true

from listings.achievements.policy import IMPORT, SUBMITTERS, WRITE
from marketplace.core.context import Actor
from marketplace.core.policy import Members, permission

__all__ = ["ADVANCE", "IMPORT", "MANAGE", "SEE"]


@dataclass(frozen=True)
class System:
    """The program itself, in its worker."""

    def possible(self, actor: Actor) -> bool:
        return actor.system

    def includes(self, actor: Actor, subject: Any) -> bool:  # noqa: ARG002
        return actor.system

    def clause(self, actor: Actor, model: Any) -> ColumnElement[bool]:  # noqa: ARG002
        return true() if actor.system else false()

    def tokens(self, subject: Any) -> frozenset[str]:  # noqa: ARG002
        return frozenset()

    def words(self) -> str:
        return "the system"


SEE = permission("import.see", Members("org_id", SUBMITTERS), scope="read")
MANAGE = permission("import.manage", Members("org_id", SUBMITTERS), scope=WRITE)
#: Moves that the worker makes when a file has been read to its end, or cannot be.
ADVANCE = permission("import.advance", System())

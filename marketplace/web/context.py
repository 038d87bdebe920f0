"""From a request to a context."""

from marketplace.core.context import Context
from marketplace.core.uow import reading
from marketplace.web.login import current_actor

__all__ = ["current", "current_actor"]


def current() -> Context:
    """The context of this request, for questions. Commands open `unit_of_work(current_actor())`."""
    return reading(current_actor())

"""Text that is made each time it is shown."""

from collections.abc import Callable
from typing import Any


class LazyString:
    """What `make(*arguments, **options)` says at the moment, wherever text is wanted.

    On a page it is escaped like any other text.
    """

    __slots__ = ("_arguments", "_make", "_options")

    def __init__(self, make: Callable[..., str], *arguments: Any, **options: Any) -> None:
        self._make, self._arguments, self._options = make, arguments, options

    def __str__(self) -> str:
        return str(self._make(*self._arguments, **self._options))

    def __repr__(self) -> str:
        return f"LazyString({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return str(self) == other if isinstance(other, str | LazyString) else NotImplemented

    def __hash__(self) -> int:
        return hash(str(self))

    def __mod__(self, values: Any) -> str:
        """Forms fill the places of a message this way."""
        filled: str = str(self) % values
        return filled

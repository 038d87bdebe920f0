"""The address of a search: its whole state, so that it can be shared, kept and changed one piece at a time."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import url_for
from werkzeug.datastructures import MultiDict

KNOWN = frozenset(
    {"q", "type", "field", "trl", "mode", "ip", "zone", "year", "price_min", "price_max", "sort", "synonyms"}
)


@dataclass(frozen=True)
class Address:
    """The parameters in order, without empty ones and without the page number."""

    pairs: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, args: "MultiDict[str, str]") -> "Address":
        return cls(tuple((k, v) for k, v in args.items(multi=True) if k in KNOWN and v))

    @property
    def url(self) -> str:
        base = url_for("search.page")
        return f"{base}?{urlencode(self.pairs)}" if self.pairs else base

    def without(self, name: str, value: str | None = None) -> "Address":
        """With that value less, or without the parameter."""
        return Address(
            tuple((k, v) for k, v in self.pairs if k != name or (value is not None and v != value))
        )

    def having(self, **changed: str) -> "Address":
        """With other values of some parameters; an empty one goes."""
        kept = tuple((k, v) for k, v in self.pairs if k not in changed)
        return Address((*kept, *((k, v) for k, v in changed.items() if v)))

    def only(self, *names: str) -> "Address":
        return Address(tuple((k, v) for k, v in self.pairs if k in names))

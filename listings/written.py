"""A text that forms fill: how it is kept as JSON, on which pages its fields stand, and what may not be saved."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from marketplace.core.db import JSONObject
from marketplace.core.errors import FieldError


@dataclass(frozen=True)
class Written:
    """One kind of text, such as an achievement's. `complaints` are about its shape: what may not even be saved.

    `needed` are the fields that must be filled in the end, `sections` the fields of each page of its form.
    """

    to_json: Callable[[Any], JSONObject]
    from_json: Callable[[JSONObject], Any]
    complaints: Callable[[Any], Iterable[FieldError]]
    needed: frozenset[str]
    sections: Mapping[str, tuple[str, ...]]

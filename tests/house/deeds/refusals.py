"""The same call with one thing wrong about it."""

from collections.abc import Iterator
from dataclasses import replace

from marketplace.core.context import ANONYMOUS
from tests.house.deeds.deed import Call, Deed
from tests.house.matrix import NOBODYS, Route


def refusals(deed: Deed, route: Route, call: Call) -> Iterator[tuple[str, Call]]:
    """Calls that must be refused, each with what is wrong about it."""
    if not route.permission.possible(ANONYMOUS):
        yield "by nobody in particular", replace(call, by="")
        if deed.stranger is not None:
            yield f"by {deed.stranger}", replace(call, by=deed.stranger)
    for name in sorted(call.at):
        yield f"with nobody's {name}", replace(call, at={**call.at, name: NOBODYS})
    if "subject" in call.query:
        yield "about what is not there", replace(call, query={**call.query, "subject": NOBODYS})
    if deed.mistake is not None:
        yield f"with {deed.mistake}", replace(call, fields={**call.fields, **deed.mistake})

"""What a bundle names by digest and never contains, whoever asks for it."""

from collections.abc import Iterable

from marketplace.core.db import JSONValue
from marketplace.evidence.bundle import named_digests
from marketplace.evidence.leaves import OpenedEvent

#: By kind of event: the part of its data whose digests stand for what is not public: minutes of a meeting, what an
#: objector wrote (the objector is known to the handler and the supervisor only), the reasons they were given.
PRIVATE = {
    "notice.started": ("decision",),
    "notice.objected": ("digest",),
    "notice.objection_supplemented": ("digest",),
    "notice.objection_refused": ("reason", "reasons"),
    "notice.objection_decided": ("reasons",),
    "notice.appeal_decided": ("reasons",),
}


def private_digests(events: Iterable[OpenedEvent]) -> set[str]:
    """Return the digests (hex) of contents that stay out of the bundle of these events."""
    return {digest for event in events for part in _private_parts(event) for digest in named_digests(part)}


def _private_parts(event: OpenedEvent) -> list[JSONValue]:
    data, kind = event.event["data"], event.event["type"]
    names = PRIVATE.get(kind, ()) if isinstance(kind, str) else ()
    return [data[name] for name in names if isinstance(data, dict) and name in data]

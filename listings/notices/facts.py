"""Which facts about notices everybody may follow, and what of each: no more than the page shows, nobody's name."""

from collections.abc import Sequence

from sqlalchemy import func, select

from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.journal import Entry

STARTED = "notice.started"
#: By kind, the parts of its data that are told. What an objector wrote, and the reasons they were given, are known by
#: digest only, and even that is left out.
PUBLIC = {
    STARTED: (
        *("number", "kind", "edition", "text", "profile", "price_fen", "mode", "related", "channels"),
        *("term", "end"),
    ),
    "notice.objected": ("edition", "objection"),
    "notice.objection_decided": ("objection", "outcome", "effect"),
    "notice.appeal_decided": ("objection", "outcome", "effect"),
    "notice.resumed": ("edition", "at", "end", "remaining", "unit"),
    "notice.extended": ("edition", "channel", "since", "until", "days", "cause", "end"),
    "notice.amended": ("edition",),
    "notice.voided": ("edition", "reason"),
    "notice.expired": ("edition", "due", "days"),
    "notice.certified": ("edition", "certificate", "digest"),
    "notice.overtaken": ("edition", "reason"),
}


def public_part(entry: Entry) -> JSONObject:
    """What everybody may know of such an entry."""
    return {name: entry.data[name] for name in PUBLIC[entry.kind] if name in entry.data}


def of_shown_notices(ctx: Context, entries: Sequence[Entry]) -> set[int]:
    """The positions of those entries that are public by kind and by moment: the notice was shown by then.

    A notice that was given up before its start was never anybody's business, and a fact from before the start does not
    become public afterwards: a reader who went on would miss it.
    """
    told = [entry for entry in entries if entry.kind in PUBLIC]
    begun = _begun(ctx, {entry.subject for entry in told})
    return {
        entry.position for entry in told if entry.subject in begun and entry.position >= begun[entry.subject]
    }


def _begun(ctx: Context, notices: set[str]) -> dict[str, int]:
    """By notice, the position of its first start."""
    query = select(Entry.subject, func.min(Entry.position)).where(
        Entry.subject.in_(sorted(notices)), Entry.kind == STARTED
    )
    return {row[0]: row[1] for row in ctx.session.execute(query.group_by(Entry.subject))}

"""Questions to the log: checkpoints, leaves, proofs, and the bundle of a subject."""

from collections.abc import Collection, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict
from marketplace.core.files import FileStore
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.journal import Entry, entries_of
from marketplace.core.runtime import runtime
from marketplace.evidence.bundle import (
    BundleError,
    build_bundle,
    named_digests,
    relevant_sizes,
    with_papers,
)
from marketplace.evidence.leaves import OpenedEvent
from marketplace.evidence.notes import Proof, proof_text
from marketplace.evidence.quorum import signed_sizes
from marketplace.evidence.stamps import stamps_for
from marketplace.evidence.store import Checkpoint, latest_checkpoint, tree_of
from marketplace.evidence.withholding import private_digests


class NotSealedYet(Conflict):
    """The entry has no checkpoint above it yet; it will have one within a minute."""

    code = "not_sealed_yet"
    message = _l("该事件尚未进入签名检查点，请稍后再试")


def leaves_between(session: Session, start: int, end: int) -> list[str]:
    """Return the commitments (hex) of the leaves [start, end)."""
    chosen = select(Entry.commitment).where(Entry.position >= start, Entry.position < end)
    return list(session.scalars(chosen.order_by(Entry.position)))


def log_proof(session: Session, index: int) -> str:
    """Return the tlog-proof@v1 of a leaf in the newest checkpoint. Raises NotSealedYet."""
    newest = latest_checkpoint(session)
    if newest is None or not 0 <= index < newest.size:
        raise NotSealedYet
    path = tree_of(session).inclusion(index, newest.size)
    return proof_text(Proof(index, tuple(path), newest.note))


def event_proof(session: Session, entry: Entry) -> JSONObject:
    """Return the proof file of one event, `{event, salt, proof}`, for those who may see the event."""
    return {**OpenedEvent.of(entry).opening, "proof": log_proof(session, entry.position)}


def bundle_of(
    session: Session,
    subject: str,
    files: FileStore | None,
    policy: str,
    *,
    withheld: Collection[str] = (),
) -> dict[str, bytes]:
    """Return the files of a subject's bundle; without a store, contents are left out and only their digests stay.

    `withheld` are digests whose contents stay out in any case, besides those of `private_digests`. Only checkpoints with
    the signatures that `policy` asks for are taken. Raises BundleError when there is no such subject or its last event
    is not in such a checkpoint.
    """
    events = [OpenedEvent.of(entry) for entry in entries_of(session, subject)]
    if not events:
        raise BundleError(f"there is no event about {subject}")
    indices = [event.index for event in events]
    stamps = stamps_for(session, policy, indices)
    chosen = {*relevant_sizes(signed_sizes(session, policy, indices[0], indices[-1]), indices), *stamps}
    notes = session.scalars(
        select(Checkpoint.note).where(Checkpoint.size.in_(chosen)).order_by(Checkpoint.size)
    )
    contents = _contents(events, files, private_digests(events) | set(withheld)) if files else ()
    return build_bundle(subject, events, tree_of(session), list(notes), contents, policy, stamps)


def bundle_for_people(ctx: Context, subject: str, members: dict[str, bytes]) -> dict[str, bytes]:
    """Return the bundle with the papers that are announced for subjects of its kind, `ntc` for `ntc_…`."""
    write = runtime().registry.papers.get(subject.partition("_")[0])
    return with_papers(members, write(ctx, subject, members)) if write else members


def _contents(events: list[OpenedEvent], files: FileStore, withheld: set[str]) -> Iterator[bytes]:
    named = {digest for event in events for digest in named_digests(event.event["data"])}
    for digest in sorted(named - withheld):
        if files.exists(digest):
            with files.open(digest) as content:
                yield content.read()

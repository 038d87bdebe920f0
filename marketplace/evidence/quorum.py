"""Which checkpoints have the signatures that a policy asks for.

Lines are checked when they are stored, so here it is enough to see whose they are.
"""

from collections.abc import Callable
from itertools import islice

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from marketplace.evidence import verifier
from marketplace.evidence.bundle import BundleError
from marketplace.evidence.notes import signature_lines
from marketplace.evidence.store import Checkpoint

AT_ONCE = 500  # checkpoints


def has_quorum(policy: str) -> Callable[[str], bool]:
    """Return what tells whether a checkpoint's note carries enough lines of the policy's witnesses.

    Raises BundleError for a policy that a reader could not use.
    """
    try:
        asked = verifier.Policy(policy)
    except (verifier.ClaimError, ValueError, LookupError) as error:
        raise BundleError(f"the policy cannot be used: {error}") from error
    known = {(key.name, key.id): key for key in asked.keys}

    def met(note: str) -> bool:
        if asked.quorum == "none":
            return True
        signed = {known[signer]: 0 for signer in signature_lines(note) if signer in known}
        return asked.is_met(signed, asked.quorum)

    return met


def signed_sizes(session: Session, policy: str, first: int, last: int) -> list[int]:
    """Return, ascending, the sizes of checkpoints with a quorum that can date the leaves from `first` to `last`.

    These are all between the two, the last one before, the first one after, and the newest.
    """
    met = has_quorum(policy)
    size, notes = Checkpoint.size, select(Checkpoint.size, Checkpoint.note)
    before = notes.where(size <= first).order_by(size.desc())
    after, newest = (notes.where(size > last).order_by(order) for order in (size, size.desc()))
    between = notes.where(size > first, size <= last).order_by(size)
    ends = [found for asked in (before, after, newest) for found in _found(session, asked, met, 1)]
    return sorted({*ends, *_found(session, between, met)})


def _found(
    session: Session, asked: Select[int, str], met: Callable[[str], bool], most: int | None = None
) -> list[int]:
    with session.execute(asked.execution_options(yield_per=AT_ONCE)) as rows:
        return list(islice((row[0] for row in rows if met(row[1])), most))

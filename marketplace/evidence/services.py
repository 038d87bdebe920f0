"""What changes the log: it follows the journal, and its state is signed."""

from sqlalchemy import select

from marketplace.core.context import Context
from marketplace.core.journal import Entry
from marketplace.evidence.checkpoints import make_checkpoint
from marketplace.evidence.keys import LogKey
from marketplace.evidence.leaves import leaf_data
from marketplace.evidence.store import Checkpoint, latest_checkpoint, tree_of

GROW_AT_ONCE = 1000  # leaves


def grow(ctx: Context) -> int:
    """Append the leaves of all entries that the tree does not have yet; return its size.

    Runs under the writers' lock. The tree reads the journal itself, so neither a repeated nor a skipped hand-over
    can make it differ from the journal.
    """
    tree = tree_of(ctx.session)
    size = tree.size()
    while True:
        commitments = ctx.session.scalars(
            select(Entry.commitment)
            .where(Entry.position >= size)
            .order_by(Entry.position)
            .limit(GROW_AT_ONCE)
        ).all()
        if not commitments:
            return size
        size = tree.append_many(leaf_data(commitment) for commitment in commitments)


def seal(ctx: Context, key: LogKey) -> Checkpoint | None:
    """Bring the tree up to the journal and sign it; return the newest checkpoint, None for an empty journal.

    A size is signed once: sealing again returns the same checkpoint, with the cosignatures it has.
    """
    size = grow(ctx)
    newest = latest_checkpoint(ctx.session)
    if newest is not None and newest.size == size:
        return newest
    if size == 0:
        return None
    checkpoint = Checkpoint(size=size, note=make_checkpoint(tree_of(ctx.session), key), at=ctx.now)
    ctx.session.add(checkpoint)
    ctx.session.flush()
    return checkpoint

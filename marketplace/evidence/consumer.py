"""The log as a reader of the journal: its nodes are derived data, computed outside the writers' transactions."""

from collections.abc import Sequence
from pathlib import Path

from marketplace.core.context import Context
from marketplace.core.journal import Entry
from marketplace.core.registry import Consumer
from marketplace.evidence.keys import load_log_key
from marketplace.evidence.services import seal


def tree_consumer(data_dir: Path, origin: str) -> Consumer:
    """Return the consumer that grows the tree and signs a checkpoint at the end of each batch.

    It is transactional: nodes, checkpoint and cursor are saved together. The key is read when the first entry
    arrives, so a program that only starts makes no key.
    """

    def handle(ctx: Context, entries: Sequence[Entry]) -> None:
        if entries:
            seal(ctx, load_log_key(data_dir, origin))

    return Consumer("evidence.tree", handle, batch=1000, transactional=True)

"""The worker's part: checks and imports that pages and programs have asked for, one after another."""

from collections.abc import Sequence

from listings.imports.checking import check
from listings.imports.models import COMMAND
from listings.imports.running import run
from marketplace.core.context import Context
from marketplace.core.journal import Entry
from marketplace.core.registry import Consumer

CHECK_REQUESTED, STARTED = "import.check_requested", "import.started"


def _carry_out(_ctx: Context, entries: Sequence[Entry]) -> None:
    """Both look at the job's state first, so an entry that is handed over twice does no harm."""
    asked = [(entry.kind, entry.subject, entry.data.get("runner")) for entry in entries]
    for kind, job_id, runner in asked:
        if kind == CHECK_REQUESTED:
            check(job_id)
        elif runner != COMMAND:
            run(job_id)


CONSUMER = Consumer("imports", _carry_out, kinds=(CHECK_REQUESTED, STARTED), batch=20, slow=True)

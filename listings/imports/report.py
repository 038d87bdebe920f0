"""The rows that did not go in, as a table to correct and send again: the file's own columns and what is wrong."""

from collections.abc import Iterable, Iterator, Sequence

from listings.imports.columns import PROBLEMS_EN, PROBLEMS_ZH, never_read
from listings.imports.models import REFUSED, ImportJob, ImportRow
from listings.imports.queries import rows_of
from listings.imports.words import complaint_line
from marketplace.core.context import Context
from marketplace.core.i18n import current_language
from marketplace.core.tabular.reading import Table

_AT_ONCE = 200
#: (row number, what is wrong) in the order of the file.
Failures = Iterable[tuple[int, str]]


def failed_rows(table: Table, failures: Failures) -> Iterator[Sequence[str]]:
    """The header, then each failed row with its complaint in the last column. An older such column is left out."""
    kept = [place for place, title in enumerate(table.header) if not never_read(title)]
    last = PROBLEMS_EN if current_language() == "en" else PROBLEMS_ZH
    yield [*(table.header[place] for place in kept), last]
    waiting = iter(failures)
    wanted = next(waiting, None)
    for row in table.rows:
        if wanted is None:
            return
        if row.number == wanted[0]:
            yield [*(row.cells[place] for place in kept), wanted[1]]
            wanted = next(waiting, None)


def failures_of(ctx: Context, job: ImportJob) -> Iterator[tuple[int, str]]:
    """The failed rows of a job, read as they are needed."""
    query = rows_of(job, REFUSED).execution_options(yield_per=_AT_ONCE)
    row: ImportRow
    for row in ctx.session.scalars(query):
        yield row.row, complaint_line(row.row, row.notes)

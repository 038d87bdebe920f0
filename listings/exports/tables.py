"""A list of achievements as an answer: CSV in pieces while it is read, or a workbook."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from flask import Response, url_for

from listings.achievements.content import Content
from listings.achievements.models import Achievement
from listings.exports.cells import header, row
from listings.exports.walking import as_own, as_public
from listings.imports.workbooks import workbook_answer
from marketplace.core.clock import local_date
from marketplace.core.context import Context
from marketplace.core.errors import NotFound
from marketplace.core.tabular.csv_export import ExportCell, write_csv
from marketplace.core.tabular.xlsx_export import write_xlsx
from marketplace.core.uploads.downloads import download_headers
from marketplace.core.uploads.kinds import MEDIA_TYPES, Kind
from marketplace.web.streaming import streamed

CSV, XLSX = "csv", "xlsx"


def table_answer(ctx: Context, ids: Sequence[str], ending: str, name: str, *, own: bool = False) -> Response:
    """The achievements of these ids as a download called `name` and today's date. NotFound for another `ending`.

    With `own`, the newest text of the actor's own ones; else the public text as the actor may see it.
    """
    file_name = f"{name}-{local_date(ctx.now)}.{ending}"
    if ending == CSV:
        pieces = streamed(ctx, write_csv(_rows(ctx, ids, own=own)))
        return Response(pieces, headers=download_headers(file_name, MEDIA_TYPES[Kind.CSV]))
    if ending != XLSX:
        raise NotFound

    def write(path: Path) -> None:
        rows = _rows(ctx, ids, own=own)
        write_xlsx(path, [str(title) for title in next(rows)], rows, title="achievements")

    return workbook_answer(file_name, write)


def _rows(ctx: Context, ids: Sequence[str], *, own: bool) -> Iterator[Sequence[ExportCell]]:
    yield header(own=own)
    seen: Iterator[tuple[Achievement, Content]] = as_own(ctx, ids) if own else as_public(ctx, ids)
    for achievement, content in seen:
        address = url_for("achievements.page", achievement_id=achievement.id, _external=True)
        yield row(achievement, content, address, own=own)

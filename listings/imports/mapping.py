"""Which column of a file means what: by its header, checked against its values, or as the unit chose the last time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from listings.imports.cells import CellError
from listings.imports.columns import BY_NAME, Column, Named, header_key, named, never_read
from listings.imports.models import UPLOADED, ImportJob
from marketplace.core.context import Context

_REMEMBERED_JOBS = 20
#: A header that is somebody else's word for another column, when its values do not fit its own: CSL and NASA call the
#: subject of a record its category.
_OTHER_MEANINGS: Mapping[str, str] = {"category": "field"}
_OTHER_RANK = 50
_UNFIT_RANK = 60
#: Field that several columns state, each in a unit of its own.
_AMOUNT = "price_fen"
#: Characters of a sample's cell that are kept. One cut off there may well be readable in whole.
SAMPLE_LENGTH = 300


@dataclass(frozen=True)
class Match:
    """What a header is taken to mean; None: not brought in. An unsure match is shown for confirmation first."""

    header: str
    column: Column | None
    sure: bool


def match_columns(
    header: Sequence[str], sample: Sequence[Sequence[str]], remembered: Mapping[str, str]
) -> list[Match]:
    """One match for each header. No two headers are matched to one column, nor two to the amount."""
    wanted: list[tuple[int, int, Column]] = []
    for place, title in enumerate(header):
        values = [row[place] for row in sample if place < len(row) and row[place].strip()]
        wanted += [(found.rank, place, found.column) for found in _meanings(title, values, remembered)]
    taken: dict[int, tuple[Column, int]] = {}
    fields: set[str] = set()
    for rank, place, column in sorted(wanted, key=lambda one: one[:2]):
        mark = column.field if column.field == _AMOUNT else column.name
        if place not in taken and mark not in fields:
            taken[place] = (column, rank)
            fields.add(mark)
    return [_match(title, taken.get(place), remembered) for place, title in enumerate(header)]


def remembered(ctx: Context, org_id: str, header: Sequence[str]) -> dict[str, str]:
    """Header → column name as the unit's people last chose it; empty for a column they leave out.

    A file with the same headers says everything. Other files only say what a header means to this unit that it does
    not mean by itself.
    """
    query = (
        select(ImportJob.header, ImportJob.mapping)
        .where(ImportJob.org_id == org_id, ImportJob.state != UPLOADED)
        .order_by(ImportJob.created_at.desc(), ImportJob.id.desc())
        .limit(_REMEMBERED_JOBS)
    )
    known: dict[str, str] = {}
    for other, mapping in sorted(ctx.session.execute(query), key=lambda job: set(job[0]) != set(header)):
        same = set(other) == set(header)
        for title, name in mapping.items():
            if same or (name and _own_meaning(title) != name):
                known.setdefault(header_key(title), str(name))
    return known


def remembered_defaults(ctx: Context, org_id: str) -> dict[str, str]:
    """The defaults of the unit's last import."""
    query = (
        select(ImportJob.defaults)
        .where(ImportJob.org_id == org_id, ImportJob.state != UPLOADED)
        .order_by(ImportJob.created_at.desc(), ImportJob.id.desc())
        .limit(1)
    )
    return {name: str(text) for name, text in (ctx.session.scalar(query) or {}).items()}


def _meanings(title: str, values: Sequence[str], remembered: Mapping[str, str]) -> list[Named]:
    if never_read(title):
        return []
    chosen = remembered.get(header_key(title))
    if chosen is not None:
        column = BY_NAME.get(chosen)
        return [Named(column, -1)] if column and _fits(column, values) else []
    found = named(title)
    if found is None:
        return []
    meanings = [found] if _fits(found.column, values) else []
    other = BY_NAME.get(_OTHER_MEANINGS.get(found.column.name, ""))
    if other is not None and _fits(other, values):
        meanings.append(Named(other, _OTHER_RANK))
    if not meanings and other is None and found.rank == 0:
        # Our own header over values that cannot be read: mistakes, each to be told at its place.
        meanings.append(Named(found.column, _UNFIT_RANK))
    return meanings


def _fits(column: Column, values: Sequence[str]) -> bool:
    """Can the column read half of the values or more? An empty column fits everything.

    With fewer, a word of the header means something else, and most rows would be refused for it.
    """
    read = sum(len(value) >= SAMPLE_LENGTH or _readable(column, value) for value in values)
    return 2 * read >= len(values)


def _readable(column: Column, value: str) -> bool:
    try:
        column.read(value)
    except CellError:
        return False
    return True


def _own_meaning(title: str) -> str:
    found = named(title)
    return found.column.name if found else ""


def _match(title: str, found: tuple[Column, int] | None, remembered: Mapping[str, str]) -> Match:
    if found is None:
        return Match(title, None, never_read(title) or header_key(title) in remembered)
    column, rank = found
    return Match(title, column, rank < _OTHER_RANK and not _unit_unsaid(title, column))


def _unit_unsaid(title: str, column: Column) -> bool:
    """An amount whose header does not say in what: 元 taken for 万元 is the classic mistake."""
    return column.field == _AMOUNT and column.name not in {title, header_key(title)} and "元" not in title

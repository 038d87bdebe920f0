"""What an index holds: documents, and typed columns for filters, facets and sorting.

The packages above declare the columns of what they offer; every schema also has the built-in ones.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256
from json import dumps

from search_index import analysis

ColumnValue = str | int | date | Sequence[str] | None

MISSING = -(2**62)
"""Stored for an integer or date a document does not have; never inside a range, always sorted last."""


class SchemaError(ValueError):
    """A document or a query uses a column the schema does not have, or a value of another type."""


class Kind(StrEnum):
    KEYWORD = "keyword"  # one string
    KEYWORDS = "keywords"  # any number of strings
    INTEGER = "integer"  # money in fen, level, year
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    kind: Kind = Kind.KEYWORD


BUILT_IN = (
    Column("kind"),  # achievement, demand, expert, service …
    Column("audiences", Kind.KEYWORDS),  # permission tokens; a reader needs one of them
    Column("numbers", Kind.KEYWORDS),  # exact names of the thing: public id, human number, patent number
    Column("published", Kind.DATE),
    Column("completeness", Kind.INTEGER),  # 0 … 100
)


@dataclass(frozen=True, slots=True)
class Term:
    """A word worth suggesting while somebody types; `group` tells the page where to list it."""

    text: str
    group: str = "term"


@dataclass(frozen=True, slots=True)
class IndexDoc:
    """One thing to be found.

    `sections` are runs of tokens; a phrase never reaches from one section into the next.
    `title` and `summary` are what a hit shows. Nobody finds a document without one of its `audiences`.
    """

    id: str
    kind: str
    title: str
    summary: str
    sections: tuple[tuple[str, ...], ...]
    audiences: frozenset[str]
    published: date | None = None
    completeness: int = 0
    numbers: tuple[str, ...] = ()
    columns: Mapping[str, ColumnValue] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()


def document(
    *,
    id: str,  # noqa: A002
    kind: str,
    title: str,
    body: str,
    audiences: Iterable[str],
    keywords: Sequence[str] = (),
    summary: str | None = None,
    numbers: Sequence[str] = (),
    published: date | None = None,
    completeness: int = 0,
    columns: Mapping[str, ColumnValue] | None = None,
    terms: Sequence[Term] = (),
) -> IndexDoc:
    """Analyse a thing into a document: title and numbers count three times, keywords twice, the body
    once.

    `summary` defaults to the body; keywords, title and numbers are suggested too.
    """
    in_title, in_keywords = tuple(analysis.tokens(title)), [tuple(analysis.tokens(word)) for word in keywords]
    sections = [in_title] * 3 + in_keywords * 2 + [tuple(analysis.tokens(body))]
    sections += [tuple(analysis.tokens(number)) for number in numbers] * 3
    return IndexDoc(
        id=id,
        kind=kind,
        title=title,
        summary=body if summary is None else summary,
        sections=tuple(section for section in sections if section),
        audiences=frozenset(audiences),
        published=published,
        completeness=completeness,
        numbers=tuple(exact_number(number) for number in numbers),
        columns=dict(columns or {}),
        terms=(
            *(Term(word) for word in keywords),
            Term(title, "title"),
            *(Term(number, "number") for number in numbers),
            *terms,
        ),
    )


def exact_number(text: str) -> str:
    """The one spelling of an id or number under which it is stored and looked up."""
    found = analysis.tokens(text)
    return found[0] if len(found) == 1 else "".join(analysis.fold(text).split())


@dataclass(frozen=True)
class Schema:
    """The columns of one index, the built-in ones first."""

    declared: tuple[Column, ...] = ()

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        if len(names) != len(set(names)):
            raise SchemaError(f"columns declared twice: {sorted({n for n in names if names.count(n) > 1})}")

    @property
    def columns(self) -> tuple[Column, ...]:
        return BUILT_IN + self.declared

    def __getitem__(self, name: str) -> Column:
        for column in self.columns:
            if column.name == name:
                return column
        raise SchemaError(f"no column {name!r}")

    def fingerprint(self, engine: str) -> str:
        """12 hex digits that change with the columns, the analysis or the engine: then rebuild."""
        parts = [engine, analysis.VERSION, [(column.name, column.kind) for column in self.columns]]
        return sha256(dumps(parts).encode()).hexdigest()[:12]

    def row(self, doc: IndexDoc) -> dict[str, str | int | list[str]]:
        """Column values of a document as stored: dates are ordinals, missing values are left out."""
        values: dict[str, ColumnValue] = {
            **doc.columns,
            "kind": doc.kind,
            "audiences": tuple(doc.audiences),
            "numbers": doc.numbers,
            "published": doc.published,
            "completeness": doc.completeness,
        }
        stored = {name: _stored(self[name], value) for name, value in values.items()}
        return {name: value for name, value in stored.items() if value is not None and value != []}


def _stored(column: Column, value: ColumnValue) -> str | int | list[str] | None:
    match column.kind, value:
        case _, None:
            return None
        case Kind.KEYWORD, str():
            return value
        case Kind.KEYWORDS, list() | tuple() | frozenset() | set() if all(isinstance(v, str) for v in value):
            return sorted(set(value))
        case Kind.INTEGER, int():
            return int(value)
        case Kind.DATE, date():
            return value.toordinal()
    raise SchemaError(f"{column.name} holds {column.kind}, not {value!r}")

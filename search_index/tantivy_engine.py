"""The step-up engine for large collections; the only module that imports tantivy.

The package is optional: this module can be imported without it, an engine cannot be made.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import metadata
from pathlib import Path

from search_index.directory_engine import DirectoryEngine
from search_index.engine import Capability, Count, EngineError, Generation, Hit, Page, Stored
from search_index.query import Alternative, Between, Facet, Filter, In, Match, Query, Sort, StartsWith
from search_index.schema import MISSING, IndexDoc, Kind, Schema, SchemaError
from search_index.selection import as_number

try:
    import tantivy
    from tantivy import FieldType, Occur, Order
except ModuleNotFoundError:  # the extra of the same name is not installed
    VERSION = None
else:
    VERSION = metadata.version("tantivy")

WRITER_MEMORY = 64_000_000
MOST_VALUES = 10_000
_SPECIAL = re.compile(r"([\\.+*?()|\[\]{}^$#&\-~/])")


@dataclass(frozen=True, slots=True)
class OpenIndex:
    searcher: tantivy.Searcher
    generation: Generation


class TantivyEngine(DirectoryEngine[OpenIndex]):
    name = "tantivy"
    version = VERSION or ""
    capabilities: frozenset[Capability] = frozenset({"phrase", "facets", "sort", "realtime"})

    def __init__(
        self, root: Path, schema: Schema, *, lock_timeout: float = 10.0, look_every: float = 1.0
    ) -> None:
        if VERSION is None:
            raise EngineError(
                "the tantivy engine needs the extra: pip install 'technology-marketplace[tantivy]'"
            )
        super().__init__(root, schema, lock_timeout=lock_timeout, look_every=look_every)
        self._fields = _tantivy_schema(schema)

    def search(self, query: Query) -> Page:
        with self._shared.use() as reader:
            everything = self._question(query, query.filters)
            total = _total(reader.searcher, everything)
            return Page(
                total=total,
                hits=tuple(self._hits(reader.searcher, everything, query, total)),
                facets={facet.column: self._facet(reader.searcher, facet, query) for facet in query.facets},
                relaxed={} if total else self._relaxed(reader.searcher, query),
            )

    def fetch(self, ids: Sequence[str]) -> dict[str, Stored]:
        found: dict[str, Stored] = {}
        with self._shared.use() as reader:
            for id_ in ids:
                for _, address in reader.searcher.search(self._term("id", id_), 1, count=False).hits:
                    found[id_] = Stored(*json.loads(_bytes(reader.searcher.doc(address), "shown")))
        return found

    # ── DirectoryEngine ───────────────────────────────────────────────────────────────────────────

    def _create(self, path: Path) -> None:
        tantivy.Index(self._fields, path=str(path))

    def _open_reader(self, path: Path) -> OpenIndex:
        commit = self._commit_on_disk(path)
        opened = tantivy.Index.open(str(path))
        opened.reload()
        return OpenIndex(opened.searcher(), Generation(path.name, commit))

    def _close_reader(self, reader: OpenIndex) -> None:
        """Nothing: files are unmapped when the searcher is collected."""

    def _generation_of(self, reader: OpenIndex) -> Generation:
        return reader.generation

    def _commit_on_disk(self, path: Path) -> int:
        return int(json.loads((path / "meta.json").read_text())["opstamp"])

    def _count(self, reader: OpenIndex) -> tuple[int, int]:
        return reader.searcher.num_docs, reader.searcher.num_segments

    def _write(self, path: Path, replaced: Collection[str], docs: Iterable[IndexDoc]) -> None:
        writer = tantivy.Index.open(str(path)).writer(heap_size=WRITER_MEMORY, num_threads=1)
        try:
            for id_ in replaced:
                writer.delete_documents_by_term("id", id_)
            for doc in docs:
                writer.add_document(self._document(doc))
            writer.commit()
        finally:
            writer.wait_merging_threads()

    def _repair(self, path: Path) -> None:
        writer = tantivy.Index.open(str(path)).writer(heap_size=WRITER_MEMORY, num_threads=1)
        writer.garbage_collect_files()
        writer.wait_merging_threads()

    def _document(self, doc: IndexDoc) -> tantivy.Document:
        made = tantivy.Document()
        made.add_text("id", doc.id)
        made.add_bytes("shown", json.dumps([doc.kind, doc.title, doc.summary], ensure_ascii=False).encode())
        for section in doc.sections:  # separate values keep phrases apart
            made.add_text("text", " ".join(section))
        for name, value in self.schema.row(doc).items():
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, int):
                    made.add_integer(f"c_{name}", one)
                else:
                    made.add_text(f"c_{name}", one)
        return made

    # ── queries ───────────────────────────────────────────────────────────────────────────────────

    def _hits(
        self, searcher: tantivy.Searcher, everything: tantivy.Query, query: Query, total: int
    ) -> Iterator[Hit]:
        limit = min(query.limit, total - query.offset)  # room for that many is taken at once
        if limit <= 0:
            return
        if query.order is None:
            scored = searcher.search(everything, limit, count=False, offset=query.offset).hits
            addresses = [address for _, address in scored]
            scores = [float(score) for score, _ in scored]
        else:
            size = query.offset + limit
            addresses = self._sorted(searcher, everything, query.order, size, total)[query.offset :]
            scores = [0.0] * len(addresses)
        published = searcher.fast_field_values("c_published", addresses)
        completeness = searcher.fast_field_values("c_completeness", addresses)
        for address, score, day, complete in zip(addresses, scores, published, completeness, strict=True):
            id_ = _text(searcher.doc(address), "id")
            yield Hit(id_, score, None if day is None else date.fromordinal(int(day)), int(complete or 0))

    def _sorted(
        self, searcher: tantivy.Searcher, everything: tantivy.Query, sort: Sort, size: int, total: int
    ) -> list[tantivy.DocAddress]:
        """The first `size` in order. Tantivy leaves equal values in storage order, so all documents equal to
        the last one are fetched too, and then ordered by id."""
        if self.schema[sort.column].kind not in (Kind.INTEGER, Kind.DATE):
            raise SchemaError(f"cannot sort by {sort.column}")
        order = Order.Desc if sort.descending else Order.Asc
        asked = size
        while True:
            asked = min(asked + 10, total)
            hits = searcher.search(
                everything, asked, count=False, order_by_field=f"c_{sort.column}", order=order
            ).hits
            if asked == total or hits[-1][0] != hits[size - 1][0]:
                break
            asked *= 4
        keyed = [(_sort_key(value, sort), _text(searcher.doc(at), "id"), at) for value, at in hits]
        keyed.sort(key=lambda item: item[:2])
        return [address for _, _, address in keyed[:size]]

    def _facet(self, searcher: tantivy.Searcher, facet: Facet, query: Query) -> tuple[Count, ...]:
        question = self._question(query, [f for f in query.filters if f.column != facet.column])
        name = f"c_{self.schema[facet.column].name}"
        answer = searcher.aggregate(question, {"values": {"terms": {"field": name, "size": MOST_VALUES}}})
        counts = [
            Count(_value(bucket["key"]), int(bucket["doc_count"])) for bucket in answer["values"]["buckets"]
        ]
        return tuple(sorted(counts, key=lambda count: (-count.count, count.value))[: facet.limit])

    def _relaxed(self, searcher: tantivy.Searcher, query: Query) -> dict[str, int]:
        return {
            name: _total(searcher, self._question(query, [f for f in query.filters if f.column != name]))
            for name in sorted({f.column for f in query.filters})
        }

    def _question(self, query: Query, filters: Iterable[Filter]) -> tantivy.Query:
        if query.clauses.empty:
            clauses: list[tuple[Occur, tantivy.Query]] = [(Occur.Must, tantivy.Query.all_query())]
        elif query.any_word:
            clauses = [(Occur.Must, self._any_of([self._alternative(a) for a in query.clauses.optional()]))]
        else:
            groups = [self._any_of([self._alternative(a) for a in group]) for group in query.clauses.groups]
            clauses = [(Occur.Must, group) for group in groups]
        clauses += [(Occur.MustNot, self._alternative(excluded)) for excluded in query.clauses.excluded]
        for condition in (In("audiences", tuple(query.audiences)), *filters):
            clauses.append((Occur.Must, tantivy.Query.const_score_query(self._filter(condition), 0.0)))
        return tantivy.Query.boolean_query(clauses)

    def _alternative(self, alternative: Alternative) -> tantivy.Query:
        tokens = alternative.tokens
        if alternative.match is Match.PREFIX:
            found = tantivy.Query.regex_query(self._fields, "text", _escaped(tokens[0]) + ".*")
        elif alternative.match is Match.PHRASE and len(tokens) > 1:
            found = tantivy.Query.phrase_query(self._fields, "text", list(tokens))
        else:
            terms = [tantivy.Query.term_query(self._fields, "text", token, "freq") for token in tokens]
            found = (
                terms[0] if len(terms) == 1 else tantivy.Query.boolean_query([(Occur.Must, t) for t in terms])
            )
        return found if alternative.boost == 1.0 else tantivy.Query.boost_query(found, alternative.boost)

    def _any_of(self, parts: list[tantivy.Query]) -> tantivy.Query:
        if len(parts) == 1:
            return parts[0]
        return tantivy.Query.boolean_query([(Occur.Should, part) for part in parts])

    def _filter(self, condition: Filter) -> tantivy.Query:
        column = self.schema[condition.column]
        numeric = column.kind in (Kind.INTEGER, Kind.DATE)
        match condition:
            case In():
                kind = int if numeric else str
                values = [value for value in condition.values if isinstance(value, kind)]
                return self._any_of([self._term(f"c_{column.name}", value) for value in values])
            case StartsWith() if not numeric:
                patterns = [_escaped(prefix) + ".*" for prefix in condition.prefixes]
                name = f"c_{column.name}"
                return self._any_of([tantivy.Query.regex_query(self._fields, name, p) for p in patterns])
            case Between() if numeric:
                low = MISSING if condition.low is None else as_number(condition.low)
                high = -MISSING if condition.high is None else as_number(condition.high)
                return tantivy.Query.range_query(
                    self._fields, f"c_{column.name}", FieldType.Integer, low, high
                )
        raise SchemaError(f"{type(condition).__name__} does not apply to {condition.column}")

    def _term(self, name: str, value: str | int) -> tantivy.Query:
        return tantivy.Query.term_query(self._fields, name, value, "basic")


def _tantivy_schema(schema: Schema) -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("text", tokenizer_name="whitespace", index_option="position")
    builder.add_bytes_field("shown", stored=True)
    for column in schema.columns:
        if column.kind in (Kind.INTEGER, Kind.DATE):
            builder.add_integer_field(f"c_{column.name}", indexed=True, fast=True)
        else:
            builder.add_text_field(f"c_{column.name}", fast=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def _sort_key(value: int | None, sort: Sort) -> tuple[bool, int]:
    if value is None:
        return True, 0
    return False, -value if sort.descending else value


def _total(searcher: tantivy.Searcher, question: tantivy.Query) -> int:
    """Number of matching documents; the package's own declarations forget this attribute."""
    return int(getattr(searcher.search(question, 1), "count"))  # noqa: B009


def _text(document: tantivy.Document, name: str) -> str:
    return str(document.get_first(name))


def _bytes(document: tantivy.Document, name: str) -> bytes:
    value = document.get_first(name)
    assert value is not None
    return bytes(value)


def _value(key: str | float) -> str | int:
    return key if isinstance(key, str) else int(key)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)

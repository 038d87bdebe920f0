"""The default engine, in pure Python; the only module that imports Whoosh.

Good to 20,000 documents without thought and to 100,000 with the measures taken here: one text field, own
facets, filters and order over arrays, segments left uncompounded, small segments joined only by us, and an
array matcher for long queries. A reader is always opened anew: Whoosh's own way of bringing a searcher up to
date keeps deleted documents findable.
"""

# mypy: allow-untyped-calls
# Whoosh is typed in part: what it leaves untyped is given a type where it enters this module.

import json
import re
import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Lock

import numpy as np
from whoosh import columns, fields, index, reading, scoring, versionstring, writing
from whoosh.analysis.acore import Token as WhooshToken
from whoosh.analysis.tokenizers import Tokenizer
from whoosh.codec.base import Segment as WhooshSegment
from whoosh.query.compound import And, Or
from whoosh.query.positional import Phrase
from whoosh.query.qcore import Query as WhooshQuery
from whoosh.query.terms import Prefix, Term
from whoosh.searching import Searcher

from search_index.columns import ColumnReader, Integers, Numbers, Segment
from search_index.directory_engine import DirectoryEngine
from search_index.engine import Capability, EngineError, Generation, Hit, Page, Stored
from search_index.query import Alternative, Match, Query
from search_index.schema import MISSING, IndexDoc, Schema
from search_index.selection import Selection

SMALL_SEGMENT = 2_000
SMALL_SEGMENTS_TO_JOIN = 8
LARGE_INDEX = 50_000
RAREST_IN_LARGE_INDEX = 5
LONG_OR = 5
OPEN_RETRIES = 50

_TABLE_NAME = re.compile(r"_MAIN_(\d+)\.toc")


class SectionTokenizer(Tokenizer):
    """Reads back tokens made by our own analysis: sections on lines, a gap in positions between them."""

    def __call__(
        self, value: str, positions: bool = False, start_pos: int = 0, **_others: object
    ) -> Iterator[WhooshToken]:
        token = WhooshToken(positions=positions)
        position = start_pos
        for section in value.split("\n") if value else ():
            for text in section.split(" "):
                token.text, token.boost, token.stopped, token.pos = text, 1.0, False, position
                yield token
                position += 1
            position += 1


def _schema() -> fields.Schema:
    return fields.Schema(
        id=fields.ID(unique=True, stored=True),
        text=fields.TEXT(analyzer=SectionTokenizer(), phrase=True),
        row=fields.COLUMN(columns.VarBytesColumn()),
        shown=fields.STORED(),
    )


@dataclass(slots=True)
class OpenIndex:
    """A searcher with its columns. Posting files share one position, so one thread searches at a time;
    Whoosh would hold the interpreter's lock anyway."""

    searcher: Searcher
    columns: Segment
    generation: Generation
    lock: Lock = field(default_factory=Lock)


class WhooshEngine(DirectoryEngine[OpenIndex]):
    name = "whoosh"
    version = str(versionstring())
    capabilities: frozenset[Capability] = frozenset({"phrase", "facets", "sort", "realtime"})

    def __init__(
        self, root: Path, schema: Schema, *, lock_timeout: float = 10.0, look_every: float = 1.0
    ) -> None:
        super().__init__(root, schema, lock_timeout=lock_timeout, look_every=look_every)
        self._column_reader = ColumnReader(schema)
        self._segments: dict[str, Segment] = {}

    def search(self, query: Query) -> Page:
        with self._shared.use() as reader, reader.lock:
            matching = _whoosh_query(query, reader.searcher)
            selection = Selection(reader.columns, _documents(reader, matching, query), query)
            return Page(
                total=len(selection.docs),
                hits=tuple(_hits(reader, matching, selection, query)),
                facets={facet.column: selection.facet(facet) for facet in query.facets},
                relaxed=selection.relaxed() if query.filters and not len(selection.docs) else {},
            )

    def fetch(self, ids: Sequence[str]) -> dict[str, Stored]:
        found: dict[str, Stored] = {}
        with self._shared.use() as reader, reader.lock:
            for id_ in ids:
                number = reader.searcher.document_number(id=id_)
                if number is not None:
                    found[id_] = Stored(*reader.searcher.reader().stored_fields(number)["shown"])
        return found

    # ── DirectoryEngine ───────────────────────────────────────────────────────────────────────────

    def _create(self, path: Path) -> None:
        index.create_in(str(path), _schema())

    def _open_reader(self, path: Path) -> OpenIndex:
        """Whoosh opens some files of a segment only when they are first needed; a writer that joins segments may
        have removed them by then. So all are opened at once, and again if a commit came in between."""
        for _ in range(OPEN_RETRIES):
            commit = self._commit_on_disk(path)
            try:
                searcher = index.open_dir(str(path), schema=_schema()).searcher(
                    weighting=scoring.BM25F(B=0.6, K1=1.2)
                )
            except (FileNotFoundError, index.EmptyIndexError):
                continue
            try:
                opened = OpenIndex(searcher, self._read_columns(searcher), Generation(path.name, commit))
            except FileNotFoundError:
                searcher.close()
                continue
            if self._commit_on_disk(path) == commit:
                return opened
            searcher.close()
        raise EngineError(f"the index in {path} changes too fast to be opened")

    def _close_reader(self, reader: OpenIndex) -> None:
        reader.searcher.close()

    def _generation_of(self, reader: OpenIndex) -> Generation:
        return reader.generation

    def _commit_on_disk(self, path: Path) -> int:
        for _ in range(OPEN_RETRIES):  # a listing made while one name replaces another may show neither
            found = [int(match[1]) for file in path.iterdir() if (match := _TABLE_NAME.fullmatch(file.name))]
            if found:
                return max(found)
        raise EngineError(f"there is no index in {path}")

    def _count(self, reader: OpenIndex) -> tuple[int, int]:
        return reader.searcher.doc_count(), len(reader.searcher.leaf_searchers())

    def _write(self, path: Path, replaced: Collection[str], docs: Iterable[IndexDoc]) -> None:
        writer = index.open_dir(str(path), schema=_schema()).writer(compound=False)
        try:
            for id_ in replaced:
                writer.delete_by_term("id", id_)
            for doc in docs:
                writer.add_document(
                    id=doc.id,
                    text="\n".join(" ".join(section) for section in doc.sections),
                    row=json.dumps([doc.id, self.schema.row(doc)], ensure_ascii=False).encode(),
                    shown=(doc.kind, doc.title, doc.summary),
                )
        except BaseException:
            writer.cancel()
            raise
        writer.commit(mergetype=join_small)

    def _repair(self, path: Path) -> None:
        table = index.TOC.read(index.open_dir(str(path), schema=_schema()).storage, "MAIN")
        known = {segment.segment_id() for segment in table.segments} | {
            f"_MAIN_{table.generation}",
            "MAIN_WRITELOCK",
        }
        for file in path.iterdir():
            if file.is_dir():
                shutil.rmtree(file)
            elif file.name.partition(".")[0] not in known or file.name.count(".toc.") > 0:
                file.unlink()

    def _read_columns(self, searcher: Searcher) -> Segment:
        leaves = [(leaf.segment(), leaf) for leaf, _ in searcher.reader().leaf_readers()]
        known, self._segments = self._segments, {}
        for segment, leaf in leaves:
            if segment is not None:
                id_ = segment.segment_id()
                self._segments[id_] = known.get(id_) or self._read_segment(leaf)
                _open_all_files(leaf)
        return self._column_reader.join(list(self._segments.values()))

    def _read_segment(self, leaf: reading.IndexReader) -> Segment:
        rows = [json.loads(row) for row in leaf.column_reader("row")]
        return self._column_reader.read([id_ for id_, _ in rows], [row for _, row in rows])


def _open_all_files(leaf: reading.IndexReader) -> None:
    """Those of stored values and lengths, which are opened at the first use. A missing one is a TypeError or
    passes in silence; the commit that removed it is noticed by the caller."""
    if leaf.doc_count_all():
        with suppress(TypeError):
            leaf.stored_fields(0)
        leaf.doc_field_length(0, "text")


def join_small(writer: writing.SegmentWriter, segments: list[WhooshSegment]) -> list[WhooshSegment]:
    """Merge policy: join the small segments once there are several, and clean those mostly deleted.

    The default policy may choose the largest segment and stall a commit for many seconds.
    """
    small = [s for s in segments if s.doc_count_all() < SMALL_SEGMENT]
    joined = small if len(small) >= SMALL_SEGMENTS_TO_JOIN else []
    joined = joined + [s for s in segments if s not in joined and s.deleted_count() * 2 > s.doc_count_all()]
    for segment in joined:
        reader = reading.SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return [segment for segment in segments if segment not in joined]


def _documents(reader: OpenIndex, matching: WhooshQuery | None, asked: Query) -> Integers:
    """Numbers of the documents with the words asked for and without the excluded ones."""
    ids = reader.searcher.reader().all_doc_ids() if matching is None else matching.docs(reader.searcher)
    docs = np.fromiter(ids, np.int64)
    for excluded in asked.clauses.excluded:
        docs = np.setdiff1d(docs, np.fromiter(_alternative(excluded).docs(reader.searcher), np.int64))
    return docs


def _hits(
    reader: OpenIndex, matching: WhooshQuery | None, selection: Selection, asked: Query
) -> Iterator[Hit]:
    wanted = asked.offset + asked.limit
    if not wanted or not len(selection.docs):  # also: to Whoosh an empty filter means no filter
        return
    order = asked.order
    if order is not None or matching is None:
        ranked = [(doc, 0.0) for doc in selection.sorted(order, wanted)] if order else []
    else:
        found = reader.searcher.search(matching, limit=wanted, filter=set(selection.docs.tolist()))
        ranked = [(number, score or 0.0) for number, score in found.items()]
    published, completeness = reader.columns.values["published"], reader.columns.values["completeness"]
    assert isinstance(published, Numbers)
    assert isinstance(completeness, Numbers)
    for doc, score in ranked[asked.offset :]:
        day = int(published.values[doc])
        yield Hit(
            id=reader.columns.ids[doc],
            score=score,
            published=None if day == MISSING else date.fromordinal(day),
            completeness=int(completeness.values[doc]),
        )


def _whoosh_query(asked: Query, searcher: Searcher) -> WhooshQuery | None:
    if asked.clauses.empty:
        return None
    if not asked.any_word:
        return _all_of([_any_of([_alternative(a) for a in group]) for group in asked.clauses.groups])
    words, reader = list(asked.clauses.optional()), searcher.reader()
    if searcher.doc_count_all() > LARGE_INDEX and len(words) > RAREST_IN_LARGE_INDEX:
        words.sort(key=lambda word: max(reader.doc_frequency("text", token) for token in word.tokens))
        words = words[:RAREST_IN_LARGE_INDEX]
    return _any_of([_alternative(word) for word in words])


def _alternative(alternative: Alternative) -> WhooshQuery:
    tokens, boost = alternative.tokens, alternative.boost
    if alternative.match is Match.PREFIX:
        return Prefix("text", tokens[0], boost=boost)
    if alternative.match is Match.PHRASE and len(tokens) > 1:
        return Phrase("text", list(tokens), boost=boost)
    return _all_of([Term("text", token, boost=boost) for token in tokens])


def _all_of(parts: list[WhooshQuery]) -> WhooshQuery:
    return parts[0] if len(parts) == 1 else And(parts)


def _any_of(parts: list[WhooshQuery]) -> WhooshQuery:
    if len(parts) == 1:
        return parts[0]
    either = Or(parts)
    if len(parts) > LONG_OR:
        either.matcher_type = Or.ARRAY_MATCHER
    return either

"""The default engine, in pure Python; the only module that imports Whoosh.

Whoosh keeps the documents and finds what stands where; the answers are made over arrays: scores, facets, filters
and order. With segments left uncompounded and small ones joined only by us it is good to 100,000 documents. A
reader is always opened anew: Whoosh's own way of bringing a searcher up to date keeps deleted documents findable.
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
from whoosh import columns, fields, index, reading, versionstring, writing
from whoosh.analysis.acore import Token as WhooshToken
from whoosh.analysis.tokenizers import Tokenizer
from whoosh.codec.base import Segment as WhooshSegment
from whoosh.query.positional import Phrase
from whoosh.searching import Searcher

from search_index.bm25 import Bm25
from search_index.columns import ColumnReader, Integers, Numbers, Segment
from search_index.directory_engine import DirectoryEngine
from search_index.engine import Capability, EngineError, Generation, Hit, Page, Stored
from search_index.evaluation import Evaluator
from search_index.matches import Matches
from search_index.postings import IndexPostings, PostingMemory, Postings
from search_index.query import Query
from search_index.schema import MISSING, IndexDoc, Schema
from search_index.selection import Selection

SMALL_SEGMENT = 2_000
SMALL_SEGMENTS_TO_JOIN = 8
OPEN_RETRIES = 50
FIELD = "text"

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
        row=fields.COLUMN(columns.VarBytesColumn()),
        shown=fields.STORED(),
        **{FIELD: fields.TEXT(analyzer=SectionTokenizer(), phrase=True)},
    )


class WhooshSegmentPostings:
    """The postings of an open segment, read from its files."""

    def __init__(self, searcher: Searcher, segment: WhooshSegment) -> None:
        self._searcher, self._reader, self._segment = searcher, searcher.reader(), segment
        self.id = str(segment.segment_id())
        self.size = segment.doc_count_all()

    def deleted(self) -> list[int]:
        return list(self._segment.deleted_docs())

    def term(self, token: str) -> Postings:
        docs, counts = [], []
        frequency = self.frequency(token)
        matcher = self._reader.postings(FIELD, token) if frequency else None
        while matcher is not None and matcher.is_active():
            docs.append(matcher.id())
            counts.append(matcher.weight())
            matcher.next()
        return Postings(np.array(docs, np.int64), np.array(counts, np.float32), frequency)

    def frequency(self, token: str) -> int:
        return int(self._reader.doc_frequency(FIELD, token))

    def phrase(self, tokens: tuple[str, ...]) -> Integers:
        return np.fromiter(Phrase(FIELD, list(tokens)).docs(self._searcher), np.int64)

    def beginning(self, prefix: str) -> list[str]:
        return [token.decode() for token in self._reader.expand_prefix(FIELD, prefix)]


@dataclass(frozen=True, slots=True)
class StoredSegment:
    """What is read of a segment once. `lengths`: tokens of each document, as Whoosh rounds them."""

    columns: Segment
    lengths: Integers


@dataclass(slots=True)
class OpenIndex:
    """A searcher with its columns. Posting files share one position, so one thread searches at a time;
    Whoosh would hold the interpreter's lock anyway. `numbers`: by id, of the documents it has found so far."""

    searcher: Searcher
    columns: Segment
    evaluator: Evaluator
    generation: Generation
    numbers: dict[str, int] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def hits(self, matches: Matches, selection: Selection, asked: Query) -> Iterator[Hit]:
        wanted = asked.offset + asked.limit
        if asked.order:
            docs = selection.sorted(asked.order, wanted)
            scores = [0.0] * len(docs)
        else:
            docs, scores = matches.among(selection.docs).best(wanted)
        docs, scores = docs[asked.offset :], scores[asked.offset :]
        facts = (_numbers(self.columns, name, docs) for name in ("published", "completeness"))
        for doc, score, day, completeness in zip(docs, scores, *facts, strict=True):
            id_ = self.columns.ids[doc]
            self.numbers[id_] = doc
            published = None if day == MISSING else date.fromordinal(day)
            yield Hit(id_, score, published, completeness)

    def number(self, id_: str) -> int | None:
        """What a hit is called inside; looked up only for those this reader has not found itself."""
        known = self.numbers.get(id_)
        found: int | None = self.searcher.document_number(id=id_) if known is None else known
        return found


class WhooshEngine(DirectoryEngine[OpenIndex]):
    name = "whoosh"
    version = str(versionstring())
    capabilities: frozenset[Capability] = frozenset({"phrase", "facets", "sort", "realtime"})

    def __init__(
        self, root: Path, schema: Schema, *, lock_timeout: float = 10.0, look_every: float = 1.0
    ) -> None:
        super().__init__(root, schema, lock_timeout=lock_timeout, look_every=look_every)
        self._column_reader = ColumnReader(schema)
        self._segments: dict[str, StoredSegment] = {}
        self._memory = PostingMemory()

    def search(self, query: Query) -> Page:
        with self._shared.use() as reader, reader.lock:
            matches = reader.evaluator.matches(query)
            selection = Selection(reader.columns, matches.docs, query)
            return Page(
                total=len(selection.docs),
                hits=tuple(reader.hits(matches, selection, query)),
                facets={facet.column: selection.facet(facet) for facet in query.facets},
                relaxed=selection.relaxed() if query.filters and not len(selection.docs) else {},
            )

    def fetch(self, ids: Sequence[str]) -> dict[str, Stored]:
        found: dict[str, Stored] = {}
        with self._shared.use() as reader, reader.lock:
            for id_ in ids:
                number = reader.number(id_)
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
                searcher = index.open_dir(str(path), schema=_schema()).searcher()
            except (FileNotFoundError, index.EmptyIndexError):
                continue
            try:
                opened = self._opened(searcher, Generation(path.name, commit))
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

    def _opened(self, searcher: Searcher, generation: Generation) -> OpenIndex:
        leaves = list(_leaves(searcher))
        stored = self._read_segments(leaves)
        lengths = np.concatenate([np.empty(0, np.int64), *(segment.lengths for segment in stored)])
        postings = IndexPostings([WhooshSegmentPostings(*leaf) for leaf in leaves], self._memory)
        return OpenIndex(
            searcher,
            self._column_reader.join([segment.columns for segment in stored]),
            Evaluator(postings, Bm25(lengths, searcher.field_length(FIELD))),
            generation,
        )

    def _read_segments(self, leaves: list[tuple[Searcher, WhooshSegment]]) -> list[StoredSegment]:
        known, self._segments = self._segments, {}
        for leaf, segment in leaves:
            id_ = segment.segment_id()
            self._segments[id_] = known.get(id_) or self._read_segment(leaf.reader())
            _open_stored_values(leaf.reader())
        return list(self._segments.values())

    def _read_segment(self, leaf: reading.IndexReader) -> StoredSegment:
        rows = [json.loads(row) for row in leaf.column_reader("row")]
        columns = self._column_reader.read([id_ for id_, _ in rows], [row for _, row in rows])
        lengths = [leaf.doc_field_length(doc, FIELD) or 0 for doc in range(leaf.doc_count_all())]
        return StoredSegment(columns, np.array(lengths, np.int64))


def _leaves(searcher: Searcher) -> Iterator[tuple[Searcher, WhooshSegment]]:
    for leaf, _ in searcher.leaf_searchers():
        segment = leaf.reader().segment()
        if segment is not None:  # there is none in an empty index
            yield leaf, segment


def _open_stored_values(leaf: reading.IndexReader) -> None:
    """Their file is opened at the first use. A missing one is a TypeError; the commit that removed it is noticed
    by the caller."""
    if leaf.doc_count_all():
        with suppress(TypeError):
            leaf.stored_fields(0)


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


def _numbers(columns: Segment, name: str, docs: list[int]) -> list[int]:
    values = columns.values[name]
    assert isinstance(values, Numbers)
    return [int(value) for value in values.values[docs]]

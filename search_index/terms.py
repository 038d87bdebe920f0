"""The table of words the public documents offer: what suggestions and corrections are taken from.

A small SQLite file beside the index, kept by the same writer. Only documents everybody may see contribute, so
neither a suggestion nor a correction tells anything about the others; with the last document that has it, a
word goes too.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from search_index import analysis, pinyin
from search_index.schema import IndexDoc
from search_index.stems import stem

VERSION = 1
WORD = "word"
"""Group of single Latin words, used for corrections only."""

SHARED = frozenset({"term", "holder"})
"""Groups whose words many documents share; the others (titles, numbers) lead to one document."""

MENTIONS_AT_ONCE = 50_000
LONGEST = 40
CORRECTED = range(3, 17)
"""Lengths of the words worth correcting."""

_TABLES = """
CREATE TABLE term (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,         -- folded
    grp TEXT NOT NULL,
    ref TEXT NOT NULL,         -- the document, for titles and numbers; empty for words many share
    text TEXT NOT NULL,        -- as shown
    full TEXT NOT NULL,        -- pinyin
    initials TEXT NOT NULL,
    stem TEXT NOT NULL,
    docs INTEGER NOT NULL,
    UNIQUE (key, grp, ref)
) STRICT;
CREATE INDEX term_full ON term (full);
CREATE INDEX term_initials ON term (initials);
CREATE INDEX term_stem ON term (stem);
CREATE TABLE mention (doc TEXT NOT NULL, term INTEGER NOT NULL, PRIMARY KEY (doc, term)) STRICT, WITHOUT ROWID;
CREATE TABLE nearby (        -- each word less one character, and whole
    key TEXT NOT NULL, term INTEGER NOT NULL, PRIMARY KEY (key, term)) STRICT, WITHOUT ROWID;
CREATE INDEX nearby_term ON nearby (term);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A word of the table; `ref` is a document id or empty, `docs` the number of documents with it."""

    text: str
    group: str
    ref: str
    docs: int


class _Pending:
    """What documents offer, not yet written: ids of terms by key, group and reference; documents to add to each."""

    def __init__(self) -> None:
        self.terms: dict[tuple[str, str, str], int] = {}
        self.docs: Counter[int] = Counter()
        self.mentions: list[tuple[str, int]] = []

    def mention(self, doc: str, term: int) -> None:
        self.docs[term] += 1
        self.mentions.append((doc, term))

    def clear(self) -> None:
        self.terms.clear()
        self.docs.clear()
        self.mentions.clear()


class TermTable:
    """Safe from any thread: one connection, one at a time (a look-up takes a fraction of a millisecond)."""

    def __init__(self, path: Path, public: frozenset[str]) -> None:
        """`public`: the audiences that mean everybody."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._public = public
        self._lock = Lock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=10)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._prepare()

    def apply(self, docs: Iterable[IndexDoc], deleted: Iterable[str]) -> None:
        """Replace what these documents contributed, in one transaction."""
        with self._lock, self._transaction():
            new = {doc.id: doc for doc in docs}
            for id_ in (*deleted, *new):
                self._forget(id_)
            with self._remembering() as remember:
                for doc in new.values():
                    remember(doc)

    @contextmanager
    def rebuilding(self) -> Iterator[Callable[[IndexDoc], None]]:
        """Start anew with the documents given to the yielded function; other processes read the old table
        until the block ends, and keep it if the block fails."""
        with self._lock, self._transaction():
            for table in ("term", "mention", "nearby"):
                self._connection.execute(f"DELETE FROM {table}")  # noqa: S608
            with self._remembering() as remember:
                yield remember

    def beginning(self, column: str, prefix: str, limit: int) -> list[Entry]:
        """Words whose key, full pinyin or initials begin so, the most frequent and shortest first."""
        assert column in ("key", "full", "initials")
        return self._entries(
            f"SELECT text, grp, ref, docs FROM term WHERE {column} >= ? AND {column} < ? AND grp <> ? "  # noqa: S608
            "ORDER BY docs DESC, length(key), key LIMIT ?",
            (prefix, prefix + "\U0010ffff", WORD, limit),
        )

    def sounding(self, full: str) -> list[str]:
        """Folded words with this pinyin, the most frequent first."""
        return self._keys(
            "SELECT DISTINCT key FROM term WHERE full = ? AND ref = '' ORDER BY docs DESC, key", (full,)
        )

    def near(self, keys: Iterable[str]) -> list[str]:
        """Folded words that share one of these forms, the most frequent first."""
        forms = list(keys)
        return self._keys(
            "SELECT DISTINCT term.key FROM nearby JOIN term ON term.id = nearby.term "  # noqa: S608
            f"WHERE nearby.key IN ({', '.join('?' * len(forms))}) ORDER BY term.docs DESC, term.key",
            tuple(forms),
        )

    def knows(self, key: str) -> bool:
        """Whether a folded word, or a Latin one with the same stem, is in the table."""
        root = stem(key) if key.isascii() and key.isalpha() else key
        return bool(self._keys("SELECT key FROM term WHERE key = ? OR stem = ? LIMIT 1", (key, root)))

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def _prepare(self) -> None:
        with self._lock, self._transaction():
            (version,) = self._connection.execute("PRAGMA user_version").fetchone()
            if version == VERSION:
                return
            for table in ("term", "mention", "nearby"):
                self._connection.execute(f"DROP TABLE IF EXISTS {table}")
            for statement in _TABLES.split(";\n"):
                self._connection.execute(statement)
            self._connection.execute(f"PRAGMA user_version = {VERSION}")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def _forget(self, doc: str) -> None:
        run = self._connection.execute
        mentioned = run("DELETE FROM mention WHERE doc = ? RETURNING term", (doc,)).fetchall()
        for mention in mentioned:
            run("UPDATE term SET docs = docs - 1 WHERE id = ?", mention)
            run("DELETE FROM nearby WHERE term = (SELECT id FROM term WHERE id = ? AND docs = 0)", mention)
            run("DELETE FROM term WHERE id = ? AND docs = 0", mention)

    @contextmanager
    def _remembering(self) -> Iterator[Callable[[IndexDoc], None]]:
        """Takes documents; what they offer is counted in memory and written some documents at a time."""
        pending = _Pending()

        def remember(doc: IndexDoc) -> None:
            if not doc.audiences & self._public:
                return
            offered = {(key, group, ref): text for key, group, ref, text in _contributions(doc)}
            for term, text in offered.items():
                pending.mention(doc.id, self._term(pending, term, text))
            if len(pending.mentions) >= MENTIONS_AT_ONCE:
                self._write(pending)

        yield remember
        self._write(pending)

    def _term(self, pending: "_Pending", term: tuple[str, str, str], text: str) -> int:
        known = pending.terms.get(term)
        if known is None:
            found = self._connection.execute(
                "SELECT id FROM term WHERE key = ? AND grp = ? AND ref = ?", term
            ).fetchone()
            known = pending.terms[term] = found[0] if found else self._add(*term, text)
        return known

    def _write(self, pending: "_Pending") -> None:
        counted = ((docs, term) for term, docs in pending.docs.items())
        self._connection.executemany("UPDATE term SET docs = docs + ? WHERE id = ?", counted)
        self._connection.executemany("INSERT INTO mention VALUES (?, ?)", pending.mentions)
        pending.clear()

    def _add(self, key: str, group: str, ref: str, text: str) -> int:
        full, initials = ("", "") if group == WORD else pinyin.readings(key)
        root = stem(key) if group == WORD else ""
        ((term,),) = self._connection.execute(
            "INSERT INTO term (key, grp, ref, text, full, initials, stem, docs) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, 0) RETURNING id",
            (key, group, ref, text, full, initials, root),
        ).fetchall()
        if not ref and len(key) in CORRECTED:
            forms = ((form, term) for form in less_one(key))
            self._connection.executemany("INSERT OR IGNORE INTO nearby VALUES (?, ?)", forms)
        return int(term)

    def _entries(self, statement: str, values: tuple[str | int, ...]) -> list[Entry]:
        with self._lock:
            return [Entry(*row) for row in self._connection.execute(statement, values)]

    def _keys(self, statement: str, values: tuple[str, ...]) -> list[str]:
        with self._lock:
            return [str(key) for (key,) in self._connection.execute(statement, values)]


def less_one(word: str) -> set[str]:
    """The word itself and the word without any one of its characters."""
    return {word} | {word[:at] + word[at + 1 :] for at in range(len(word))}


def _contributions(doc: IndexDoc) -> Iterator[tuple[str, str, str, str]]:
    """Key, group, reference and text of everything a document offers."""
    for term in doc.terms:
        key = " ".join(analysis.fold(term.text).split())[:LONGEST]
        if len(key) > 1:
            yield key, term.group, "" if term.group in SHARED else doc.id, term.text
    everything = analysis.fold(" ".join([doc.title, doc.summary, *(term.text for term in doc.terms)]))
    for word in analysis.words(everything):
        if len(word) in CORRECTED:
            yield word, WORD, "", word

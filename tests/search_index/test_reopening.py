from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from search_index.reopening import SharedReader
from search_index.schema import document
from tests.search_index.corpus import PUBLIC, docs
from tests.search_index.test_conformance import asked


class Shelf:
    """Readers numbered by the newest edition when they were opened."""

    def __init__(self, interval=1.0):
        self.edition, self.time, self.closed, self.asked = 1, 100.0, [], 0
        self.shared = SharedReader(
            lambda: self.edition,
            self.is_current,
            self.closed.append,
            interval=interval,
            monotonic=lambda: self.time,
        )

    def is_current(self, reader):
        self.asked += 1
        return reader == self.edition


def test_a_reader_is_looked_after_at_most_once_a_second():
    shelf = Shelf()
    for _ in range(5):
        with shelf.shared.use() as reader:
            assert reader == 1
    shelf.edition = 2
    shelf.time += 0.9
    with shelf.shared.use() as reader:
        assert reader == 1
    shelf.time += 0.2
    with shelf.shared.use() as reader:
        assert reader == 2
    assert shelf.asked == 1
    assert shelf.closed == [1]


def test_an_old_reader_is_closed_after_its_last_user():
    shelf = Shelf(interval=0.0)
    with shelf.shared.use() as slow:
        with shelf.shared.use() as also_slow:
            shelf.edition = 2
            with shelf.shared.use() as new:
                assert (slow, also_slow, new) == (1, 1, 2)
                assert shelf.closed == []
        assert shelf.closed == []
    assert shelf.closed == [1]
    shelf.shared.close()
    assert shelf.closed == [1, 2]


def test_reopening_tells_whether_there_was_something_newer():
    shelf = Shelf()
    assert not shelf.shared.reopen()  # nothing is open yet
    with shelf.shared.use():
        assert not shelf.shared.reopen()
        shelf.edition = 2
        assert shelf.shared.reopen()
        assert shelf.closed == []
    assert shelf.closed == [1]


def test_many_threads_search_while_the_index_changes(engine):
    engine.rebuild(docs()[:50])
    stop = Event()

    def search():
        searched = 0
        while not stop.is_set():
            for text in ("系统", "控制 设计", '"数学模型"', "的"):
                page = engine.search(asked(text, any_word=True, limit=60))
                assert len(page.hits) == page.total
                engine.fetch([hit.id for hit in page.hits[:3]])
                searched += 1
        return searched

    with ThreadPoolExecutor(4) as threads:
        searching = [threads.submit(search) for _ in range(4)]
        try:
            for place in range(10):
                engine.upsert(docs()[place * 5 : place * 5 + 5])
                engine.delete([docs()[place + 100].id])
                engine.commit()
        finally:
            stop.set()
        assert all(one.result() > 0 for one in searching)
    assert engine.search(asked("")).total == 50


@pytest.mark.parametrize("look_every", [3600.0])
def test_another_process_is_seen_when_looked_for(engine, look_every):
    reader = type(engine)(engine._directories.root, engine.schema, look_every=look_every)
    assert reader.open() is False
    assert reader.search(asked("")).total == 0
    engine.upsert([document(id="x", kind="achievement", title="电池", body="", audiences=PUBLIC)])
    engine.commit()
    assert reader.search(asked("")).total == 0
    assert reader.reopen()
    assert reader.search(asked("")).total == 1
    assert reader.generation() == engine.generation() == reader.stats().generation
    reader.close()

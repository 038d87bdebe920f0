"""Segments one after the other: numbers run on, and what is deleted is never seen again."""

import numpy as np
import pytest

from search_index.postings import IndexPostings, PostingMemory, Postings


class Shelf:
    """A segment of texts; counts how often it is read."""

    def __init__(self, id_, texts, deleted=()):
        self.id, self.size, self.read = id_, len(texts), 0
        self._texts = [text.split() for text in texts]
        self._deleted = list(deleted)

    def deleted(self):
        return self._deleted

    def term(self, token):
        self.read += 1
        found = [(doc, text.count(token)) for doc, text in enumerate(self._texts) if token in text]
        counts = np.array([count for _, count in found], np.float32)
        return Postings(np.array([doc for doc, _ in found], np.int64), counts, len(found))

    def frequency(self, token):
        return len(self.term(token))

    def phrase(self, tokens):
        self.read += 1
        wanted = f" {' '.join(tokens)} "
        found = [doc for doc, text in enumerate(self._texts) if wanted in f" {' '.join(text)} "]
        return np.array(found, np.int64)

    def beginning(self, prefix):
        return sorted({token for text in self._texts for token in text if token.startswith(prefix)})


def first():
    return Shelf("first", ["a b", "b b c", "ab c"])


def second(deleted=()):
    return Shelf("second", ["c", "b a", "a b b b"], deleted)


def plain(postings):
    return postings.docs.tolist(), postings.counts.tolist(), postings.frequency


def test_numbers_run_on_over_the_segments():
    postings = IndexPostings([first(), second()], PostingMemory())
    assert postings.everything.tolist() == [0, 1, 2, 3, 4, 5]
    assert plain(postings.term("b")) == ([0, 1, 4, 5], [1.0, 2.0, 1.0, 3.0], 4)
    assert postings.phrase(("a", "b")).tolist() == [0, 5]
    assert postings.beginning("a") == ["a", "ab"]
    assert postings.frequency("c") == 3


def test_deleted_documents_are_left_out_but_still_make_a_token_frequent():
    postings = IndexPostings([first(), second(deleted=[2])], PostingMemory())
    assert postings.everything.tolist() == [0, 1, 2, 3, 4]
    assert plain(postings.term("b")) == ([0, 1, 4], [1.0, 2.0, 1.0], 4)
    assert postings.phrase(("a", "b")).tolist() == [0]


def test_what_was_read_of_a_segment_serves_later_readers_too():
    memory, shelf = PostingMemory(), first()
    before = IndexPostings([shelf], memory)
    assert plain(before.term("b")) == ([0, 1], [1.0, 2.0], 2)
    assert before.phrase(("b", "c")).tolist() == [1]
    after = IndexPostings([second(), Shelf("first", [""] * 3, deleted=[1])], memory)
    assert plain(after.term("b")) == ([1, 2, 3], [1.0, 3.0, 1.0], 4)
    assert after.phrase(("b", "c")).tolist() == []
    assert shelf.read == 2


@pytest.mark.parametrize("segments", [[], [Shelf("empty", [])]])
def test_an_empty_index_finds_nothing(segments):
    postings = IndexPostings(segments, PostingMemory())
    assert plain(postings.term("a")) == ([], [], 0)
    assert (
        postings.phrase(("a", "b")).tolist() == postings.everything.tolist() == postings.beginning("a") == []
    )

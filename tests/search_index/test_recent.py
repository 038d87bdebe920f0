from hypothesis import given
from hypothesis import strategies as st

from search_index.recent import OVERHEAD, Recent


class Library:
    """Makes values of as many elements as their key says, and remembers which it made."""

    def __init__(self, room):
        self.recent, self.made = Recent(room), []

    def get(self, key):
        def make():
            self.made.append(key)
            return [key] * key

        return self.recent.get(key, make)


def test_a_value_is_made_once_while_there_is_room():
    library = Library(10 * OVERHEAD)
    assert [library.get(key) for key in (1, 2, 1)] == [[1], [2, 2], [1]]
    assert library.made == [1, 2]


def test_the_one_not_used_longest_makes_room():
    library = Library(3 * OVERHEAD)
    for key in (1, 2, 1, 3, 1, 2):  # 3 takes the place of 2, then 2 that of 3
        library.get(key)
    assert library.made == [1, 2, 3, 2]


def test_a_value_too_large_to_keep_is_still_given():
    library = Library(100)
    assert library.get(90) == [90] * 90
    library.get(90)
    assert library.made == [90, 90]


@given(st.lists(st.integers(0, 300)), st.integers(0, 1_000))
def test_it_never_keeps_more_than_it_has_room_for(keys, room):
    library = Library(room)
    for key in keys:
        assert library.get(key) == [key] * key
        kept = library.recent._kept.values()
        assert library.recent._taken == sum(len(value) + OVERHEAD for value in kept) <= room

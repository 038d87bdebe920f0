"""Column arrays read from rows, and joined, say of every document what its row said."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search_index.columns import ColumnReader
from search_index.schema import MISSING, Column, Kind, Schema

SCHEMA = Schema((Column("modes", Kind.KEYWORDS), Column("zone"), Column("trl", Kind.INTEGER)))

rows = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "modes": st.lists(st.sampled_from("abcd"), max_size=3, unique=True),
            "zone": st.sampled_from("xyz"),
            "trl": st.integers(1, 9),
        },
    ),
    max_size=8,
)


@given(st.lists(rows, min_size=1, max_size=4), st.data())
def test_values_of_some_documents_of_joined_segments(segments, data):
    reader = ColumnReader(SCHEMA)
    ids = [[f"{place}-{at}" for at in range(len(segment))] for place, segment in enumerate(segments)]
    joined = reader.join([reader.read(*segment) for segment in zip(ids, segments, strict=True)])
    everything = [row for segment in segments for row in segment]
    chosen = sorted(
        data.draw(st.sets(st.sampled_from(range(len(everything)))) if everything else st.just(set()))
    )
    docs = np.array(chosen, np.int64)
    assert joined.ids == [id_ for segment in ids for id_ in segment]
    assert joined.values["trl"].values[docs].tolist() == [everything[d].get("trl", MISSING) for d in chosen]
    for name in ("modes", "zone"):
        places, codes = joined.values[name].of(docs)
        words = [joined.values[name].vocabulary.words[code] for code in codes]
        assert list(zip(places.tolist(), words, strict=True)) == [
            (place, word) for place, doc in enumerate(chosen) for word in everything[doc].get(name, ())
        ]

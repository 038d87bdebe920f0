"""Writes batches until killed: python -m tests.search_index.crash_writer ENGINE ROOT FIRST_BATCH

Says "c N" before and "a N" after the commit of batch N. Each batch has BATCH documents and takes one away
from the batch three before.
"""

import sys
from pathlib import Path

from search_index.query import Clauses, In, Query
from search_index.schema import Column, Kind, Schema, document
from search_index.tantivy_engine import TantivyEngine
from search_index.whoosh_engine import WhooshEngine
from tests.search_index.corpus import PUBLIC, papers

BATCH = 10
SCHEMA = Schema((Column("batch", Kind.INTEGER),))
KINDS = {"whoosh": WhooshEngine, "tantivy": TantivyEngine}


def batch(number):
    for place in range(BATCH):
        text = papers()[(number * BATCH + place) % len(papers())]
        yield document(
            id=f"{number}-{place}",
            kind="achievement",
            title=text.title,
            body=text.body[:80],
            audiences=PUBLIC,
            columns={"batch": number},
        )


def in_batch(engine, number):
    return engine.search(Query(Clauses(), PUBLIC, (In("batch", (number,)),), limit=0)).total


def write(kind, root, first):
    engine = KINDS[kind](Path(root), SCHEMA)
    engine.open(create=True)
    number = first
    while True:
        engine.upsert(batch(number))
        engine.delete([f"{number - 3}-0"])
        sys.stdout.write(f"c {number}\n")
        sys.stdout.flush()
        engine.commit()
        sys.stdout.write(f"a {number}\n")
        sys.stdout.flush()
        number += 1


if __name__ == "__main__":
    write(sys.argv[1], sys.argv[2], int(sys.argv[3]))

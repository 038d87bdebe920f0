"""Real texts with made-up but fixed facts: what the tests of searching search in."""

import json
import random
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from search_index.bands import PRICE_BANDS, WAN
from search_index.schema import Column, IndexDoc, Kind, Schema, Term, document

DATA = Path(__file__).parent / "data"

PUBLIC = frozenset({"public"})
SECRET = "org:org_secret"

SCHEMA = Schema(
    (
        Column("field"),
        Column("industry"),
        Column("trl", Kind.INTEGER),
        Column("modes", Kind.KEYWORDS),
        Column("zone"),
        Column("holder"),
        Column("state"),
        Column("price", Kind.INTEGER),
        Column("price_band"),
        Column("year", Kind.INTEGER),
        Column("ip_types", Kind.KEYWORDS),
        Column("ipc", Kind.KEYWORDS),
        Column("deadline", Kind.DATE),
    )
)


@dataclass(frozen=True)
class Text:
    id: str
    title: str
    body: str
    field: str
    keywords: tuple[str, ...]


@cache
def papers() -> tuple[Text, ...]:
    rows = _rows("csl_500.jsonl")
    return tuple(
        Text(r["id"], r["title"], r["abstract"], r["discipline"], tuple(r["keywords"])) for r in rows
    )


@cache
def technologies() -> tuple[Text, ...]:
    rows = _rows("nasa_100.jsonl")
    return tuple(Text(r["id"], r["title"], r["abstract"], r["category"], ()) for r in rows)


@cache
def docs() -> tuple[IndexDoc, ...]:
    """All 600; the papers' keywords are suggested but not indexed, so that they can test ranking."""
    return tuple(indexed(text, place) for place, text in enumerate(papers() + technologies()))


def indexed(text: Text, place: int = 0, audiences: frozenset[str] = PUBLIC) -> IndexDoc:
    chance = random.Random(place)
    published = date(2019, 1, 1) + timedelta(days=chance.randrange(300) * 9)
    price = None if chance.random() < 0.3 else chance.randrange(1, 2_000) * WAN
    return document(
        id=text.id,
        kind="achievement" if place % 3 else "demand",
        title=text.title,
        body=text.body,
        audiences=audiences,
        numbers=(f"CG2026{place:06d}",),
        published=published if place % 11 else None,
        completeness=place % 101,
        columns={
            "field": text.field,
            "industry": f"C{chance.randrange(26, 40)}",
            "trl": chance.randrange(1, 10),
            "modes": tuple(chance.sample(["assignment", "licence", "equity"], chance.randrange(3))),
            "zone": chance.choice(["zone-a", "zone-b", None]),
            "holder": f"org_{chance.randrange(40):02d}",
            "state": chance.choice(["open", "signed"]),
            "price": price,
            "price_band": PRICE_BANDS.of(price),
            "year": published.year,
            "ip_types": ("patent",),
            "ipc": (chance.choice(["G06F16/33", "G06N3/08", "H01M10/05"]),),
            "deadline": published + timedelta(days=30),
        },
        terms=tuple(Term(word) for word in text.keywords),
    )


def _rows(name: str):
    with (DATA / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]

"""Documents for the benchmarks: the shipped papers and technologies, and recombinations of them for larger sizes.

Two documents' sentences are mixed, so that term statistics stay; the vocabulary does not grow.
"""

import gzip
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

_SENTENCE = re.compile(r"(?<=[。；;.])")


@dataclass(frozen=True)
class Paper:
    """A document with synthetic facts that depend on its number only."""

    id: str
    title: str
    abstract: str
    keywords: tuple[str, ...]
    discipline: str
    trl: int
    price: int
    date: int


def papers(count: int) -> list[Paper]:
    """The first `count` documents: all real ones, then recombined ones."""
    return [paper for _, paper in zip(range(count), _endless(), strict=False)]


def _real() -> list[dict[str, object]]:
    folder = files("marketplace.demo").joinpath("data", "corpus")
    rows: list[dict[str, object]] = []
    for name in ("csl_1k.jsonl.gz", "nasa_t2_patent.jsonl.gz"):
        with folder.joinpath(name).open("rb") as packed, gzip.open(packed, "rt", encoding="utf-8") as lines:
            rows += [json.loads(line) for line in lines]
    return rows


def _endless() -> Iterator[Paper]:
    base = _real()
    chance = random.Random(11)
    for number, row in enumerate(base):
        yield _paper(
            number, row["title"], row["abstract"], tuple(row.get("keywords") or ()), row.get("discipline")
        )
    number = len(base)
    while True:
        one, other = chance.choice(base), chance.choice(base)
        mixed = _mix(chance, str(one["abstract"]), str(other["abstract"]))
        title = str(one["title"])[: len(str(one["title"])) * 2 // 3] + str(other["title"])[-8:]
        words = (*(one.get("keywords") or ())[:3], *(other.get("keywords") or ())[:2])
        yield _paper(number, title, mixed, words, one.get("discipline"))
        number += 1


def _mix(chance: random.Random, one: str, other: str) -> str:
    first = [s for s in _SENTENCE.split(one) if s.strip()]
    second = [s for s in _SENTENCE.split(other) if s.strip()]
    chance.shuffle(first)
    return "".join(first[: max(1, len(first) * 2 // 3)] + second[: max(1, len(second) // 3)])


def _paper(
    number: int, title: object, abstract: object, keywords: tuple[str, ...], discipline: object
) -> Paper:
    chance = random.Random(number)
    return Paper(
        id=f"ach_{number:020d}",
        title=str(title),
        abstract=str(abstract),
        keywords=keywords,
        discipline=str(discipline or "other"),
        trl=chance.randint(1, 9),
        price=chance.randint(1, 2_000) * 1_000_000,
        date=chance.randint(735_000, 739_000),
    )

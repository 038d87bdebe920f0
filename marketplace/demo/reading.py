"""The demonstration's data files, read as they are."""

import gzip
import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

Row = dict[str, Any]
CORPORA = ("csl_1k", "nasa_t2_patent")


def rows(name: str) -> list[Row]:
    """The rows of `data/<name>.json`."""
    found: list[Row] = json.loads(_data(f"{name}.json").read_text("utf-8"))
    return found


def achievements() -> list[Row]:
    """All hand-written achievements, field by field."""
    return [row for number in range(1, 12) for row in rows(f"achievements_{number:02d}")]


def corpus(name: str) -> Iterator[Row]:
    """The documents of a shipped corpus, one by one."""
    with (
        _data("corpus", f"{name}.jsonl.gz").open("rb") as packed,
        gzip.open(packed, "rt", encoding="utf-8") as lines,
    ):
        for line in lines:
            yield json.loads(line)


def discipline_fields(name: str) -> dict[str, str]:
    """Discipline or category of a corpus → code of a technology field."""
    found: dict[str, str] = json.loads(_data("corpus", "discipline_fields.json").read_text("utf-8"))[name]
    return found


def _data(*parts: str) -> Any:
    return files("marketplace.demo").joinpath("data", *parts)

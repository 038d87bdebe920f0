"""Alternates a cell and its baseline (A B A B …) and compares medians."""

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

REPEATS = 7
OUT = Path("var/bench")


@dataclass(frozen=True)
class Ratio:
    """`ratio` is baseline ÷ cell (1 = as fast as the baseline), from medians of milliseconds."""

    name: str
    cell_ms: float
    baseline_ms: float
    ratio: float
    target: str


Clock = Callable[[], float]


def cpu_ms(action: Callable[[], object], clock: Clock = time.process_time) -> float:
    """Time of one call in milliseconds, CPU of this process unless another clock is given."""
    start = clock()
    action()
    return (clock() - start) * 1000


def compare(
    name: str,
    cell: Callable[[], object],
    baseline: Callable[[], object],
    target: str,
    repeats: int = REPEATS,
    clock: Clock = time.process_time,
    before: Callable[[], object] = lambda: None,
) -> Ratio:
    """Both once to warm up, then in turns; `before` comes before each turn of the cell, untimed. Prints a line and
    returns it."""
    before(), cell(), baseline()
    pairs = [(_after(before, cell, clock), cpu_ms(baseline, clock)) for _ in range(repeats)]
    ours = statistics.median(pair[0] for pair in pairs)
    theirs = statistics.median(pair[1] for pair in pairs)
    found = Ratio(name, round(ours, 3), round(theirs, 3), round(theirs / ours, 3) if ours else 0.0, target)
    print(
        f"{name:<58} {found.cell_ms:>10.2f} ms {found.baseline_ms:>10.2f} ms  ratio {found.ratio:>6.2f}  target {target}"
    )
    return found


def _after(before: Callable[[], object], cell: Callable[[], object], clock: Clock) -> float:
    before()
    return cpu_ms(cell, clock)


def keep(name: str, results: list[Ratio], **extra: object) -> None:
    """Write `var/bench/<name>.json`."""
    OUT.mkdir(parents=True, exist_ok=True)
    body = {"results": [asdict(result) for result in results], **extra}
    (OUT / f"{name}.json").write_text(json.dumps(body, indent=1, ensure_ascii=False))

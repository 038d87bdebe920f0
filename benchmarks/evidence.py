"""A notice's bundle and its verification, in a process of their own as a reader runs it; a log of a million entries.

Where a simulator of another program is importable (modules `evidence` with `Sim`, `zsverify` with `verify`), both are
measured in turns; otherwise figures only.
"""

import io
import tempfile
import time
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from nacl.signing import SigningKey

from benchmarks.ratios import Ratio, compare, cpu_ms, keep
from marketplace.app import create_app
from marketplace.core.clock import FrozenClock
from marketplace.core.db import db
from marketplace.database import upgrade_schema
from marketplace.evidence import verifier
from marketplace.evidence.bundle import write_bundle
from marketplace.evidence.checkpoints import make_checkpoint
from marketplace.evidence.keys import LogKey
from marketplace.evidence.leaves import leaf_data
from marketplace.evidence.merkle import leaf_hash, root_from_inclusion
from marketplace.evidence.store import tree_of
from marketplace.settings import Settings
from tests.evidence.notices import START, NoticeMarket, Story

ENTRIES, AT_ONCE = 1_000_000, 10_000


def main() -> None:
    results, figures = notices()
    keep("evidence", results, **figures, **large_log())


def notices() -> tuple[list[Ratio], dict[str, object]]:
    """A notice of fifteen days, one objection, two watchers that look at both pages every eight hours."""
    market = NoticeMarket(Story(look_every=8)).tell()
    files = market.bundle()
    packed = io.BytesIO()
    write_bundle(files, packed)
    figures: dict[str, object] = {
        "events": len(market.events),
        "checkpoints": len(market.notes),
        "bytes": len(packed.getvalue()),
        "bundle_ms": cpu_ms(market.bundle),
        "verify_ms": cpu_ms(lambda: verifier.verify_files(files, market.policy)),
    }
    say("notice", figures)
    return [compared(market, files)] if find_spec("zsverify") and find_spec("evidence") else [], figures


def compared(market: NoticeMarket, files: dict[str, bytes]) -> Ratio:
    """Time for each signature checked, because the two notices are not of one size."""
    theirs, check = import_module("evidence").Sim(), import_module("zsverify").verify
    made = theirs.bundle()
    ours_count, theirs_count = signatures(files), signatures(made)
    say(
        "the other bundle",
        {"signatures": theirs_count, "verify_ms": cpu_ms(lambda: check(made, theirs.policy))},
    )
    found = compare(
        f"verify: {ours_count} signatures / {theirs_count} of another program",
        lambda: verifier.verify_files(files, market.policy),
        lambda: check(made, theirs.policy),
        "-",
    )
    each = found.baseline_ms / theirs_count / (found.cell_ms / ours_count)
    say("per signature", {"ratio": round(each, 2)})
    return found


def signatures(files: dict[str, bytes]) -> int:
    return sum(files[name].decode().count("\\n\u2014 ") for name in ("events.jsonl", "checkpoints.jsonl"))


def large_log() -> dict[str, object]:
    """A million entries in SQLite: how long a checkpoint, a proof and its check take."""
    key = LogKey("log.market.example", SigningKey.generate())
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(data=Path(folder), secret_key="benchmark"), FrozenClock(START))
        with app.app_context():
            upgrade_schema()
            start = time.perf_counter()
            for low in range(0, ENTRIES, AT_ONCE):
                tree_of(db.session()).append_many(leaf_data(f"{n:064x}") for n in range(low, low + AT_ONCE))
                db.session.commit()
            tree = tree_of(db.session())
            root, index = tree.root(ENTRIES), ENTRIES // 3
            path, leaf = tree.inclusion(index, ENTRIES), leaf_hash(leaf_data(f"{index:064x}"))
            figures: dict[str, object] = {
                "load_s": round(time.perf_counter() - start, 1),
                "checkpoint_ms": average(lambda: make_checkpoint(tree, key)),
                "inclusion_ms": average(lambda: tree.inclusion(index, ENTRIES)),
                "consistency_ms": average(lambda: tree.consistency(index, ENTRIES)),
                "check_ms": average(lambda: root_from_inclusion(index, ENTRIES, leaf, path)),
                "hashes": len(path),
            }
            assert root_from_inclusion(index, ENTRIES, leaf, path) == root
            db.session.rollback()
            db.engine.dispose()
    say(f"a log of {ENTRIES}", figures)
    return {"large_log": figures}


def average(action, times: int = 200) -> float:
    return round(cpu_ms(lambda: [action() for _ in range(times)]) / times, 3)


def say(name: str, figures: dict[str, object]) -> None:
    print(f"{name:<58} {'  '.join(f'{key} {value}' for key, value in figures.items())}")


if __name__ == "__main__":
    main()

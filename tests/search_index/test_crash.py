"""kill -9 at a random moment: the index opens, what was acknowledged is there, whole, and nothing is left over."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from whoosh import index

from tests.search_index.crash_writer import BATCH, KINDS, SCHEMA, in_batch

ROUNDS = 4
HOME = Path(__file__).parents[2]


def killed_writer(kind, root, first, chance):
    """Lines a writer said until it was killed."""
    command = [sys.executable, "-m", "tests.search_index.crash_writer", kind, str(root), str(first)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=HOME) as writer:
        said = [writer.stdout.readline()]
        time.sleep(chance.uniform(0.0, 0.4))
        writer.send_signal(signal.SIGKILL)
        said += writer.stdout.read().splitlines()
    return [line.split() for line in said if len(line.split()) == 2]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_nothing_acknowledged_is_lost(kind, tmp_path):
    chance = random.Random(kind)
    acknowledged: set[int] = set()
    begun = 0
    for _ in range(ROUNDS):
        said = killed_writer(kind, tmp_path, begun, chance)
        acknowledged |= {int(number) for word, number in said if word == "a"}
        begun = max(int(number) for _, number in said) + 1
        engine = KINDS[kind](tmp_path, SCHEMA)
        assert engine.open(create=True) is False
        for number in range(begun):
            present = in_batch(engine, number)
            if number in acknowledged:
                assert present in (BATCH, BATCH - 1), number
            else:
                assert present in (0, BATCH, BATCH - 1), number  # whole or not at all
            if number + 3 in acknowledged:
                assert present in (0, BATCH - 1), number
        engine.close()
    assert acknowledged
    if kind == "whoosh":
        assert_no_orphans(next(path for path in tmp_path.iterdir() if path.is_dir()))


def assert_no_orphans(path):
    known = {segment.segment_id() for segment in index.open_dir(str(path))._segments()}
    named = {file.name.partition(".")[0] for file in path.iterdir() if file.name.startswith("MAIN_")}
    assert named - {"MAIN_WRITELOCK"} == known
    assert len([file for file in path.iterdir() if file.name.startswith("_MAIN_")]) == 1

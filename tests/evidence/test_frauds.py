"""What a forger may try, with the manifest rewritten each time; each fraud fails on the claim it breaks."""

import json
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import rfc8785

from marketplace.evidence import verifier
from marketplace.evidence.checkpoints import make_checkpoint
from marketplace.evidence.keys import LogKey
from marketplace.evidence.leaves import leaf_data
from marketplace.evidence.merkle import MemoryNodes, Tree
from marketplace.evidence.notes import cosign_line, note_text
from tests.evidence.market import (
    ATTACHMENT,
    Market,
    a_published_achievement,
    digest,
    failed,
    lines_of,
    remanifest,
)

MARKET = a_published_achievement()
BUNDLE = MARKET.bundle()
EDITS = 320
EDITED = ["events.jsonl", "proofs.jsonl", "checkpoints.jsonl", f"files/{digest(ATTACHMENT)}"]


def edit(content: bytes, source: random.Random) -> bytes:
    """Flip a bit, cut a piece out, put digits in, or drop or repeat a line."""
    place = source.randrange(len(content))
    lines = content.splitlines(keepends=True)
    i, j = source.randrange(len(lines)), source.randrange(len(lines))
    changes: list[Callable[[], bytes]] = [
        lambda: content[:place] + bytes([content[place] ^ 1 << source.randrange(8)]) + content[place + 1 :],
        lambda: content[:place] + content[place + source.randrange(1, 200) :],
        lambda: content[:place] + source.randbytes(3).hex().encode() + content[place:],
        lambda: b"".join(lines[:i] + lines[i + 1 :]),
        lambda: b"".join([*lines[:i], lines[j], *lines[i + 1 :]]),
    ]
    return source.choice(changes)()


def test_random_edits_are_all_refused() -> None:
    source = random.Random(11)
    refused = 0
    while refused < EDITS:
        name = source.choice(EDITED)
        content = edit(BUNDLE[name], source)
        if content == BUNDLE[name] or leaves_out_whole_checkpoints(name, content):
            continue
        assert failed(remanifest({**BUNDLE, name: content}), MARKET.policy), (name, content)
        refused += 1


def leaves_out_whole_checkpoints(name: str, content: bytes) -> bool:
    """The one edit that leaves a bundle true: without an earlier checkpoint it says less."""
    first, second, last = lines_of(BUNDLE, "checkpoints.jsonl")
    return name == "checkpoints.jsonl" and content in {last, first + last, second + last}


def test_leaving_out_an_earlier_checkpoint_hides_a_bound_and_shows_a_delay() -> None:
    market = a_published_achievement()
    market.happens("achievement.withdrawn", {}, claimed=datetime(2026, 3, 1, tzinfo=UTC))
    market.checkpoint()
    market.notes = market.notes[-1:]
    report = verifier.verify_files(market.bundle(), market.policy)
    assert report.holds
    assert "最迟 181800 秒后获见证" in report.claims[2].detail


def with_events(change: Callable[[list[dict[str, object]]], object]) -> dict[str, bytes]:
    """The bundle with its events (and their proofs, line by line) changed by the forger."""
    pairs = [
        {"line": json.loads(event), "proof": json.loads(proof)}
        for event, proof in zip(
            lines_of(BUNDLE, "events.jsonl"), lines_of(BUNDLE, "proofs.jsonl"), strict=True
        )
    ]
    change(pairs)
    events = b"".join(rfc8785.dumps(pair["line"]) + b"\n" for pair in pairs)
    proofs = b"".join(rfc8785.dumps(pair["proof"]) + b"\n" for pair in pairs)
    return remanifest({**BUNDLE, "events.jsonl": events, "proofs.jsonl": proofs})


def test_a_changed_fact_is_not_in_the_log() -> None:
    files = {**BUNDLE, "events.jsonl": BUNDLE["events.jsonl"].replace(b"360000000", b"36000000")}
    assert failed(remanifest(files), MARKET.policy) == ["事件链", "内容"]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_an_event_left_out_breaks_the_chain(number: int) -> None:
    assert "事件链" in failed(with_events(lambda pairs: pairs.pop(number)), MARKET.policy)


def test_events_in_another_order_break_the_chain() -> None:
    assert "事件链" in failed(with_events(lambda pairs: pairs.reverse()), MARKET.policy)


def test_last_events_left_out_contradict_the_head_on_the_public_page() -> None:
    files = with_events(lambda pairs: pairs.pop())
    assert failed(files, MARKET.policy, MARKET.head) == ["事件链", "内容"]
    shown = verifier.verify_files(files, MARKET.policy).facts
    assert f"链首 chain head: {MARKET.head}" not in shown


def test_a_second_clean_chain_contradicts_the_head_on_the_public_page() -> None:
    market = a_published_achievement()
    shown = market.head
    market.events, market.previous = [], ""
    market.happens("achievement.submitted", {"content": digest(ATTACHMENT)})
    market.happens("achievement.published", {"state": "published"})
    market.checkpoint()
    market.contents = []
    assert failed(market.bundle(), market.policy) == []
    assert failed(market.bundle(), market.policy, shown) == ["事件链", "内容"]


def test_an_index_in_another_spelling_is_refused() -> None:
    market = Market()
    market.traffic(1)
    market.happens("achievement.submitted", {})
    market.checkpoint()
    market.contents = []
    bundle = market.bundle()
    assert failed(bundle, market.policy) == []
    for name in ("events.jsonl", "proofs.jsonl"):
        bundle[name] = bundle[name].replace(b'"index":1', b'"index":true')
    assert "事件链" in failed(remanifest(bundle), market.policy)


def test_checkpoints_signed_again_without_the_witnesses_are_refused() -> None:
    market = a_published_achievement(witnesses=2)
    assert failed(market.bundle(), market.policy) == []
    witnessed = market.notes
    for kept in (1, 2):  # the log's line alone; one witness of two
        market.notes = ["".join(note.splitlines(keepends=True)[: 4 + kept]) for note in witnessed]
        assert "检查点" in failed(market.bundle(), market.policy)


def test_a_rewritten_log_is_not_an_extension_of_what_was_signed_before() -> None:
    market = a_published_achievement()
    fork = Tree(MemoryNodes())
    fork.append_many(leaf_data(market.random.randbytes(32).hex()) for _ in range(37))
    note = make_checkpoint(fork, market.key)
    (name, key), *_ = market.witnesses.items()
    forked = note + cosign_line(name, key, note_text(note), int(market.now.timestamp()))
    market.notes[0] = forked
    assert "检查点" in failed(market.bundle(), market.policy)


def test_checkpoints_out_of_order_or_repeated_are_refused() -> None:
    first, second, last = lines_of(BUNDLE, "checkpoints.jsonl")
    for lines in ([second, first, last], [first, first, last], []):
        files = {**BUNDLE, "checkpoints.jsonl": b"".join(lines)}
        assert "检查点" in failed(remanifest(files), MARKET.policy)


def test_a_log_of_another_key_is_refused() -> None:
    market = a_published_achievement()
    policy = market.policy
    market.key = LogKey(market.key.origin, market.new_key())
    market.checkpoint()
    market.notes = market.notes[-1:]
    assert failed(market.bundle(), policy)[0] == "检查点"


def test_another_policy_is_not_satisfied() -> None:
    assert failed(BUNDLE, a_published_achievement(seed=2).policy)[0] == "检查点"


def test_a_fact_dated_after_its_witnessed_checkpoint_is_refused() -> None:
    market = a_published_achievement()
    market.happens("achievement.withdrawn", {}, claimed=market.now + timedelta(days=2))
    market.checkpoint()
    assert failed(market.bundle(), market.policy) == ["事件链", "内容"]


def test_a_back_dated_fact_is_refused() -> None:
    market = a_published_achievement()
    market.happens("achievement.withdrawn", {}, claimed=datetime(2026, 3, 1, tzinfo=UTC))
    market.checkpoint()
    assert failed(market.bundle(), market.policy) == ["事件链", "内容"]


def test_a_file_that_no_event_names_is_refused() -> None:
    stranger = b"a kinder expert opinion"
    files = {**BUNDLE, f"files/{digest(stranger)}": stranger}
    assert failed(remanifest(files), MARKET.policy) == ["内容"]


def test_a_file_under_the_name_of_another_is_refused() -> None:
    files = {**BUNDLE, f"files/{digest(ATTACHMENT)}": b"a better test report"}
    assert failed(files, MARKET.policy) == ["清单", "内容"]
    assert failed(remanifest(files), MARKET.policy) == ["内容"]


def test_files_beside_the_format_are_refused() -> None:
    assert failed(remanifest({**BUNDLE, "notice.pdf": b"x"}), MARKET.policy) == ["清单"]
    for name in BUNDLE:
        assert failed({other: data for other, data in BUNDLE.items() if other != name}, MARKET.policy)


def test_the_history_of_another_subject_is_refused() -> None:
    manifest = BUNDLE["manifest.json"].replace(b"ach_00000000000000000001", b"ach_00000000000000000002")
    assert failed({**BUNDLE, "manifest.json": manifest}, MARKET.policy) == ["事件链", "内容"]


@pytest.mark.parametrize("name", ["manifest.json", "events.jsonl", "proofs.jsonl", "checkpoints.jsonl"])
@pytest.mark.parametrize(
    "content", [b"", b"\n", b"null\n", b"[]\n", b"{}\n", b"1\n", b"\xff\n", b"[" * 100_000 + b"\n"]
)
def test_nonsense_fails_and_never_crashes(name: str, content: bytes) -> None:
    files = {**BUNDLE, name: content}
    assert failed(files if name == "manifest.json" else remanifest(files), MARKET.policy)

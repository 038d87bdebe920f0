"""A witness over real HTTP: what extends is signed, whatever else is refused and remembered by nobody."""

import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from nacl.signing import SigningKey

from marketplace.evidence import verifier, witness
from marketplace.evidence.bundle import verifier_source
from marketplace.evidence.checkpoints import make_checkpoint
from marketplace.evidence.keys import LogKey
from marketplace.evidence.leaves import leaf_data
from marketplace.evidence.merkle import MemoryNodes, Tree
from marketplace.evidence.notes import encode, open_note, parse_vkey, sign_note
from tests.evidence.servers import serving

ORIGIN, NAME = "log.market.example/2026", "witness.univ.example"
LOG = LogKey(ORIGIN, SigningKey(bytes(range(32))))


class Log:
    """A log as its operator holds it: it can be grown, rolled back and written anew."""

    def __init__(self, word: str = "leaf") -> None:
        self.tree, self.word = Tree(MemoryNodes()), word

    def grow(self, count: int) -> "Log":
        start = self.tree.size()
        self.tree.append_many(leaf_data(f"{self.word} {number}") for number in range(start, start + count))
        return self

    def request(self, old: int, proof: list[bytes] | None = None, note: str = "") -> str:
        size = self.tree.size()
        if proof is None:
            proof = self.tree.consistency(old, size) if 0 < old < size else []
        lines = [f"old {old}", *map(encode, proof), "", note or make_checkpoint(self.tree, LOG)]
        return "\n".join(lines)


class Organisation:
    """A witness's own folder, and the program on it; `start` may be called again after a crash."""

    def __init__(self, folder: Path) -> None:
        self.key, self.state = folder / "key", folder / "state"

    def start(self, name: str = NAME) -> witness.Witness:
        named = witness.load_key(self.key, self.state, name)
        log = witness.parse_log_key(str(LOG.verifier))
        return witness.Witness(*named, [log], witness.State(self.state), lambda: 1_790_000_000)


@pytest.fixture
def organisation(tmp_path: Path) -> Organisation:
    return Organisation(tmp_path)


@pytest.fixture
def url(organisation: Organisation) -> Iterator[str]:
    with serving(witness.handler_of(organisation.start())) as address:
        yield address


def post(url: str, body: str | bytes, path: str = "/add-checkpoint") -> tuple[int, str, str]:
    data = body if isinstance(body, bytes) else body.encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(url + path, data), timeout=10) as answer:
            return answer.status, answer.read().decode(), answer.headers["Content-Type"]
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode(), error.headers["Content-Type"]


def test_what_extends_is_signed(url: str, organisation: Organisation) -> None:
    log, key = Log().grow(5), parse_vkey(organisation.start().key.vkey)
    note = make_checkpoint(log.tree, LOG)
    status, lines, _ = post(url, log.request(0))
    assert status == 200
    assert open_note(note + lines, [key]).signatures[key] == 1_790_000_000
    for more in (1, 2, 8, 100):
        old = log.tree.size()
        assert post(url, log.grow(more).request(old))[0] == 200
    assert (
        post(url, log.request(log.tree.size()))[0] == 200
    )  # the same again: a lost answer may be asked for again
    assert json.loads(organisation.state.read_text())[ORIGIN][0] == 116


def test_the_lines_satisfy_the_verifier(url: str, organisation: Organisation) -> None:
    log = Log().grow(9)
    lines = post(url, log.request(0))[1]
    policy = f"log {LOG.verifier}\nwitness w {organisation.start().key.vkey}\nquorum w\n"
    checkpoint = verifier.open_checkpoint(make_checkpoint(log.tree, LOG) + lines, verifier.Policy(policy))
    assert (checkpoint.size, checkpoint.witnessed) == (9, 1_790_000_000)


def test_another_size_than_it_signed_last_is_answered_with_that_size(url: str) -> None:
    log = Log().grow(5)
    post(url, log.request(0))
    assert post(url, log.grow(3).request(0)) == (409, "5\n", "text/x.tlog.size")
    assert post(url, log.request(7))[:2] == (409, "5\n")


def test_a_log_that_is_rolled_back_is_refused(url: str) -> None:
    post(url, Log().grow(9).request(0))
    for old in (0, 4):
        assert post(url, Log().grow(4).request(old))[:2] == (409, "9\n")
    assert post(url, Log().grow(4).request(9))[0] == 400


def test_a_fork_is_refused(url: str, organisation: Organisation) -> None:
    true, fork = Log().grow(6), Log("another").grow(6)
    post(url, true.request(0))
    assert post(url, fork.request(6))[:2] == (409, "6\n")
    assert post(url, fork.grow(3).request(6))[0] == 422
    assert post(url, fork.request(6, true.grow(3).tree.consistency(6, 9)))[0] == 422
    assert post(url, fork.request(0))[0] == 409
    assert json.loads(organisation.state.read_text())[ORIGIN][0] == 6
    assert post(url, true.request(6))[0] == 200


def test_a_wrong_proof_is_refused(url: str) -> None:
    log = Log().grow(7)
    assert post(url, log.request(0, [bytes(32)]))[0] == 422
    post(url, log.request(0))
    proof = log.grow(6).tree.consistency(7, 13)
    for wrong in ([], proof[:-1], [*proof, bytes(32)], proof[::-1]):
        assert post(url, log.request(7, wrong))[0] == 422
    assert post(url, log.request(7, proof))[0] == 200


def test_proofs_are_judged_as_the_verifier_judges_them() -> None:
    log = Log().grow(40)
    roots = [log.tree.root(size) for size in range(41)]
    for old, new in [(some, size) for size in range(1, 41) for some in range(size + 1)]:
        proof = log.tree.consistency(old, new) if old else []
        assert witness.extends(old, roots[old], new, roots[new], proof)
        assert old == 0 or not witness.extends(old, roots[old - 1], new, roots[new], proof)
        assert old == 0 or not witness.extends(old, roots[old], new, bytes(32), proof)


def test_the_parallel_log_of_another_key_is_refused(url: str) -> None:
    log = Log().grow(3)
    stranger = LogKey(ORIGIN, SigningKey.generate())
    assert post(url, log.request(0, note=make_checkpoint(log.tree, stranger)))[0] == 403
    elsewhere = LogKey("log.elsewhere.example", LOG.signing)
    assert post(url, log.request(0, note=make_checkpoint(log.tree, elsewhere)))[0] == 404
    text, _, lines = make_checkpoint(log.tree, LOG).partition("\n\n")
    assert post(url, log.request(0, note=f"{text}x\n\n{lines}"))[0] in {400, 403}
    other = make_checkpoint(Log("another").grow(3).tree, LOG).partition("\n\n")[2]
    assert post(url, log.request(0, note=f"{text}\n\n{other}"))[0] == 403


@pytest.mark.parametrize(
    "body",
    [
        b"", b"old 0", b"old 0\n\n", b"old -1\n\nx", b"old 00\n\nx", b"new 0\n\nx", b"\xff\n\n",
        Log().grow(2).request(0).replace("old 0", "old x").encode(),
        Log().grow(2).request(0).replace("\n2\n", "\n02\n").encode(),
        Log().grow(2).request(0).replace("\u2014", "-").encode(),
        Log().grow(2).request(1, [bytes(32)] * 64).encode(),
        Log().grow(2).request(1, [bytes(31)]).encode(),
        b"old 0\n\n" + sign_note(ORIGIN, LOG.signing, f"{ORIGIN}\n2\n").encode(),
    ],
)  # fmt: skip
def test_nonsense_is_refused_in_words(url: str, body: bytes) -> None:
    assert post(url, body)[0] == 400
    assert post(url, Log().grow(2).request(0))[0] == 200


def test_other_addresses_and_large_requests_are_refused(url: str) -> None:
    assert post(url, Log().grow(2).request(0), "/")[0] == 404
    assert post(url, b"x" * (witness.MOST_BYTES + 1))[0] == 413


def test_requests_that_come_together_are_signed_one_after_the_other(
    url: str, organisation: Organisation
) -> None:
    log = Log().grow(4)
    post(url, log.request(0))
    bodies = [Log().grow(4 + more).request(4) for more in range(1, 9)]
    answers: list[int] = []
    threads = [Thread(target=lambda body=body: answers.append(post(url, body)[0])) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200] + [409] * 7
    assert json.loads(organisation.state.read_text())[ORIGIN][0] > 4


def test_what_was_signed_is_known_after_a_crash(organisation: Organisation) -> None:
    log = Log().grow(5)
    with serving(witness.handler_of(organisation.start())) as url:
        post(url, log.request(0))
    with serving(witness.handler_of(organisation.start(""))) as url:
        assert post(url, Log("another").grow(9).request(0))[:2] == (409, "5\n")
        assert post(url, log.grow(4).request(5))[0] == 200


def test_what_cannot_be_written_is_not_signed(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = organisation.start()

    def full(path: Path, text: str) -> None:
        raise OSError("no space left on the device")

    monkeypatch.setattr(witness, "write_whole", full)
    with pytest.raises(OSError, match="no space"):
        started.add_checkpoint(Log().grow(5).request(0).encode())
    assert started.state.head(ORIGIN)[0] == 0


def test_a_witness_that_lost_its_state_does_not_start(organisation: Organisation) -> None:
    organisation.start()
    assert organisation.key.stat().st_mode & 0o777 == 0o600
    kept = organisation.state.read_text()
    organisation.state.unlink()
    with pytest.raises(ValueError, match="start anew"):
        organisation.start()
    organisation.state.write_text(kept)
    with pytest.raises(ValueError, match="belongs to"):
        organisation.start("witness.other.example")
    organisation.key.chmod(0o644)
    with pytest.raises(ValueError, match="chmod 600"):
        organisation.start()


def test_the_file_runs_alone(tmp_path: Path) -> None:
    (tmp_path / "witness.py").write_bytes(Path(witness.__file__).read_bytes())
    words = [
        "--name",
        NAME,
        "--key",
        "key",
        "--state",
        "state",
        "--log",
        str(LOG.verifier),
        "--listen",
        "127.0.0.1:0",
    ]
    process = subprocess.Popen(
        [sys.executable, "-I", "witness.py", *words],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        key = parse_vkey(process.stdout.readline().strip())
        address = process.stdout.readline().strip()
        log = Log().grow(3)
        status, lines, _ = post(address, log.request(0), "")
        assert status == 200
        assert list(open_note(make_checkpoint(log.tree, LOG) + lines, [key]).signatures) == [key]
    finally:
        process.terminate()
        process.communicate()
    assert b"witness" in verifier_source()


@pytest.mark.parametrize("words", [[], ["--log", "x"], ["--listen", "nowhere"]])
def test_wrong_usage_is_exit_status_2(tmp_path: Path, words: list[str]) -> None:
    given = ["--key", str(tmp_path / "k"), "--state", str(tmp_path / "s"), "--log", str(LOG.verifier)]
    with pytest.raises(SystemExit) as stopped:
        witness.main([*given, "--name", NAME if words else "a b", *words])
    assert stopped.value.code == 2

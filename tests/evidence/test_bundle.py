"""A bundle as made, and its verifier as a reader runs it."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from marketplace.evidence import verifier
from marketplace.evidence.bundle import BundleError, build_bundle, named_digests, relevant_sizes, write_bundle
from marketplace.evidence.notes import Proof, proof_text
from tests.evidence.market import ATTACHMENT, SUBJECT, Market, a_published_achievement, digest

MARKET = a_published_achievement()
BUNDLE = MARKET.bundle()


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    """A folder with the bundle, a policy from elsewhere, and the verifier taken out of the bundle."""
    with (tmp_path / "bundle.zip").open("wb") as target:
        write_bundle(BUNDLE, target)
    (tmp_path / "policy").write_text(MARKET.policy)
    with zipfile.ZipFile(tmp_path / "bundle.zip") as archive:
        archive.extract("zsverify.py", tmp_path)
    return tmp_path


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-I", "zsverify.py", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout + done.stderr


def proof_file(market: Market, number: int) -> dict[str, object]:
    opened = market.events[number]
    path = market.tree.inclusion(opened.index, market.tree.size())
    return {**opened.opening, "proof": proof_text(Proof(opened.index, tuple(path), market.notes[-1]))}


def test_every_claim_about_a_true_bundle_holds() -> None:
    report = verifier.verify_files(BUNDLE, MARKET.policy, MARKET.head)
    assert report.holds, report.lines()
    assert [claim.name for claim in report.claims] == ["清单", "检查点", "事件链", "内容"]
    assert f"链首 chain head: {MARKET.head}" in report.facts


def test_the_verifier_in_the_zip_runs_alone(unpacked: Path) -> None:
    status, output = run(unpacked, "bundle.zip", "--policy", "policy", "--head", MARKET.head)
    assert status == 0, output
    assert output.count("PASS") == 5
    assert digest(MARKET.policy.encode()) in output


def test_the_verifier_says_no_with_exit_status_1(unpacked: Path) -> None:
    (unpacked / "policy").write_text(a_published_achievement(seed=2).policy)
    status, output = run(unpacked, "bundle.zip", "--policy", "policy")
    assert status == 1
    assert "FAIL 检查点" in output
    assert output.endswith("结论 RESULT: FAIL\n")


def test_wrong_usage_is_exit_status_2(unpacked: Path) -> None:
    assert run(unpacked, "bundle.zip")[0] == 2
    assert run(unpacked, "bundle.zip", "--policy", "missing")[0] == 2


def test_a_file_that_is_not_a_zip_fails_without_a_traceback(unpacked: Path) -> None:
    (unpacked / "bundle.zip").write_bytes(b"PK\x03\x04 not really")
    status, output = run(unpacked, "bundle.zip", "--policy", "policy")
    assert status == 1
    assert "FAIL 读取" in output
    assert "Traceback" not in output


def test_the_proof_of_one_event_is_verified_alone(unpacked: Path) -> None:
    (unpacked / "proof.json").write_text(json.dumps(proof_file(MARKET, 3), indent=1))
    status, output = run(unpacked, "proof", "proof.json", "--policy", "policy")
    assert status == 0, output
    assert "achievement.published" in output


@pytest.mark.parametrize(
    ("find", "replace", "claim"),
    [
        ('"published"', '"withdrawn"', "事件"),
        ('"n": 4', '"n": 5', "事件"),
        ('"salt": "', '"salt": "A', "事件"),
        (r"index ", r"index 1", "事件"),
        (r"\nindex", r"\nextra AAAA\nindex x", "事件"),
        (r"2026\n", r"2027\n", "检查点"),
        ('"proof"', '"proof": "", "proof"', "读取"),
        ('"salt"', '"pepper"', "读取"),
    ],
)
def test_a_changed_proof_fails_its_claim(find: str, replace: str, claim: str) -> None:
    text = json.dumps(proof_file(MARKET, 3))
    assert find in text
    report = verifier.verify_proof(text.replace(find, replace).encode(), MARKET.policy)
    assert claim in [found.name for found in report.claims if not found.holds]


def test_a_zip_with_one_name_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "twice.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in BUNDLE:
            archive.writestr(name, BUNDLE[name])
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("events.jsonl", BUNDLE["events.jsonl"])
    report = verifier.verify_bundle(str(path), MARKET.policy)
    assert "文件名重复" in report.claims[0].detail


def test_equal_input_gives_an_equal_zip() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    write_bundle(BUNDLE, first)
    write_bundle(a_published_achievement().bundle(), second)
    assert first.getvalue() == second.getvalue()


def test_contents_may_be_left_out_while_their_digests_stay() -> None:
    market = a_published_achievement()
    market.contents = [ATTACHMENT]
    report = verifier.verify_files(market.bundle(), market.policy)
    assert report.holds
    assert "2 个摘要未附文件" in report.claims[-1].detail


def test_a_bundle_needs_events_in_a_checkpoint() -> None:
    with pytest.raises(BundleError, match="no event"):
        build_bundle(SUBJECT, [], MARKET.tree, MARKET.notes, [], MARKET.policy)
    for notes in ([], MARKET.notes[:1], MARKET.notes[:2]):
        with pytest.raises(BundleError, match="not in a checkpoint"):
            build_bundle(SUBJECT, MARKET.events, MARKET.tree, notes, [], MARKET.policy)


def test_a_bundle_carries_only_the_checkpoints_that_date_its_events() -> None:
    assert relevant_sizes(range(10, 1000, 10), [55, 57, 300]) == [50, 60, 300, 310, 990]
    assert relevant_sizes([3, 9], [0]) == [3, 9]
    assert relevant_sizes([], [5]) == []


def test_digests_are_found_wherever_they_stand_in_the_data() -> None:
    a, b = digest(b"a"), digest(b"b")
    assert (
        named_digests({"x": a, "y": [{"z": b}, a.upper(), 7, None]})
        == {a, b}
        == verifier.digests_in({"p": [a, {"q": b}]})
    )

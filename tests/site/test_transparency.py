"""The public log: proofs that hold offline, a feed without gaps, and nothing in it that is not public."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.site.markup import words

PUBLIC_KINDS = {"achievement.published", "achievement.withdrawn", "achievement.taken_down"}


@pytest.fixture
def kit(client, tmp_path):
    """Downloads the verifier and the policy as a visitor would; `kit(proof)` runs it alone and gives its answer."""
    for name in ("zsverify.py", "policy.txt"):
        answer = client.get(f"/transparency/{name}")
        assert answer.status_code == 200
        (tmp_path / name).write_bytes(answer.data)

    def verify(proof: bytes) -> subprocess.CompletedProcess[str]:
        file = Path(tmp_path / "given.proof.json")
        file.write_bytes(proof)
        command = [sys.executable, "-I", "zsverify.py", "proof", file.name, "--policy", "policy.txt"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env={}, check=False)

    return verify


def test_the_proof_of_a_publication_holds_offline(client, desk, drain, kit):
    made = desk.published()
    drain()
    answer = client.get(f"/achievements/{made}/proof.json")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].endswith('.proof.json"')
    done = kit(answer.data)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "RESULT: PASS" in done.stdout
    fingerprint = hashlib.sha256(client.get("/transparency/policy.txt").data).hexdigest()
    assert fingerprint in done.stdout
    assert fingerprint in client.get("/transparency").text


def test_a_proof_with_another_content_fails(client, desk, drain, kit):
    made = desk.published()
    drain()
    proof = client.get(f"/achievements/{made}/proof.json").json
    proof["event"]["data"]["content"] = "0" * 64
    done = kit(json.dumps(proof).encode())
    assert done.returncode == 1
    assert "FAIL" in done.stdout


def test_a_proof_waits_for_its_checkpoint(client, desk, drain):
    made = desk.published()
    assert client.get(f"/achievements/{made}/proof.json").status_code == 409
    drain()
    assert client.get(f"/achievements/{made}/proof.json").status_code == 200


def test_the_proof_is_of_the_version_now_public(client, desk, drain):
    made = desk.published()
    desk.save(made, title="改过的气体传感阵列")
    desk.submit(made)
    drain()
    assert client.get(f"/achievements/{made}/proof.json").json["event"]["data"]["revision"] == 1
    desk.publish(made)
    drain()
    proof = client.get(f"/achievements/{made}/proof.json").json
    assert proof["event"]["data"]["revision"] == 2
    assert proof["event"]["data"]["content"] == desk.public(made).digest


def test_what_was_never_public_has_no_proof(client, desk, drain):
    made = desk.submitted()
    drain()
    assert client.get(f"/achievements/{made}/proof.json").status_code == 404


def test_the_feed_has_every_public_fact_once_and_nothing_else(client, desk):
    published = [desk.published(title=f"成果 {number}") for number in range(3)]
    desk.withdraw(published[0])
    desk.submitted(title="不公开的成果")
    seen, after = [], -1
    while True:
        answer = client.get(f"/api/v1/changes?after={after}").json
        seen += [(fact["kind"], fact["subject"]) for fact in answer["items"]]
        if answer["next"] == after:
            break
        after = answer["next"]
    assert {kind for kind, _ in seen} <= PUBLIC_KINDS
    expected = [("achievement.published", made) for made in published]
    assert seen == [*expected, ("achievement.withdrawn", published[0])]


def test_the_feed_goes_on_where_the_reader_stopped(client, desk):
    desk.published(title="第一项")
    position = client.get("/api/v1/changes").json["next"]
    later = desk.published(title="第二项")
    answer = client.get(f"/api/v1/changes?after={position}").json
    assert [fact["subject"] for fact in answer["items"]] == [later]
    assert all(fact["position"] > position for fact in answer["items"])


def test_the_feed_names_nobody(client, desk, cast):
    desk.published()
    text = client.get("/api/v1/changes").text
    assert not [member.user_id for member in cast.members.values() if member.user_id in text]


@pytest.mark.parametrize("path", ["changes?after=-2", "changes?after=1e99", "log/entries?start=-1"])
def test_positions_out_of_reach_are_refused(client, path):
    assert client.get(f"/api/v1/{path}").status_code == 422


def test_leaves_come_in_ranges_and_the_checkpoint_counts_them(client, desk, drain):
    desk.published()
    drain()
    checkpoint = client.get("/api/v1/log/checkpoint")
    assert checkpoint.mimetype == "text/plain"
    size = int(checkpoint.text.splitlines()[1])
    leaves = client.get("/api/v1/log/entries").json["entries"]
    assert len(leaves) == size
    assert client.get(f"/api/v1/log/entries?start=1&end={size}").json["entries"] == leaves[1:]
    assert client.get("/api/v1/log/entries?start=3&end=1").json["entries"] == []
    assert client.get(f"/api/v1/log/proof/{size - 1}").text.startswith("c2sp.org/tlog-proof@v1")
    assert client.get(f"/api/v1/log/proof/{size}").status_code == 409


def test_an_empty_log_has_no_checkpoint_and_the_page_says_so(client):
    assert client.get("/api/v1/log/checkpoint").status_code == 404
    assert "还没有检查点" in words(client.get("/transparency"))


def test_the_page_says_what_the_log_does_not_prove(client, desk, drain):
    desk.published()
    drain()
    text = words(client.get("/transparency"))
    assert "日志不能证明什么" in text
    assert client.get("/api/v1/log/checkpoint").text.splitlines()[2] in text

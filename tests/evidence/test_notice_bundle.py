"""A notice's bundle as a reader runs it, and as the site gives it out of its own journal."""

import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from flask import Flask

from marketplace.core.context import SYSTEM, Actor, Context
from marketplace.core.db import db
from marketplace.core.files import FileStore
from marketplace.core.journal import Entry, entries_of, record
from marketplace.evidence import verifier
from marketplace.evidence.bundle import write_bundle
from marketplace.evidence.keys import LogKey, LogKeyError, load_log_key
from marketplace.evidence.notes import NoteError, cosign_line, note_text
from marketplace.evidence.queries import bundle_of
from marketplace.evidence.receipts import (
    Receipt,
    load_receipt_key,
    open_receipt,
    receipt_key_path,
    sign_receipt,
)
from marketplace.evidence.services import seal
from marketplace.evidence.store import Checkpoint, latest_checkpoint
from marketplace.evidence.trust import policy_text, site_policy
from marketplace.evidence.verifier import Held
from tests.evidence.market import digest
from tests.evidence.notices import OBJECTION, NoticeMarket, Story

Work = Callable[[Actor], AbstractContextManager[Context]]
ORIGIN = "log.market.example/2026"
SUBJECT = "ntc_00000000000000000001"


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-I", "-S", "zsverify.py", "bundle.zip", "--policy", "policy", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout + done.stderr


def test_the_verifier_of_the_bundle_judges_it_alone(tmp_path: Path) -> None:
    market = NoticeMarket(Story()).tell()
    files = market.bundle()
    with (tmp_path / "bundle.zip").open("wb") as target:
        write_bundle(files, target)
    (tmp_path / "zsverify.py").write_bytes(files["zsverify.py"])
    (tmp_path / "policy").write_text(market.policy)
    (tmp_path / "receipt").write_text(market.receipts[0])
    (tmp_path / "note").write_text(market.kept[7])
    status, output = run(tmp_path, "--head", market.head, "--receipt", "receipt", "--note", "note")
    assert status == 0, output
    assert output.count("PASS") == 12
    (tmp_path / "receipt").write_text(NoticeMarket(Story(), seed=2).tell().receipts[0])
    status, output = run(tmp_path, "--receipt", "receipt")
    assert status == 1
    assert "FAIL 异议" in output
    assert output.count("FAIL") == 2
    assert run(tmp_path, "--receipt", "missing")[0] == 2


def filed(ctx: Context, files: FileStore) -> None:
    """A notice that has just been objected to, in the journal of a site."""
    text = files.put("成果名称：涂层\n".encode()).digest
    minutes = files.put(b"minutes").digest
    record(ctx, "notice.started", SUBJECT, {"text": text, "decision": {"minutes": minutes}})
    record(
        ctx, "notice.objected", SUBJECT, {"objection": OBJECTION, "digest": files.put(b"objection").digest}
    )
    record(
        ctx,
        "notice.objection_decided",
        SUBJECT,
        {"objection": OBJECTION, "reasons": files.put(b"reasons").digest},
    )


def contents(members: dict[str, bytes]) -> set[bytes]:
    return {content for name, content in members.items() if name.startswith("files/")}


def test_minutes_objections_and_reasons_stay_out_of_every_bundle(
    app: Flask, ctx_for: Work, tmp_path: Path
) -> None:
    files, key = FileStore(tmp_path / "files"), load_log_key(tmp_path, ORIGIN)
    with app.app_context():
        with ctx_for(SYSTEM) as ctx:
            filed(ctx, files)
            seal(ctx, key)
        policy = site_policy(tmp_path, key)
        text = "成果名称：涂层\n".encode()
        members = bundle_of(db.session(), SUBJECT, files, policy)
        assert contents(members) == {text}
        assert members == bundle_of(db.session(), SUBJECT, files, policy)
        assert contents(bundle_of(db.session(), SUBJECT, files, policy, withheld=[digest(text)])) == set()
        report = verifier.verify_files(members, policy)
        assert report.authentic
        assert not report.holds  # the notice has not ended


def test_a_bundle_takes_the_checkpoints_that_witnesses_have_signed(
    app: Flask, ctx_for: Work, tmp_path: Path
) -> None:
    market, key = NoticeMarket(Story()), load_log_key(tmp_path, ORIGIN)
    with app.app_context():
        for number in range(9):
            with ctx_for(SYSTEM) as ctx:
                record(ctx, "thing.done", SUBJECT if number in {2, 3, 6} else "thg_1", {"number": number})
                seal(ctx, key)
        with ctx_for(SYSTEM) as ctx:
            for size in (2, 5, 6, 8):
                cosign(ctx, market, size)
        policy = policy_of(market, key)
        members = bundle_of(db.session(), SUBJECT, None, policy)
        sizes = [line.split(b"\\n")[1] for line in members["checkpoints.jsonl"].splitlines()]
        assert sizes == [b"2", b"5", b"6", b"8"]
        assert verifier.verify_files(members, policy.replace("ntc", "")).authentic


def cosign(ctx: Context, market: NoticeMarket, size: int) -> None:
    checkpoint = ctx.session.get_one(Checkpoint, size)
    for name, signing in market.witnesses.items():
        checkpoint.note += cosign_line(name, signing, note_text(checkpoint.note), int(ctx.now.timestamp()))


def policy_of(market: NoticeMarket, key: LogKey) -> str:
    witnesses = [
        line for line in market.policy.splitlines() if line.startswith(("witness ", "group ", "quorum "))
    ]
    return "\n".join([f"log {key.verifier}", *witnesses]) + "\n"


def test_a_receipt_is_found_in_the_chain_it_belongs_to(app: Flask, ctx_for: Work, tmp_path: Path) -> None:
    files, key = FileStore(tmp_path / "files"), load_log_key(tmp_path, ORIGIN)
    with app.app_context():
        with ctx_for(SYSTEM) as ctx:
            filed(ctx, files)
            entry = entries_of(ctx.session, SUBJECT)[1]
            receipt = Receipt(
                OBJECTION, SUBJECT, ctx.now, entry.position, entry.commitment, digest(b"objection")
            )
            note = sign_receipt(tmp_path, ORIGIN, receipt.lines)
            seal(ctx, key)
        policy = site_policy(tmp_path, key)
        held = Held(receipts=[note])
        members = bundle_of(db.session(), SUBJECT, files, policy)
        bundle = verifier.Bundle(members, verifier.Policy(policy), held)
        for _, _, examine in verifier.CLAIMS:
            examine(bundle)
        found = verifier.objections_of(verifier.Notice(bundle))
        verifier.check_receipt(bundle, found, note)
        assert open_receipt(note, load_receipt_key(tmp_path, ORIGIN).verifier) == receipt
        assert isinstance(entry, Entry)
        newest = latest_checkpoint(db.session())
        assert newest is not None


def test_the_key_of_receipts_is_not_the_key_of_the_log(tmp_path: Path) -> None:
    log, receipts = load_log_key(tmp_path, ORIGIN), load_receipt_key(tmp_path, ORIGIN)
    assert bytes(log.signing) != bytes(receipts.signing)
    assert receipts.verifier == load_receipt_key(tmp_path, ORIGIN).verifier
    assert receipts.verifier.name == f"{ORIGIN}/receipt"
    assert f"# receipt {receipts.verifier}\n" in site_policy(tmp_path, log)
    assert verifier.Policy(site_policy(tmp_path, log)).receipts
    assert policy_text(log.verifier) in site_policy(tmp_path, log)
    assert receipt_key_path(tmp_path).stat().st_mode & 0o777 == 0o600
    receipt_key_path(tmp_path).chmod(0o644)
    with pytest.raises(LogKeyError, match="chmod 600"):
        load_receipt_key(tmp_path, ORIGIN)


@pytest.mark.parametrize(
    "lines", [[], ["receipt/v1"], ["receipt/v2", *"123456"], ["receipt/v1", "a\nb", *"12345"]]
)
def test_lines_that_are_no_receipt_are_not_signed(tmp_path: Path, lines: list[str]) -> None:
    with pytest.raises(NoteError):
        sign_receipt(tmp_path, ORIGIN, lines)


@pytest.mark.parametrize(
    "lines", [["receipt/v1", "a", "b", "today", "7", "c", "d"], ["receipt/v1", "a"], ["x"] * 7]
)
def test_a_note_that_is_no_receipt_is_not_read_as_one(tmp_path: Path, lines: list[str]) -> None:
    key = load_receipt_key(tmp_path, ORIGIN)
    with pytest.raises(NoteError):
        open_receipt(key.sign("\n".join(lines) + "\n"), key.verifier)

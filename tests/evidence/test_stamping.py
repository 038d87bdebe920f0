"""Time stamps: a real authority stamps the checkpoint of the day, and what it does not stamp holds nothing up."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from flask import Flask, current_app
from nacl.signing import SigningKey
from sqlalchemy import select

from marketplace.core.clock import FrozenClock
from marketplace.core.context import SYSTEM, Actor, Context
from marketplace.core.db import db
from marketplace.core.journal import record
from marketplace.core.relay import drain
from marketplace.core.runtime import EXTENSION, runtime
from marketplace.evidence import verifier
from marketplace.evidence.bundle import with_papers, write_bundle
from marketplace.evidence.consumer import tree_consumer
from marketplace.evidence.keys import load_log_key
from marketplace.evidence.notes import COSIGNATURE_V1, cosign_line, note_text, verifier_key
from marketplace.evidence.queries import bundle_of
from marketplace.evidence.stamping import Stamping, authorities_path
from marketplace.evidence.stamps import Stamp
from marketplace.evidence.store import Checkpoint, latest_checkpoint
from marketplace.evidence.trust import policy_text, site_policy
from marketplace.settings import Settings
from marketplace.worker import _stamping
from tests.evidence.authority import Authority
from tests.evidence.servers import serving

Work = Callable[[Actor], AbstractContextManager[Context]]
SUBJECT = "thg_1"


class Down(BaseHTTPRequestHandler):
    """An authority that fails."""

    def do_POST(self) -> None:
        self.send_error(503)


@pytest.fixture(scope="session")
def authority(tmp_path_factory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="session")
def other(tmp_path_factory) -> Authority:
    """One whose root the site does not know."""
    return Authority(tmp_path_factory.mktemp("other"), "Other")


class Site:
    """A site whose relay feeds the log; its clock begins now, for the authority stamps with the time of the machine."""

    def __init__(self, work: Work, clock: FrozenClock, authority: Authority) -> None:
        settings = runtime().settings
        self.data, self.work, self.clock = settings.data, work, clock
        runtime().registry.consumers[:] = [tree_consumer(settings.data, settings.log_origin)]
        clock.move_to(datetime.now(UTC))
        self.policy = site_policy(settings.data, load_log_key(settings.data, settings.log_origin))
        authorities_path(self.data).write_bytes(authority.root.read_bytes())

    def happens(self) -> int:
        """Something is recorded and sealed; the size of the log."""
        with self.work(SYSTEM) as ctx:
            record(ctx, "thing.done", SUBJECT)
        db.session.rollback()
        drain()
        newest = latest_checkpoint(db.session())
        assert newest is not None
        return newest.size

    def asking(self, *urls: str) -> Stamping:
        return Stamping(urls, self.data)

    def stamped(self) -> list[int]:
        db.session.rollback()
        return list(db.session.scalars(select(Stamp.size).order_by(Stamp.size)))

    def bundle(self) -> dict[str, bytes]:
        db.session.rollback()
        return bundle_of(db.session(), SUBJECT, None, self.policy)


@pytest.fixture
def site(app: Flask, ctx_for: Work, clock: FrozenClock, authority: Authority) -> Iterator[Site]:
    with app.app_context():
        yield Site(ctx_for, clock, authority)


@pytest.fixture
def url(authority) -> Iterator[str]:
    with serving(authority.door) as address:
        yield address


def failed(report: verifier.Report) -> list[str]:
    return [claim.name for claim in report.claims if not claim.holds]


def test_the_newest_checkpoint_is_stamped_once_a_day(site: Site, url: str) -> None:
    asking = site.asking(url)
    assert not asking.round()  # nothing is sealed yet
    first = site.happens()
    assert asking.round()
    site.happens()
    assert not asking.round()
    assert site.stamped() == [first]
    site.clock.move_to(site.clock.now() + timedelta(days=1))
    later = site.happens()
    assert asking.round()
    site.clock.move_to(site.clock.now() + timedelta(days=1))
    assert not asking.round()  # the log has not grown
    assert site.stamped() == [first, later]


def test_what_is_stamped_is_the_text_of_the_checkpoint(site: Site, url: str) -> None:
    size = site.happens()
    site.asking(url).round()
    stamp = db.session.scalars(select(Stamp)).one()
    note = db.session.get_one(Checkpoint, size).note
    assert verifier.read_stamp(stamp.answer).digest == sha256(note_text(note).encode()).digest()
    assert abs(stamp.said_at - datetime.now(UTC)) < timedelta(minutes=1)
    assert (stamp.authority, stamp.at) == (url, site.clock.now())


def test_an_authority_that_is_down_holds_nothing_up_and_is_asked_again_later(
    site: Site, url: str, caplog
) -> None:
    with serving(Down) as down:
        asking = site.asking(down)
        size = site.happens()
        assert not asking.round()
        assert "503" in caplog.text
        caplog.clear()
        assert not asking.round()
        assert not caplog.text  # it is left alone for a while
        assert site.happens() > size
        asking.urls = (down, url)
        site.clock.move_to(site.clock.now() + timedelta(seconds=5))
        assert asking.round()
    assert site.stamped() == [size + 1]


@pytest.mark.parametrize("wrong", ["nobody", "unknown root", "another digest", "no stamp"])
def test_an_answer_that_openssl_refuses_is_not_kept(site: Site, authority, other, wrong: str, caplog) -> None:
    query = site.data / "query"
    subprocess.run(["openssl", "ts", "-query", "-digest", "00" * 32, "-sha256", "-out", query], check=True)
    replies = {"another digest": authority.answer(query.read_bytes()), "no stamp": b"<html>"}

    class Wrong(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(replies[wrong])

    site.happens()
    with serving(other.door if wrong == "unknown root" else Wrong) as address:
        assert not site.asking("http://127.0.0.1:9" if wrong == "nobody" else address).round()
    assert site.stamped() == []
    assert "has not stamped" in caplog.text


@pytest.mark.usefixtures("site")
def test_the_worker_asks_only_where_an_authority_is_set(tmp_path: Path) -> None:
    assert list(_stamping()) == []
    current_app.extensions[EXTENSION].settings = Settings(data=tmp_path, timestamps=("http://tsa.example",))
    assert len(list(_stamping())) == 1


def test_a_bundle_carries_the_stamps_that_date_its_events(
    site: Site, url: str, authority, tmp_path: Path
) -> None:
    asking = site.asking(url)
    first = site.happens()
    asking.round()
    site.clock.move_to(site.clock.now() + timedelta(days=1))
    site.happens()
    with site.work(SYSTEM) as ctx:
        record(ctx, "thing.done", "thg_2")
    files = site.bundle()
    assert [name for name in files if name.startswith("timestamps/")] == [f"timestamps/{first}.tsr"]
    report = verifier.verify_files(files, site.policy)
    assert report.holds, "\n".join(report.lines())
    told = next(claim.detail for claim in report.claims if claim.name == "时间戳")
    command = told.partition("openssl ")[2]
    assert "签名未由本程序核对" in told
    with (tmp_path / "bundle.zip").open("wb") as target:
        write_bundle(files, target)
    (tmp_path / "timestamps").mkdir()
    (tmp_path / f"timestamps/{first}.tsr").write_bytes(files[f"timestamps/{first}.tsr"])
    (tmp_path / "CA.pem").write_bytes(authority.root.read_bytes())
    done = subprocess.run(["openssl", *command.split()], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_stamp_over_a_checkpoint_without_its_witnesses_stays_out(site: Site, url: str) -> None:
    log, key = load_log_key(site.data, runtime().settings.log_origin), SigningKey.generate()
    witness = verifier_key("witness.univ.example", key, COSIGNATURE_V1)
    site.policy = policy_text(log.verifier, {"w": witness}, 1)
    stamped = site.happens()
    assert site.asking(url).round()
    cosigned = site.happens()
    with site.work(SYSTEM) as ctx:
        newest = ctx.session.get_one(Checkpoint, cosigned)
        newest.note += cosign_line(witness.name, key, note_text(newest.note), 1_800_000_000)
    assert not [name for name in site.bundle() if name.startswith("timestamps/")]
    with site.work(SYSTEM) as ctx:
        first = ctx.session.get_one(Checkpoint, stamped)
        first.note += cosign_line(witness.name, key, note_text(first.note), 1_800_000_000)
    assert f"timestamps/{stamped}.tsr" in site.bundle()


def test_a_stamp_over_something_else_fails(site: Site, url: str) -> None:
    size = site.happens()
    site.asking(url).round()
    files = site.bundle()
    name, answer = f"timestamps/{size}.tsr", files[f"timestamps/{size}.tsr"]
    digest = verifier.read_stamp(answer).digest
    site.happens()
    forged = {
        "another digest": {name: answer.replace(digest, b"\0" * 32)},
        "of no checkpoint": {f"timestamps/{size + 7}.tsr": answer},
        "cut off": {name: answer[:-40]},
        "refused": {name: bytes.fromhex("3005300302010230")[:7]},
        "empty": {name: b""},
    }
    for what, change in forged.items():
        report = verifier.verify_files(with_papers(files, change), site.policy)
        assert failed(report) == ["时间戳"], what


def test_an_event_that_claims_to_be_later_than_its_stamp_fails(site: Site, url: str) -> None:
    site.clock.move_to(site.clock.now() + timedelta(hours=3))
    site.happens()
    site.asking(url).round()
    report = verifier.verify_files(site.bundle(), site.policy)
    assert failed(report) == ["时间戳"]


def test_every_cut_of_a_stamp_is_refused_in_words_or_by_an_error(site: Site, url: str) -> None:
    site.happens()
    site.asking(url).round()
    answer = db.session.scalars(select(Stamp.answer)).one()
    for end in range(len(answer)):
        with pytest.raises((verifier.ClaimError, ValueError, IndexError)):
            verifier.read_stamp(answer[:end])

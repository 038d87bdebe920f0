"""The log and its witnesses: real servers sign what the relay has sealed, and no failure of theirs holds anything up."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from flask import Flask, current_app
from sqlalchemy import select

from marketplace.core.clock import FrozenClock
from marketplace.core.context import SYSTEM, Actor, Context
from marketplace.core.db import db
from marketplace.core.journal import record
from marketplace.core.relay import drain
from marketplace.core.runtime import EXTENSION, runtime
from marketplace.evidence import verifier, witness
from marketplace.evidence.consumer import tree_consumer
from marketplace.evidence.cosigning import Cosigning, WitnessError
from marketplace.evidence.keys import load_log_key
from marketplace.evidence.notes import parse_vkey
from marketplace.evidence.queries import bundle_of
from marketplace.evidence.store import Checkpoint, latest_checkpoint
from marketplace.evidence.trust import policy_path, policy_text
from marketplace.settings import SettingsError, load_settings
from marketplace.worker import _cosigning
from tests.evidence.servers import serving

Work = Callable[[Actor], AbstractContextManager[Context]]


class Deaf(BaseHTTPRequestHandler):
    """A witness that fails."""

    def do_POST(self) -> None:
        self.send_error(500)


class Forger(BaseHTTPRequestHandler):
    """A witness that answers with a line of its own making."""

    line = ""

    def do_POST(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.line.encode())


class Site:
    """A site whose relay feeds the log, and two organisations that witness it."""

    def __init__(self, folder: Path, work: Work, clock: FrozenClock) -> None:
        self.settings, self.work, self.clock, self.folder = runtime().settings, work, clock, folder
        runtime().registry.consumers[:] = [tree_consumer(self.settings.data, self.settings.log_origin)]
        self.log = load_log_key(self.settings.data, self.settings.log_origin)
        started = [self.witness(number) for number in range(2)]
        keys = {f"w{number}": parse_vkey(one.key.vkey) for number, one in enumerate(started)}
        self.policy = policy_text(self.log.verifier, keys, 2)
        policy_path(self.settings.data).write_text(self.policy)

    def witness(self, number: int) -> witness.Witness:
        key, state = self.folder / f"key{number}", self.folder / f"state{number}"
        named = witness.load_key(key, state, f"witness.univ-{number}.example")
        logs = [witness.parse_log_key(str(self.log.verifier))]
        return witness.Witness(*named, logs, witness.State(state), lambda: self.clock.now().timestamp())

    def happens(self, subject: str = "thg_1") -> None:
        with self.work(SYSTEM) as ctx:
            record(ctx, "thing.done", subject)
        db.session.rollback()  # what the test has read before is old now
        drain()

    def asking(self, *urls: str) -> Cosigning:
        return Cosigning(urls, self.settings.data, self.settings.log_origin)

    def met(self) -> list[int]:
        """Sizes of the checkpoints that both witnesses have signed."""
        policy, sizes = verifier.Policy(self.policy), []
        for checkpoint in db.session.scalars(select(Checkpoint).order_by(Checkpoint.size)):
            try:
                verifier.open_checkpoint(checkpoint.note, policy)
            except verifier.ClaimError:
                continue
            sizes.append(checkpoint.size)
        db.session.rollback()
        return sizes


@pytest.fixture
def site(app: Flask, ctx_for: Work, clock: FrozenClock, tmp_path: Path) -> Iterator[Site]:
    with app.app_context():
        yield Site(tmp_path, ctx_for, clock)


@pytest.fixture
def urls(site: Site) -> Iterator[list[str]]:
    with ExitStack() as stack:
        yield [stack.enter_context(serving(witness.handler_of(site.witness(number)))) for number in range(2)]


def test_each_new_checkpoint_gets_the_lines_of_all_witnesses(site: Site, urls: list[str]) -> None:
    asking = site.asking(*urls)
    assert asking.round() == 0  # nothing is sealed yet
    for size in (1, 2, 3):
        site.happens()
        assert asking.round() == 2
        assert asking.round() == 0
        assert site.met() == list(range(1, size + 1))
    newest = latest_checkpoint(db.session())
    assert newest is not None
    assert newest.note.count("\u2014") == 3


def test_a_worker_that_starts_again_learns_where_the_witnesses_are(site: Site, urls: list[str]) -> None:
    site.happens()
    site.asking(*urls).round()
    assert site.asking(*urls).round() == 0  # asked again, and nothing is written twice
    for _ in range(5):
        site.happens()
    assert site.asking(*urls).round() == 2
    assert site.met() == [1, 6]


def test_a_witness_that_is_down_holds_up_nobody_and_is_asked_again(site: Site, urls: list[str]) -> None:
    with serving(Deaf) as deaf:
        asking = site.asking(urls[0], deaf, "http://127.0.0.1:1", urls[1])
        site.happens()
        assert asking.round() == 2
        assert site.met() == [1]
    back = site.asking("http://127.0.0.1:1", urls[1])
    site.happens()
    assert back.round() == 1
    assert site.met() == [1]
    back._witnesses[0].url = urls[0]  # it is there again
    assert back.round() == 0  # but not yet its turn
    site.clock.advance(seconds=3)
    assert back.round() == 1
    assert site.met() == [1, 2]


def test_a_line_that_no_witness_of_the_policy_signed_is_not_kept(site: Site, urls: list[str]) -> None:
    site.happens()
    site.asking(urls[0]).round()
    newest = latest_checkpoint(db.session())
    assert newest is not None
    true = newest.note.splitlines(keepends=True)[-1]
    site.happens()
    for line in (true, "\u2014 nobody AAAA\n", "nonsense", ""):
        Forger.line = line
        with serving(Forger) as url:
            assert site.asking(url).round() == 0
    assert site.met() == []
    newest = latest_checkpoint(db.session())
    assert newest is not None
    assert newest.note.count("\u2014") == 1


def test_a_log_put_back_is_found_out(site: Site, urls: list[str]) -> None:
    for _ in range(3):
        site.happens()
    site.asking(*urls).round()
    for checkpoint in db.session.scalars(select(Checkpoint).where(Checkpoint.size > 1)):
        db.session.delete(checkpoint)
    db.session.commit()
    asking = site.asking(*urls)
    assert asking.round() == 0
    newest = latest_checkpoint(db.session())
    assert newest is not None
    with pytest.raises(WitnessError, match="it has signed a log of 3: this log was put back to 1"):
        asking._cosigned(asking._witnesses[0], newest.note)


def test_a_bundle_waits_for_the_witnesses(site: Site, urls: list[str]) -> None:
    asking = site.asking(*urls)
    for _ in range(2):
        site.happens()
        asking.round()
    site.happens("ntc_1")
    with pytest.raises(ValueError, match="signatures asked for"):
        bundle_of(db.session(), "ntc_1", None, site.policy)
    db.session.rollback()
    asking.round()
    report = verifier.verify_files(bundle_of(db.session(), "ntc_1", None, site.policy), site.policy)
    assert report.authentic


def test_addresses_of_witnesses_are_checked_at_the_start(tmp_path: Path) -> None:
    environment = {"MARKETPLACE_DATA": str(tmp_path)}
    assert load_settings(environment).witnesses == ()
    two = " https://w.example/a  http://127.0.0.1:8010 "
    found = load_settings({**environment, "MARKETPLACE_WITNESSES": two}).witnesses
    assert found == ("https://w.example/a", "http://127.0.0.1:8010")
    for wrong in ("w.example", "file:///etc/passwd"):
        with pytest.raises(SettingsError, match="MARKETPLACE_WITNESSES"):
            load_settings({**environment, "MARKETPLACE_WITNESSES": wrong})


def test_the_worker_asks_witnesses_where_there_are_some(site: Site, urls: list[str]) -> None:
    assert list(_cosigning()) == []
    running = runtime()
    asked = replace(running, settings=replace(running.settings, witnesses=tuple(urls)))
    current_app.extensions[EXTENSION] = asked
    site.happens()
    (action,) = _cosigning()
    action()
    assert site.met() == [1]

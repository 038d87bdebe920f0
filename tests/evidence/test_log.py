"""The log in the database: it follows the journal, is sealed, and gives out proofs and bundles."""

import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from flask import Flask
from nacl.signing import SigningKey
from sqlalchemy import event, func, select

from marketplace.core.clock import FrozenClock
from marketplace.core.context import SYSTEM, Actor, Context
from marketplace.core.db import db
from marketplace.core.files import FileStore
from marketplace.core.journal import Entry, record
from marketplace.core.relay import drain
from marketplace.core.runtime import runtime
from marketplace.evidence import verifier
from marketplace.evidence.cli import evidence
from marketplace.evidence.consumer import tree_consumer
from marketplace.evidence.keys import LogKey, load_log_key
from marketplace.evidence.leaves import leaf_data
from marketplace.evidence.merkle import MemoryNodes, Tree
from marketplace.evidence.notes import COSIGNATURE_V1, verifier_key
from marketplace.evidence.queries import NotSealedYet, bundle_of, event_proof, leaves_between, log_proof
from marketplace.evidence.services import grow, seal
from marketplace.evidence.store import Checkpoint, LogNode, latest_checkpoint, tree_of
from marketplace.evidence.trust import policy_path, policy_text, site_policy
from tests.evidence.market import DESCRIPTION, digest

Work = Callable[[Actor], AbstractContextManager[Context]]
Queries = Callable[[], AbstractContextManager[list[str]]]
ORIGIN = "log.market.example/2026"
SUBJECT = "ach_1"


@pytest.fixture
def key(tmp_path: Path) -> LogKey:
    return load_log_key(tmp_path, ORIGIN)


@pytest.fixture
def site(app: Flask) -> Iterator[Flask]:
    """An application whose relay feeds the log and nothing else."""
    with app.app_context():
        settings = runtime().settings
        runtime().registry.consumers[:] = [tree_consumer(settings.data, settings.log_origin)]
        yield app


def facts(work: Work, count: int, subject: str = SUBJECT) -> None:
    with work(SYSTEM) as ctx:
        for number in range(count):
            record(ctx, "achievement.revised", subject, {"revision": number, "content": digest(DESCRIPTION)})


def journal_root(size: int) -> bytes:
    """The root computed from the journal alone."""
    tree = Tree(MemoryNodes())
    commitments = db.session.scalars(select(Entry.commitment).order_by(Entry.position).limit(size))
    tree.append_many(leaf_data(commitment) for commitment in commitments)
    return tree.root(size)


def test_the_relay_grows_the_tree_and_seals_each_batch(site: Flask, ctx_for: Work) -> None:
    facts(ctx_for, 5)
    drain()
    facts(ctx_for, 8, "ach_2")
    drain()
    tree = tree_of(db.session())
    assert tree.root(13) == journal_root(13)
    sizes = db.session.scalars(select(Checkpoint.size).order_by(Checkpoint.size)).all()
    assert sizes == [5, 13]
    newest = latest_checkpoint(db.session())
    assert newest is not None
    checkpoint = verifier.open_checkpoint(newest.note, verifier.Policy(site_policy_of_app()))
    assert (checkpoint.size, checkpoint.root) == (13, journal_root(13))


def site_policy_of_app() -> str:
    settings = runtime().settings
    return site_policy(settings.data, load_log_key(settings.data, settings.log_origin))


def test_entries_handed_over_twice_or_passed_over_make_no_difference(site: Flask, ctx_for: Work) -> None:
    consumer = runtime().registry.consumers[0]
    facts(ctx_for, 7)
    with ctx_for(SYSTEM) as ctx:
        entries = ctx.session.scalars(select(Entry).order_by(Entry.position)).all()
        consumer.handle(ctx, entries[5:])
        consumer.handle(ctx, entries[:3])
        consumer.handle(ctx, [])
    assert tree_of(db.session()).root(7) == journal_root(7)
    assert db.session.scalar(select(func.count()).select_from(Checkpoint)) == 1


def test_a_size_is_signed_once(site: Flask, ctx_for: Work, key: LogKey, clock: FrozenClock) -> None:
    with ctx_for(SYSTEM) as ctx:
        assert seal(ctx, key) is None
    facts(ctx_for, 1)
    with ctx_for(SYSTEM) as ctx:
        first = seal(ctx, key)
        assert first is not None
        note = first.note
    clock.advance(hours=1)
    with ctx_for(SYSTEM) as ctx:
        again = seal(ctx, key)
        assert again is not None
        assert again.note == note
        assert again.at < ctx.now


def test_nodes_written_in_a_transaction_that_fails_are_gone(site: Flask, ctx_for: Work, key: LogKey) -> None:
    facts(ctx_for, 3)
    with pytest.raises(RuntimeError, match="power cut"), ctx_for(SYSTEM) as ctx:
        seal(ctx, key)
        raise RuntimeError("power cut")
    assert tree_of(db.session()).size() == 0
    assert latest_checkpoint(db.session()) is None


def test_a_thousand_leaves_and_their_proofs_cost_few_queries(
    site: Flask, ctx_for: Work, count_queries: Queries
) -> None:
    facts(ctx_for, 2300)
    with ctx_for(SYSTEM) as ctx, count_queries() as statements:
        assert grow(ctx) == 2300
    assert len(statements) < 25
    tree = tree_of(db.session())
    with count_queries() as statements:
        paths = tree.inclusions(range(0, 2300, 100), 2300)
        tree.consistencies(range(1, 2300, 100), 2300)
    assert len(statements) == 2
    assert len(paths) == 23
    assert tree.root(2300) == journal_root(2300)
    assert tree.root(1729) == journal_root(1729)
    assert db.session.scalar(select(func.count()).select_from(LogNode)) == 2 * 2300 - (2300).bit_count()


def test_the_proof_of_an_event_is_what_the_verifier_reads(site: Flask, ctx_for: Work) -> None:
    facts(ctx_for, 6)
    drain()
    entry = db.session.get_one(Entry, 4)
    proof = event_proof(db.session(), entry)
    report = verifier.verify_proof(json.dumps(proof, indent=2).encode(), site_policy_of_app())
    assert report.holds, report.lines()
    assert leaves_between(db.session(), 4, 6)[0] == entry.commitment


def test_an_entry_above_the_last_checkpoint_has_no_proof_yet(site: Flask, ctx_for: Work) -> None:
    facts(ctx_for, 1)
    with pytest.raises(NotSealedYet):
        log_proof(db.session(), 0)
    drain()
    assert log_proof(db.session(), 0).startswith("c2sp.org/tlog-proof@v1\nindex 0\n\n")
    for index in (-1, 1):
        with pytest.raises(NotSealedYet):
            log_proof(db.session(), index)


def test_a_bundle_from_the_database_is_accepted(site: Flask, ctx_for: Work, tmp_path: Path) -> None:
    files = FileStore(tmp_path / "files")
    files.put(DESCRIPTION)
    for _ in range(3):
        facts(ctx_for, 2)
        facts(ctx_for, 5, "ach_2")
        drain()
    policy = site_policy_of_app()
    members = bundle_of(db.session(), SUBJECT, files, policy)
    report = verifier.verify_files(members, policy)
    assert report.holds, report.lines()
    assert "no witness vouches for times" in report.claims[2].detail
    assert f"files/{digest(DESCRIPTION)}" in members
    assert members["checkpoints.jsonl"].count(b"\n") == 3
    assert not any(name.startswith("files/") for name in bundle_of(db.session(), SUBJECT, None, policy))


def run(site: Flask, *arguments: str) -> tuple[int, str]:
    done = site.test_cli_runner().invoke(evidence, arguments)
    return done.exit_code, done.output


def test_the_commands_seal_bundle_and_verify(site: Flask, ctx_for: Work, tmp_path: Path) -> None:
    assert run(site, "checkpoint")[0] == 1
    facts(ctx_for, 3)
    runtime().files.put(DESCRIPTION)
    status, note = run(site, "checkpoint")
    assert status == 0
    assert note.startswith(f"{runtime().settings.log_origin}\n3\n")

    facts(ctx_for, 1)
    path, policy = tmp_path / "b.zip", tmp_path / "policy"
    policy.write_text(site_policy_of_app())
    status, output = run(site, "bundle", SUBJECT, "-o", str(path))
    assert status == 0, output
    assert zipfile.is_zipfile(path)
    assert [file.name for file in tmp_path.glob("b.zip*")] == ["b.zip"]

    assert run(site, "verify", str(path), "--policy", str(policy))[0] == 0
    assert run(site, "verify", str(path), "--policy", str(policy), "--head", "3 aa")[0] == 1
    status, output = run(site, "bundle", "ach_unknown", "-o", str(path))
    assert status == 1
    assert "no event" in output


def test_a_bundle_that_a_reader_would_refuse_is_not_written(
    site: Flask, ctx_for: Work, tmp_path: Path
) -> None:
    facts(ctx_for, 1)
    settings = runtime().settings
    witness = verifier_key("witness.example", SigningKey.generate(), COSIGNATURE_V1)
    policy = policy_text(load_log_key(settings.data, settings.log_origin).verifier, {"w": witness}, 1)
    policy_path(settings.data).write_text(policy)
    status, output = run(site, "bundle", SUBJECT, "-o", str(tmp_path / "b.zip"))
    assert status == 1
    assert "not in a checkpoint yet that has the signatures" in output
    policy_path(settings.data).write_text("quorum none")
    assert "the policy cannot be used" in run(site, "bundle", SUBJECT, "-o", str(tmp_path / "b.zip"))[1]
    assert list(tmp_path.glob("b.zip*")) == []


def test_verify_needs_neither_application_nor_database(site: Flask, ctx_for: Work, tmp_path: Path) -> None:
    facts(ctx_for, 1)
    drain()
    (tmp_path / "policy").write_text(site_policy_of_app())
    (tmp_path / "proof.json").write_text(json.dumps(event_proof(db.session(), db.session.get_one(Entry, 0))))
    alone = click.Group("marketplace", commands=[evidence])
    arguments = ["evidence", "verify", str(tmp_path / "proof.json"), "--policy", str(tmp_path / "policy")]
    assert CliRunner().invoke(alone, arguments).exit_code == 0


def test_more_witnesses_than_there_are_cannot_be_asked_for(key: LogKey) -> None:
    with pytest.raises(ValueError, match="2 of 0 witnesses"):
        policy_text(key.verifier, {}, 2)


def test_nodes_are_found_by_their_key_however_large_the_log(site: Flask, ctx_for: Work) -> None:
    facts(ctx_for, 40)
    drain()
    session = db.session()
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("PostgreSQL chooses its plan by the size of the table")
    asked: list[str] = []

    def note(conn: object, cursor: object, statement: str, *rest: object) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    tree_of(session).inclusion(3, 33)
    event.remove(db.engine, "before_cursor_execute", note)
    (statement,) = [one for one in asked if "log_node" in one]
    numbers = (1,) * statement.count("?")
    plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", numbers).all()
    assert not [row.detail for row in plan if row.detail.startswith("SCAN")]


@pytest.mark.parametrize("command", ["witness", "watch"])
def test_programs_for_other_organisations_are_commands_too(site: Flask, command: str) -> None:
    status, output = run(site, command, "--help")
    assert status == 0
    assert "--key" in output
    assert run(site, command, "--key", "k")[0] == 2

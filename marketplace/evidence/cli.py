"""Commands of the evidence log."""

import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from marketplace.core.context import SYSTEM
from marketplace.core.runtime import runtime
from marketplace.core.uow import reading, unit_of_work
from marketplace.evidence import verifier, watch, witness
from marketplace.evidence.bundle import BundleError, write_bundle
from marketplace.evidence.keys import LogKey, LogKeyError, load_log_key
from marketplace.evidence.queries import bundle_for_people, bundle_of
from marketplace.evidence.services import seal
from marketplace.evidence.trust import site_policy

evidence = AppGroup(
    "evidence", help="The tamper-evident log, its checkpoints, and bundles that prove a history."
)


@evidence.command("checkpoint")
def checkpoint_command() -> None:
    """Bring the log up to the journal, sign it and print the checkpoint."""
    note = _seal(_log_key())
    if note is None:
        raise click.ClickException("the journal is empty: there is nothing to sign")
    click.echo(note, nl=False)


@evidence.command("bundle")
@click.argument("subject")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="ZIP to write."
)
@click.option("--files/--no-files", default=True, help="Include the contents that the events name by digest.")
@click.option("--withhold", multiple=True, metavar="DIGEST", help="Leave this content out; may be repeated.")
def bundle_command(subject: str, output: Path, *, files: bool, withhold: tuple[str, ...]) -> None:
    """Write the evidence bundle of SUBJECT (a public id), after checking it as a reader would.

    What is written is what the log says. A notice that was not held as it must be has a bundle, too: its claims fail.
    """
    key = _log_key()
    _seal(key)
    policy, ctx = site_policy(runtime().settings.data, key), reading(SYSTEM)
    try:
        store = runtime().files if files else None
        members = bundle_of(ctx.session, subject, store, policy, withheld=withhold)
        members = bundle_for_people(ctx, subject, members)
    except BundleError as error:
        raise click.ClickException(str(error)) from error
    report = verifier.verify_files(members, policy)
    if not report.authentic:
        raise click.ClickException("\n".join(["the bundle would be refused:", *report.lines()]))
    draft = output.with_name(output.name + ".part")
    with draft.open("wb") as target:
        write_bundle(members, target)
    draft.replace(output)
    click.echo("\n".join(report.lines()))


@evidence.command("verify", with_appcontext=False)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--policy",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="tlog-policy with the keys of the log and its witnesses.",
)
@click.option("--head", default="", help='Chain head that the public page shows: "N COMMITMENT".')
@click.option("--receipt", multiple=True, type=click.Path(exists=True), help="Receipt of an objection.")
@click.option("--note", multiple=True, type=click.Path(exists=True), help="Observation that a watcher kept.")
def verify_command(
    file: Path, policy: Path, head: str, receipt: tuple[str, ...], note: tuple[str, ...]
) -> None:
    """Check FILE, a bundle (.zip) or the proof of one event (.json), against a policy. Needs no database."""
    kind = ["proof"] if file.suffix == ".json" else []
    kept = [word for one in receipt for word in ("--receipt", one)]
    kept += [word for one in note for word in ("--note", one)]
    sys.exit(verifier.main([*kind, str(file), "--policy", str(policy), "--head", head, *kept]))


@evidence.command(
    "witness", with_appcontext=False, add_help_option=False, context_settings={"ignore_unknown_options": True}
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def witness_command(arguments: tuple[str, ...]) -> None:
    """Sign the checkpoints of other organisations' logs. The same as `python witness.py`; --help says more."""
    sys.exit(witness.main(list(arguments)))


@evidence.command(
    "watch", with_appcontext=False, add_help_option=False, context_settings={"ignore_unknown_options": True}
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="URL...")
def watch_command(arguments: tuple[str, ...]) -> None:
    """Look at public notices and sign what is there. The same as `python watch.py`; --help says more."""
    sys.exit(watch.main(list(arguments)))


def _log_key() -> LogKey:
    settings = runtime().settings
    try:
        return load_log_key(settings.data, settings.log_origin)
    except LogKeyError as error:
        raise click.ClickException(str(error)) from error


def _seal(key: LogKey) -> str | None:
    with unit_of_work(SYSTEM) as ctx:
        checkpoint = seal(ctx, key)
        return checkpoint.note if checkpoint else None

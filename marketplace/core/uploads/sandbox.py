"""Runs the inspecting process and turns whatever becomes of it into an answer."""

import json
import logging
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from marketplace.core.uploads.kinds import Kind
from marketplace.core.uploads.limits import Limits
from marketplace.core.uploads.refusal import Reason, Refusal

logger = logging.getLogger(__name__)

_MODULE = "marketplace.core.uploads.inspect"
ENVIRONMENT = {"PYTHONPATH": str(Path(__file__).resolve().parents[3])}
_LONGEST_COMPLAINT = 2_000


def isolated(module: str, *arguments: str) -> list[str]:
    """The command that runs one of our modules with `ENVIRONMENT` and nothing else of ours to hold on to."""
    # -P keeps the working directory out of the import path, -s the packages of the user.
    return [sys.executable, "-P", "-s", "-X", "utf8", "-m", module, *arguments]


def run_inspection(path: Path, kind: Kind, limits: Limits, into: Path | None = None) -> dict[str, int | str]:
    """The inspector's findings. Raises Refusal: its own, or TOO_COMPLEX and UNREADABLE when it did not survive."""
    arguments = [str(path.resolve()), "--kind", kind.value, "--limits", json.dumps(asdict(limits))]
    if into is not None:
        arguments += ["--into", str(into.resolve())]
    try:
        finished = subprocess.run(  # noqa: S603 - a fixed program; path and kind are single arguments, no shell
            isolated(_MODULE, *arguments),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            cwd="/",
            env=ENVIRONMENT,
            timeout=limits.wall_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Refusal(Reason.TOO_COMPLEX) from None
    if finished.returncode != 0:
        complaint = finished.stderr.decode(errors="replace")[-_LONGEST_COMPLAINT:]
        logger.warning("inspection of a %s file ended with %d: %r", kind, finished.returncode, complaint)
        # A negative code is a signal: out of processor time, too large an output, killed for memory, or crashed.
        raise Refusal(Reason.TOO_COMPLEX if finished.returncode < 0 else Reason.UNREADABLE)
    verdict: dict[str, int | str] = json.loads(finished.stdout)
    if "refused" in verdict:
        raise Refusal(Reason(str(verdict["refused"])))
    return verdict

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
_SOURCE = Path(__file__).resolve().parents[3]
_LONGEST_COMPLAINT = 2_000


def run_inspection(path: Path, kind: Kind, limits: Limits, into: Path | None = None) -> dict[str, int | str]:
    """The inspector's findings. Raises Refusal: its own, or TOO_COMPLEX and UNREADABLE when it did not survive."""
    # -P keeps the working directory out of the import path, -s the user's packages; the environment is not passed on.
    command = [
        sys.executable,
        "-P",
        "-s",
        "-X",
        "utf8",
        "-m",
        _MODULE,
        str(path.resolve()),
        "--kind",
        kind.value,
    ]
    command += ["--limits", json.dumps(asdict(limits))]
    if into is not None:
        command += ["--into", str(into.resolve())]
    try:
        finished = subprocess.run(  # noqa: S603 - a fixed program; path and kind are single arguments, no shell
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            cwd="/",
            env={"PYTHONPATH": str(_SOURCE), "PYTHONDONTWRITEBYTECODE": "1"},
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

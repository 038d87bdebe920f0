"""Once a day the newest checkpoint is shown to a time-stamping authority (RFC 3161), and its answer is kept.

It runs beside the relay: an authority that is slow or down holds nothing up and is asked again after a growing pause.
Requests are made and answers checked by OpenSSL's `openssl ts`, the program with which a reader checks them, too.
"""

import http.client
import logging
import subprocess
import tempfile
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from marketplace.core.clock import local_date
from marketplace.core.context import SYSTEM, Context
from marketplace.core.uow import reading, unit_of_work
from marketplace.evidence import verifier
from marketplace.evidence.notes import note_text
from marketplace.evidence.stamps import Stamp, latest_stamp
from marketplace.evidence.store import latest_checkpoint

log = logging.getLogger(__name__)

PATIENCE = 10  # seconds that an authority or OpenSSL may take
LONGEST_PAUSE = 3_600  # seconds until authorities that failed are asked again
LONGEST_ANSWER = 100_000  # bytes


class StampError(Exception):
    """There is no time stamp; the sentence says why."""


def authorities_path(data_dir: Path) -> Path:
    """Where the operator keeps the certificates of the authorities' roots (PEM)."""
    return data_dir / "keys" / "timestamps.pem"


@dataclass
class Stamping:
    """Asks the authorities at `urls`, the first one first. It lives as long as the worker."""

    urls: Sequence[str]
    data_dir: Path
    _failures: int = 0
    _again: datetime | None = None

    def round(self) -> bool:
        """Have the newest checkpoint stamped if none was today; tells whether one is kept."""
        ctx = reading(SYSTEM)
        wanted = _unstamped(ctx)
        ctx.session.rollback()  # nothing is held while the network is slow
        if wanted is None or (self._again is not None and ctx.now < self._again):
            return False
        size, text = wanted
        for url in self.urls:
            try:
                self._keep(size, text, url)
            except (StampError, OSError, subprocess.SubprocessError, http.client.HTTPException) as error:
                log.warning(
                    "the time-stamping authority at %s has not stamped checkpoint %s: %s", url, size, error
                )
            else:
                self._failures, self._again = 0, None
                return True
        self._failures += 1
        self._again = ctx.now + timedelta(seconds=min(2**self._failures, LONGEST_PAUSE))
        return False

    def _keep(self, size: int, text: str, url: str) -> None:
        answer = _stamped(sha256(text.encode()).hexdigest(), url, authorities_path(self.data_dir))
        try:
            said = verifier.read_stamp(answer).at
        except (verifier.ClaimError, ValueError, LookupError) as error:
            raise StampError(f"a reader could not read it: {error}") from error
        with unit_of_work(SYSTEM) as ctx:
            ctx.session.add(Stamp(size=size, answer=answer, authority=url[:300], said_at=said, at=ctx.now))


def _unstamped(ctx: Context) -> tuple[int, str] | None:
    """Size and text of the checkpoint to be stamped now, if any."""
    newest, last = latest_checkpoint(ctx.session), latest_stamp(ctx.session)
    if newest is None or (last and (last.size >= newest.size or local_date(last.at) == local_date(ctx.now))):
        return None
    return newest.size, note_text(newest.note)


def _stamped(digest: str, url: str, authorities: Path) -> bytes:
    """Ask for a stamp over a digest (hex) and check the answer. Raises StampError, OSError, SubprocessError."""
    with tempfile.TemporaryDirectory() as folder:
        query, answer = Path(folder) / "query", Path(folder) / "answer"
        _openssl("-query", "-digest", digest, "-sha256", "-cert", "-out", str(query))
        answer.write_bytes(_posted(url, query.read_bytes()))
        _openssl("-verify", "-queryfile", str(query), "-in", str(answer), "-CAfile", str(authorities))
        return answer.read_bytes()


def _openssl(*arguments: str) -> None:
    done = subprocess.run(  # noqa: S603 - the arguments are ours
        ["openssl", "ts", *arguments],  # noqa: S607 - the one of the machine
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=PATIENCE,
        check=False,
    )
    if done.returncode:
        raise StampError(f"openssl ts {arguments[0]}: {' '.join(done.stderr.split())[:500]}")


def _posted(url: str, query: bytes) -> bytes:
    request = urllib.request.Request(url, query, {"Content-Type": "application/timestamp-query"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as response:  # noqa: S310 - checked in the settings
            answer: bytes = response.read(LONGEST_ANSWER)
            return answer
    except urllib.error.HTTPError as error:
        with error:
            raise StampError(f"it answers {error.code}") from error

"""The clock of a site: the real one, or a demonstration's that starts elsewhere and may run faster."""

from datetime import datetime
from pathlib import Path

from marketplace.core.clock import SHANGHAI, AcceleratedClock, Clock, SystemClock, as_utc
from marketplace.settings import Settings

START, ANCHOR = "clock.start", "clock.anchor"  # files in the data folder


def site_clock(settings: Settings) -> Clock:
    """The clock that the settings, or a start kept in the data folder, ask for.

    All processes of a site count from the same real instant. Raises ValueError for a start that is no time.
    """
    kept = settings.data / START
    start = settings.clock_start or (kept.read_text().strip() if kept.exists() else "")
    if not start and settings.clock_rate == 1:
        return SystemClock()
    anchor = _anchor(settings.data)
    return AcceleratedClock(moment(start) if start else anchor, settings.clock_rate, anchor=anchor)


def move_start(data: Path, start: datetime) -> None:
    """Let the site's clock start anew at `start`, now. Processes that run already keep their old one."""
    (data / START).write_text(start.isoformat())
    (data / ANCHOR).unlink(missing_ok=True)


def moment(text: str) -> datetime:
    """An ISO time; Beijing time when it names no zone. Raises ValueError."""
    found = datetime.fromisoformat(text)
    return as_utc(found if found.tzinfo else found.replace(tzinfo=SHANGHAI))


def _anchor(data: Path) -> datetime:
    """The real instant from which the site counts, the same for all its processes."""
    path = data / ANCHOR
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        path.write_text(SystemClock().now().isoformat())
    return datetime.fromisoformat(path.read_text())

"""The clock of a site."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from marketplace.core.clock import SystemClock
from marketplace.core.site_clock import moment, move_start, site_clock
from marketplace.settings import Settings

START = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


def test_a_site_without_wishes_has_the_real_clock(tmp_path: Path):
    assert isinstance(site_clock(Settings(data=tmp_path, secret_key="test")), SystemClock)


def test_two_processes_of_a_demonstration_agree_on_the_time(tmp_path: Path):
    settings = Settings(data=tmp_path, secret_key="test", clock_start="2026-03-02T09:30", clock_rate=1000)
    first, second = site_clock(settings), site_clock(settings)
    apart = abs(first.now() - second.now())
    assert apart < timedelta(seconds=1000), (
        "they count from one instant, so only the time between two calls is between them"
    )
    assert first.now() >= START


def test_a_start_that_was_moved_is_found_by_processes_started_later(tmp_path: Path):
    settings = Settings(data=tmp_path, secret_key="test")
    move_start(tmp_path, START)
    passed = site_clock(settings).now() - START
    assert timedelta(0) <= passed < timedelta(minutes=5)


def test_moving_the_start_again_forgets_the_time_that_has_passed(tmp_path: Path):
    settings = Settings(data=tmp_path, secret_key="test", clock_rate=100_000)
    move_start(tmp_path, START)
    site_clock(settings)
    later = START + timedelta(days=365)
    move_start(tmp_path, later)
    assert later <= site_clock(settings).now() < later + timedelta(days=30)


def test_a_start_without_a_zone_is_beijing_time():
    assert moment("2026-03-02T09:30") == START


def test_what_is_no_time_is_refused():
    with pytest.raises(ValueError, match="Invalid isoformat"):
        moment("tomorrow")

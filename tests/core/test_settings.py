"""Settings: a wrong name or value stops the start with a sentence that names it."""

import stat
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.settings import PREFIX, Settings, SettingsError, load_settings

NAMES = [option.name for option in fields(Settings)]


def load(tmp_path, **given):
    environ = {f"{PREFIX}{name.upper()}": value for name, value in given.items()}
    return load_settings({f"{PREFIX}DATA": str(tmp_path), **environ})


def test_without_settings_a_site_has_the_defaults(tmp_path):
    settings = load(tmp_path)
    assert settings.data == tmp_path
    assert settings.database == f"sqlite:///{tmp_path / 'marketplace.db'}"
    assert (settings.search_url, settings.demo, settings.clock_rate) == ("whoosh:", False, 1)


def test_what_is_set_is_in_force(tmp_path):
    settings = load(tmp_path, database_url="postgresql+psycopg://db/market", demo="yes", clock_rate=" 60 ")
    assert settings.database == "postgresql+psycopg://db/market"
    assert (settings.demo, settings.clock_rate) == (True, 60)


@given(name=st.from_regex(r"[A-Z_]{1,20}", fullmatch=True).filter(lambda name: name.lower() not in NAMES))
def test_an_unknown_name_stops_the_start_and_is_named(name):
    with pytest.raises(SettingsError, match=f"{PREFIX}{name} is not a setting"):
        load_settings({f"{PREFIX}{name}": "1"})


def test_names_of_other_programs_are_not_looked_at(tmp_path):
    assert load_settings({f"{PREFIX}DATA": str(tmp_path), "HOME": "/root", "MARKET": "1"}).data == tmp_path


@pytest.mark.parametrize(
    ("name", "text"),
    [("clock_rate", "fast"), ("upload_max_bytes", "20MB"), ("demo", "perhaps"), ("secure_cookies", "")],
)
def test_a_bad_value_stops_the_start_and_is_named(tmp_path, name, text):
    with pytest.raises(SettingsError, match=f"{PREFIX}{name.upper()} has the value '{text}'"):
        load(tmp_path, **{name: text})


@given(text=st.sampled_from(["1", "true", "YES", "On"]))
def test_a_switch_can_be_said_in_several_ways(text):
    assert load_settings({f"{PREFIX}DEMO": text, f"{PREFIX}SECRET_KEY": "k"}).demo


def test_a_site_without_a_key_makes_its_own_and_keeps_it_to_itself(tmp_path):
    first = load(tmp_path / "new").secret_key
    kept = tmp_path / "new" / "secret.key"
    assert len(first) >= 43  # 256 bits
    assert load(tmp_path / "new").secret_key == first
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert load(tmp_path / "other").secret_key != first


def test_a_key_that_is_set_is_written_nowhere(tmp_path):
    assert load(tmp_path, secret_key="k").secret_key == "k"
    assert list(tmp_path.iterdir()) == []


def test_every_setting_says_what_it_is_for():
    for option in fields(Settings):
        assert option.metadata["meaning"].endswith((".", "…")), option.name
        assert option.type in (str, int, bool, Path, tuple[str, ...]), option.name

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from marketplace.evidence.keys import LogKeyError, key_path, load_log_key, origin_name
from marketplace.evidence.notes import open_note


def test_the_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    key = load_log_key(tmp_path, "log.example/a")
    assert load_log_key(tmp_path, "log.example/a").verifier == key.verifier
    assert key_path(tmp_path).stat().st_mode & 0o777 == 0o600
    assert list(key_path(tmp_path).parent.iterdir()) == [key_path(tmp_path)]
    assert open_note(key.sign("a\n"), [key.verifier]).text == "a\n"


def test_processes_that_start_together_get_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _: load_log_key(tmp_path, "log.example/a").verifier, range(16)))
    assert len(set(keys)) == 1


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    load_log_key(tmp_path, "log.example/a")
    key_path(tmp_path).chmod(0o640)
    with pytest.raises(LogKeyError, match="chmod 600"):
        load_log_key(tmp_path, "log.example/a")


@pytest.mark.parametrize("content", ["", "AAAA\n", "not base64\n", "密钥\n"])
def test_a_damaged_key_file_is_refused_in_words(tmp_path: Path, content: str) -> None:
    load_log_key(tmp_path, "log.example/a")
    key_path(tmp_path).write_text(content)
    with pytest.raises(LogKeyError, match="does not hold"):
        load_log_key(tmp_path, "log.example/a")


def test_the_name_of_the_log_has_no_scheme() -> None:
    assert origin_name(" https://log.market.example/2026/ ") == "log.market.example/2026"
    for setting in ("", "https://", "a b", "a+b"):
        with pytest.raises(LogKeyError):
            origin_name(setting)

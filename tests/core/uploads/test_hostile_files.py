"""Every hostile file is refused with its own code, and quickly."""

import resource
from pathlib import Path

import pytest

from marketplace.core.errors import DomainError
from marketplace.core.uploads.gate import MESSAGES, UploadRefused, check
from marketplace.core.uploads.refusal import Reason
from tests.core.uploads.corpus import CORPUS, Hostile


def processor_seconds() -> float:
    """Of this process and the inspecting ones; unlike the clock on the wall it does not count other people's work."""
    usages = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


@pytest.mark.parametrize("hostile", CORPUS, ids=lambda hostile: f"{hostile.title} ({hostile.name[:20]!a})")
def test_a_hostile_file_is_refused_with_its_code_in_two_seconds(hostile: Hostile, tmp_path: Path):
    path = tmp_path / "upload"
    path.write_bytes(hostile.make())
    started = processor_seconds()
    with pytest.raises(UploadRefused) as refused:
        check(hostile.name, path)
    assert processor_seconds() - started < 2
    assert refused.value.code == hostile.code


def test_every_reason_has_words_for_the_user_and_an_example():
    assert set(MESSAGES) == set(Reason)
    # Size needs a large file and has a test of its own.
    assert {hostile.code for hostile in CORPUS} == {reason.value for reason in Reason} - {Reason.SIZE.value}
    refused = UploadRefused(Reason.MACRO)
    assert isinstance(refused, DomainError)
    assert (refused.status, refused.code, str(refused.message)) == (
        422,
        "macro",
        "文件含有宏，请另存为不含宏的格式",
    )

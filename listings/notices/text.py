"""The text of a notice: one line for each field, `label：value`, the same on the platform and in the unit.

It is in Chinese, which is the text that counts. Readers compare it squeezed, that is without white space, so that
neither line breaks nor the page around it make a difference.
"""

from collections.abc import Mapping, Sequence

from listings.notices.profiles import Profile
from marketplace.core.period import Unit

UNITS = {Unit.DAY: "日", Unit.WORKDAY: "个工作日"}
NUMBER, KIND, PERIOD = "公示编号", "公示类型", "公示期"

Line = tuple[str, str]


def lines_of(
    profile: Profile, number: str, edition: int, said: Mapping[str, str], amount: int
) -> Sequence[Line]:
    """(label, value) of everything the notice says; empty fields are left out, line breaks become spaces."""
    shown = f"{number}（第 {edition} 版）" if edition > 1 else number
    fields = [(f.zh, " ".join(said.get(f.name, "").split())) for f in profile.fields]
    return [
        (NUMBER, shown),
        (KIND, profile.zh),
        *((label, value) for label, value in fields if value),
        (PERIOD, period_words(profile, amount)),
    ]


def period_words(profile: Profile, amount: int) -> str:
    """How long, and how it is counted (民法典 arts. 201, 203)."""
    unit = UNITS[profile.term.unit]
    tail = "，最后一日为休息日的顺延至下一工作日" if profile.term.unit is Unit.DAY else ""
    return f"自公示之日的次日起 {amount} {unit}{tail}，截止于当日 24:00"


def text_file(lines: Sequence[Line]) -> bytes:
    """The text as a file: UTF-8, a line for each field."""
    return "".join(f"{label}：{value}\n" for label, value in lines).encode()


def lines_from(text: bytes) -> list[Line]:
    """The (label, value) pairs of a kept text."""
    parts = (line.partition("：") for line in text.decode().splitlines())
    return [(label, value) for label, _mark, value in parts]


def squeezed(text: str) -> str:
    """The text without any white space."""
    return "".join(text.split())

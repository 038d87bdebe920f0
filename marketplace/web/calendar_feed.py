"""A calendar file of instants (RFC 5545), such as closing times."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

FOLD = 73  # octets of a line (RFC 5545 §3.1), the fold apart


@dataclass(frozen=True)
class Appointment:
    """An instant with its name and the address of what it is about. `uid` stays the same when the instant moves."""

    uid: str
    at: datetime
    title: str
    address: str


def calendar_file(product: str, appointments: Iterable[Appointment], now: datetime) -> str:
    """The whole file."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//technology-marketplace//{product}//ZH",
        "CALSCALE:GREGORIAN",
        *(line for one in appointments for line in _event(one, now)),
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(one: Appointment, now: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{one.uid}@{one.address.split('/')[2]}"
    yield f"DTSTAMP:{_instant(now)}"
    yield f"DTSTART:{_instant(one.at)}"
    yield f"SUMMARY:{_escaped(one.title)}"
    yield f"URL:{one.address}"
    yield "END:VEVENT"


def _instant(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Long lines are broken between characters, never inside one."""
    parts, size = [""], 0
    for letter in line:
        width = len(letter.encode())
        if size + width > FOLD:
            parts.append("")
            size = 1  # the space that begins a folded line
        parts[-1] += letter
        size += width
    return "\r\n ".join(parts)

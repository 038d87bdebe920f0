"""Identity of things: public ids that never change, and human numbers as a second, displayed key."""

import secrets
from datetime import datetime

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.core.clock import SHANGHAI
from marketplace.core.context import Context
from marketplace.core.db import Base

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u
ID_LENGTH = 30


def new_id(prefix: str, now: datetime) -> str:
    """`ach_` and twenty characters: nine of the time in milliseconds, eleven random. Sorts by creation."""
    value = (int(now.timestamp() * 1000) << 55) | secrets.randbits(55)
    letters = []
    for _ in range(20):
        value, digit = divmod(value, 32)
        letters.append(_ALPHABET[digit])
    return f"{prefix}_{''.join(reversed(letters))}"


class Series(Base):
    """The last number given in a series, such as `CG2026`."""

    __tablename__ = "number_series"

    name: Mapped[str] = mapped_column(String(16), primary_key=True)
    last: Mapped[int]


def next_number(ctx: Context, letters: str) -> str:
    """The next human number of a series that starts anew each year: `CG2026000001`. Gap-free with its transaction."""
    return next_numbers(ctx, letters, 1)[0]


def next_numbers(ctx: Context, letters: str, count: int) -> list[str]:
    """The next `count` numbers of a series, with one look at it."""
    if count == 0:
        return []
    name = f"{letters}{ctx.now.astimezone(SHANGHAI).year}"
    series = ctx.session.scalar(select(Series).where(Series.name == name).with_for_update())
    if series is None:
        series = Series(name=name, last=0)
        ctx.session.add(series)
    start = series.last + 1
    series.last += count
    return [f"{name}{number:06d}" for number in range(start, start + count)]

"""Human numbers for a whole batch at once."""

from marketplace.core.context import Context
from marketplace.core.ids import Series, next_number


def next_numbers(ctx: Context, letters: str, count: int) -> list[str]:
    """The next `count` numbers of a series, like `next_number`, with one look at the series."""
    if count == 0:
        return []
    first = next_number(ctx, letters)
    ctx.session.flush()
    name = first[: len(letters) + 4]  # the letters and the year
    series = ctx.session.get_one(Series, name)
    start = series.last
    series.last += count - 1
    return [f"{name}{number:06d}" for number in range(start, start + count)]

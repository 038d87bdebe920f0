"""Shares in basis points, and how people type them."""

from marketplace.core.halfwidth import halfwidth

WHOLE_BP = 10_000


def percent(share_bp: int) -> str:
    """Basis points as a percentage without needless digits: 3333 → 33.33, 5000 → 50."""
    whole, rest = divmod(share_bp, 100)
    return f"{whole}.{rest:02d}".rstrip("0") if rest else str(whole)


def share_bp(typed: str) -> int | None:
    """Basis points of a percentage as people type it; None for nothing. Raises ValueError for what is none."""
    digits = halfwidth(typed).replace("。", ".").strip().removesuffix("%").strip()
    if not digits:
        return None
    whole, _point, rest = digits.partition(".")
    if not (whole.isascii() and whole.isdigit() and len(whole) <= 3 and len(rest) <= 2):
        raise ValueError(typed)
    if rest and not (rest.isascii() and rest.isdigit()):
        raise ValueError(typed)
    share = int(whole) * 100 + int(rest.ljust(2, "0") or "0")
    if not 0 < share <= WHOLE_BP:
        raise ValueError(typed)
    return share

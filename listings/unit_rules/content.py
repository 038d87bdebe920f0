"""What a unit's rules say: the facts of their adoption, and the settings that plans and notices are held to."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from pydantic import TypeAdapter

from marketplace.core.db import JSONObject

#: Routes for a deal with a related party, codes of `related_routes`.
EXTRA_APPROVAL, CLOSED = "extra_approval", "closed"


@dataclass(frozen=True)
class Tier:
    """An approval tier (审批层级): prices below `up_to_fen` (fen, exclusive; None: any price) are decided by `body`."""

    up_to_fen: int | None = None
    body: str = ""


@dataclass(frozen=True)
class RulesContent:
    """One edition. Empty values mean: not filled in.

    `consulted_on` and `consultation` say when and how the staff was heard; `objection_procedure` is the whole text;
    `notice_url` is the page where the unit publishes, its own channel for notices; `tiers` rise and end with one
    without a bound; `grant_share_min_bp` is the least share, in basis points, that completers get when they are
    granted ownership (None: not fixed); `related_route` is a code of `related_routes`.
    """

    title: str = ""
    document_number: str = ""
    adopted_on: date | None = None
    consulted_on: date | None = None
    consultation: str = ""
    objection_procedure: str = ""
    notice_url: str = ""
    tiers: tuple[Tier, ...] = ()
    grant_share_min_bp: int | None = None
    related_route: str = ""

    def tier_for(self, price_fen: int, *, raised: bool = False) -> int:
        """The place (0 is lowest) of the tier that decides about this price; `raised` by one, where there is one."""
        place = next(
            (n for n, tier in enumerate(self.tiers) if tier.up_to_fen is None or price_fen < tier.up_to_fen),
            len(self.tiers) - 1,
        )
        return min(place + raised, len(self.tiers) - 1)

    def bodies_for(self, price_fen: int, *, raised: bool = False) -> tuple[str, ...]:
        """Who may decide about this price: the body of its tier, and those of higher ones."""
        return tuple(tier.body for tier in self.tiers[self.tier_for(price_fen, raised=raised) :])


def rising(tiers: tuple[Tier, ...]) -> bool:
    """Does each tier but the last have a bound above the one before, and the last none?"""
    bounds = [tier.up_to_fen for tier in tiers]
    if not bounds or bounds[-1] is not None:
        return False
    known = [bound for bound in bounds[:-1] if bound is not None]
    return len(known) == len(bounds) - 1 and all(low < high for low, high in pairwise(known))


_ADAPTER = TypeAdapter(RulesContent)


def to_json(content: RulesContent) -> JSONObject:
    """As stored, kept and hashed."""
    dumped: JSONObject = _ADAPTER.dump_python(content, mode="json")
    return dumped


def from_json(stored: JSONObject) -> RulesContent:
    """The content of a stored edition. Raises pydantic.ValidationError for a shape it never had."""
    return _ADAPTER.validate_python(stored)

"""Unit rules for programs: what everybody may read."""

from dataclasses import dataclass
from datetime import datetime

from listings.unit_rules.content import RulesContent, from_json
from listings.unit_rules.models import IN_FORCE, UnitRules
from listings.unit_rules.policy import READ
from listings.unit_rules.queries import published_editions
from marketplace.web.context import current
from marketplace.web.operations import Operations

api = Operations("unit-rules")


@dataclass(frozen=True)
class EditionOut:
    """An edition: in force from `published_at` until `superseded_at`. `digest` is that of its canonical JSON."""

    id: str
    edition: int
    state: str
    digest: str
    published_at: datetime | None
    superseded_at: datetime | None
    content: RulesContent


@dataclass(frozen=True)
class UnitRulesOut:
    """All editions a unit has published, newest first, and the one in force."""

    organisation_id: str
    organisation: str
    in_force: EditionOut | None
    editions: tuple[EditionOut, ...]


@api.add("GET", "/organisations/<org_id>/rules", READ, "Rules a unit has published", returns=UnitRulesOut)
def get_unit_rules(org_id: str) -> UnitRulesOut:
    org, found = published_editions(current(), org_id)
    editions = tuple(edition_out(rules) for rules in found)
    in_force = next((edition for edition in editions if edition.state == IN_FORCE), None)
    return UnitRulesOut(org.id, org.name, in_force, editions)


def edition_out(rules: UnitRules) -> EditionOut:
    """An edition as data."""
    return EditionOut(
        id=rules.id,
        edition=rules.edition,
        state=rules.state,
        digest=rules.digest,
        published_at=rules.published_at,
        superseded_at=rules.superseded_at,
        content=from_json(rules.content),
    )

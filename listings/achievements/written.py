"""An achievement's text as its forms know it."""

from listings.achievements.content import SECTIONS, from_json, to_json
from listings.achievements.rules import REQUIRED, shape_complaints
from listings.written import Written

ACHIEVEMENT = Written(
    to_json=to_json,
    from_json=from_json,
    complaints=shape_complaints,
    needed=frozenset({*REQUIRED, "trl_evidence", "price_fen"}),  # the last two are needed in some cases
    sections={section.name: section.fields for section in SECTIONS},
)

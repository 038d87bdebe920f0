"""Pages of disclosures: for completers who write and confirm, and for the unit's officers who answer."""

from listings.disclosures.views.acts import acts
from listings.disclosures.views.description import description
from listings.disclosures.views.drafts import drafts
from listings.disclosures.views.page import pages
from listings.disclosures.views.reviewing import reviews
from listings.disclosures.views.sections import sections
from listings.disclosures.views.submission import submission

#: Blueprints of this concept.
BLUEPRINTS = (pages, drafts, sections, description, acts, submission, reviews)

"""Pages of achievements: for the public, for their editors, and for the files that belong to them."""

from listings.achievements.views.acts import acts
from listings.achievements.views.drafts import drafts
from listings.achievements.views.files import files
from listings.achievements.views.own import own
from listings.achievements.views.public import public
from listings.achievements.views.sections import sections
from listings.achievements.views.submission import submissions

#: Blueprints of this concept.
BLUEPRINTS = (public, own, drafts, sections, submissions, acts, files)

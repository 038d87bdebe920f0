"""Pages of achievements: for the public, for their editors, and for the files that belong to them."""

from listings.achievements.views.acts import acts
from listings.achievements.views.editing import editing
from listings.achievements.views.files import files
from listings.achievements.views.public import public

#: Blueprints of this concept.
BLUEPRINTS = (public, editing, acts, files)

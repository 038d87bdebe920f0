"""Pages of grants: the own list, the text, the team's signatures, the unit's steps, and what follows the decision."""

from listings.grants.views.acts import acts
from listings.grants.views.carrying_out import carrying_out
from listings.grants.views.decision import decision
from listings.grants.views.edit import edit
from listings.grants.views.own import own
from listings.grants.views.page import pages
from listings.grants.views.submission import submission
from listings.grants.views.team import team
from listings.grants.views.zone import zone

#: Blueprints of this concept.
BLUEPRINTS = (own, pages, edit, team, submission, decision, carrying_out, acts, zone)

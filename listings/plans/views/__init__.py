"""Pages of plans: the own list, the text, its submission, the decision, and single acts."""

from listings.plans.views.acts import acts
from listings.plans.views.decision import decision
from listings.plans.views.edit import edit
from listings.plans.views.own import own
from listings.plans.views.page import pages
from listings.plans.views.submission import submission

#: Blueprints of this concept.
BLUEPRINTS = (own, pages, edit, submission, decision, acts)

"""Pages of notices: for the public, the unit, whoever objects, whoever handles, the zone; and verification."""

from listings.notices.views.acts import acts
from listings.notices.views.channels import channels
from listings.notices.views.drafts import drafts
from listings.notices.views.feeds import feeds
from listings.notices.views.files import explanations, files
from listings.notices.views.objecting import objecting
from listings.notices.views.objections import objections
from listings.notices.views.public import public
from listings.notices.views.verify import verify
from listings.notices.views.zone import zone

#: Blueprints of this concept.
BLUEPRINTS = (public, feeds, files, explanations, drafts, channels, acts, objecting, objections, verify, zone)

"""Pages of intents: registering, one's own, the page of one, what party, host and seller do with it."""

from auctions.intents.views.bidder import bidder
from auctions.intents.views.host import host
from auctions.intents.views.page import pages
from auctions.intents.views.registration import registration
from auctions.intents.views.seller import seller

#: Blueprints of this concept.
BLUEPRINTS = (registration, pages, bidder, host, seller)

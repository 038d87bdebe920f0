"""Pages of trades: the hall and the trade's page for everybody, the seller's pages, the host's desk."""

from auctions.trades.views.acts import acts
from auctions.trades.views.desk import desk
from auctions.trades.views.edit import edit
from auctions.trades.views.feeds import feeds
from auctions.trades.views.hall import hall
from auctions.trades.views.own import own
from auctions.trades.views.submission import submission

#: Blueprints of this concept.
BLUEPRINTS = (hall, feeds, own, edit, submission, acts, desk)

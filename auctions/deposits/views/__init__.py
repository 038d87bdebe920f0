"""Pages of deposits: that of one, the settlement desk, what its officers do, the bank's statement."""

from auctions.deposits.views.desk import desk
from auctions.deposits.views.ending import ending
from auctions.deposits.views.page import pages
from auctions.deposits.views.receiving import receiving
from auctions.deposits.views.statement import statement

#: Blueprints of this concept.
BLUEPRINTS = (pages, desk, receiving, ending, statement)

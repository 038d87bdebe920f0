"""Pages of moderation: for officers, for reporters, and the public log."""

from marketplace.moderation.views.cases import moderation
from marketplace.moderation.views.log import moderation_log
from marketplace.moderation.views.reporting import reporting
from marketplace.moderation.views.reports import reports

#: Blueprints of this package.
BLUEPRINTS = (moderation, reports, reporting, moderation_log)

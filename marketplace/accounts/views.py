"""The pages of this package as one set: `accounts.login`, `accounts.organisations.page` and so on."""

from marketplace.accounts.members.joining import blueprint as invitations
from marketplace.accounts.members.views import blueprint as members
from marketplace.accounts.organisations.views import blueprint as organisations
from marketplace.accounts.profile.views import blueprint as profile
from marketplace.accounts.signin.views import blueprint
from marketplace.accounts.tokens.views import blueprint as tokens

__all__ = ["blueprint"]

for part in (profile, organisations, members, invitations, tokens):
    blueprint.register_blueprint(part)

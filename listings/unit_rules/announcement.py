"""What unit rules bring to the registry."""

from collections.abc import Sequence

from flask import url_for

from listings.unit_rules.policy import SEE_OWN
from marketplace.core.context import Context
from marketplace.core.i18n import gettext as _
from marketplace.core.registry import Registry


def announce(registry: Registry) -> None:
    registry.menu.append(menu_links)


def menu_links(ctx: Context) -> Sequence[tuple[str, str]]:
    """The unit's own rules, for its people."""
    return [(url_for("unit_rules.own"), _("单位制度"))] if SEE_OWN.possible(ctx.actor) else []

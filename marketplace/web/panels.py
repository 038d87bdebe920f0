"""Panels: what other concepts add to a page that knows nothing of them."""

from markupsafe import Markup

from marketplace.core.context import Context
from marketplace.core.runtime import runtime


def panels_of(ctx: Context, slot: str, subject: str) -> list[Markup]:
    """The panels of the page of kind `slot` about `subject`, those with nothing to show left out."""
    rendered = (panel(ctx, subject) for panel in runtime().registry.panels.get(slot, ()))
    return [Markup(html) for html in rendered if html]  # noqa: S704 - each is a rendered template

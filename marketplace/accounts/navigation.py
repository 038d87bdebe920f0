"""What every page needs to know of the person looking at it."""

from typing import Any

from flask import Flask, request

from marketplace.core.i18n import current_language
from marketplace.core.policy import Permission
from marketplace.core.runtime import runtime
from marketplace.web.login import current_actor, current_identity

THEMES = ("light", "dark")


def install_navigation(app: Flask) -> None:
    app.context_processor(_page_facts)


def _page_facts() -> dict[str, Any]:
    settings = runtime().settings
    theme = request.cookies.get("theme", "")
    return {
        "person": current_identity(),
        "can": _can,
        "theme": theme if theme in THEMES else "",
        "site_name": settings.site_name_en if current_language() == "en" else settings.site_name,
        "demo": settings.demo,
        "now": runtime().clock.now(),
    }


def _can(permission: Permission, subject: Any = None) -> bool:
    """May the person looking do this? Without a subject: to some subject."""
    actor = current_actor()
    return permission.possible(actor) if subject is None else permission.allows(actor, subject)

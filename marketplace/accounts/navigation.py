"""What every page needs to know of the person looking at it."""

from typing import Any

from flask import Flask, has_request_context, request, url_for
from sqlalchemy.exc import OperationalError

from marketplace.accounts.identity import Person
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.policy import Permission
from marketplace.core.runtime import runtime
from marketplace.core.uow import reading
from marketplace.web.login import current_actor, current_identity

THEMES = ("light", "dark")


def install_navigation(app: Flask) -> None:
    app.context_processor(_page_facts)


def _page_facts() -> dict[str, Any]:
    if not has_request_context():
        return {}  # letters are templates too, and nobody looks at them here
    settings = runtime().settings
    theme = request.cookies.get("theme", "")
    person = _person()
    return {
        "person": person,
        "account_links": _links(person) if person else [],
        "can": _can,
        "theme": theme if theme in THEMES else "",
        "site_name": settings.site_name_en if current_language() == "en" else settings.site_name,
        "demo": settings.demo,
        "now": runtime().clock.now(),
    }


def _person() -> Person | None:
    """Whoever is looking. The page about a database that is away is shown to nobody in particular."""
    try:
        found = current_identity()
    except OperationalError:
        return None
    return found if isinstance(found, Person) else None


def _links(person: Person) -> list[tuple[str, str]]:
    """The person's own menu, (address, text): what packages above announced, then account and organisation."""
    links: list[tuple[str, str]] = []
    try:
        for offered in runtime().registry.menu:
            links.extend(offered(reading(person.actor)))
    except OperationalError:
        links.clear()
    if person.actor.org_id:
        links.append((url_for("accounts.organisations.own"), _("单位资料")))
        links.append((url_for("accounts.members.listed"), _("单位成员")))
    return [*links, (url_for("accounts.profile.overview"), _("账户"))]


def _can(permission: Permission, subject: Any = None) -> bool:
    """May the person looking do this? Without a subject: to some subject."""
    actor = current_actor()
    return permission.possible(actor) if subject is None else permission.allows(actor, subject)

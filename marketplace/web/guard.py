"""Deny by default: every route declares the permission that opens it, or it stays shut."""

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

from marketplace.core.errors import Forbidden, SignInRequired
from marketplace.core.policy import Permission
from marketplace.web.login import current_actor

log = logging.getLogger(__name__)

View = TypeVar("View", bound=Callable[..., Any])
_DECLARED = "__permission__"


def requires(permission: Permission) -> Callable[[View], View]:
    """Declare the permission of a view. Use below the route decorator.

    The guard refuses actors who could do this to no subject at all; the view or command checks the subject.
    """

    def declare(view: View) -> View:
        setattr(view, _DECLARED, permission)
        return view

    return declare


def declared_permission(app: Flask, endpoint: str) -> Permission | None:
    """The permission of an endpoint, for the guard and for the permission table."""
    found: Permission | None = getattr(app.view_functions[endpoint], _DECLARED, None)
    return found


def install_guard(app: Flask) -> None:
    app.before_request(_enforce)


def _enforce() -> None:
    endpoint = request.endpoint
    if endpoint is None:
        return  # no route: Flask answers 404 or 405
    permission = declared_permission(current_app, endpoint)
    if permission is None:
        log.error("route %s declares no permission", endpoint)
        raise Forbidden("undeclared")
    actor = current_actor()
    if permission.possible(actor):
        return
    if not actor.signed_in:
        raise SignInRequired
    raise Forbidden(permission.name)

"""Addresses of pages, inside and outside a request, and the way back to the page somebody came from."""

from typing import Any

from flask import current_app, request

from marketplace.core.runtime import runtime
from marketplace.web.redirects import safe_next


def path_to(endpoint: str, **values: Any) -> str:
    """The path of a page without language, for letters, which are written where there is no request."""
    return current_app.url_map.bind("site").build(endpoint, values)


def public_address(path: str, language: str = "zh") -> str:
    """The whole address under which the public reaches a path of this site."""
    prefix = "/en" if language == "en" else ""
    return f"{runtime().settings.public_url.rstrip('/')}{prefix}{path}"


def way_back(asked: str | None, default: str) -> str:
    """Where to go on: the asked page if it is of this site, in the language of this request."""
    target = safe_next(asked, default)
    root = request.script_root
    return target if not root or target == root or target.startswith(f"{root}/") else root + target


def remote_address() -> str:
    """The network address a request comes from; behind trusted proxies, the one they saw."""
    return request.remote_addr or "unknown"

"""What every answer says to the browser."""

from flask import Flask, Response, request

from marketplace.web.login import current_actor

_OWN = ("script", "style", "img", "font", "connect", "manifest")
_NOTHING = ("default-src", "frame-ancestors", "base-uri")
POLICY = "; ".join(
    [f"{what} 'none'" for what in _NOTHING] + [f"{what}-src 'self'" for what in _OWN] + ["form-action 'self'"]
)


def install_headers(app: Flask) -> None:
    app.after_request(_add)


def _add(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()"
    if "Cache-Control" not in headers and request.endpoint != "static":
        headers["Cache-Control"] = "no-store" if current_actor().signed_in else "no-cache"
    return response

"""Addresses of static files that change with their content, so browsers may keep them for ever.

`{{ asset("css/base.css") }}` gives `/static/css/base.css?v=<first ten hex digits of the SHA-256>`. A request
that carries the right digits is answered as immutable; any other keeps Flask's revalidation.
"""

import hashlib
from pathlib import Path
from urllib.parse import quote

from flask import Flask, Response, request
from werkzeug.security import safe_join

from marketplace.web.icons import register_icons

YEAR = 31_536_000  # seconds
_DIGITS = 10


class UnknownAssetError(LookupError):
    """A template names a static file that does not exist."""


class Assets:
    """The files below one folder, served under one address.

    A digest is made once and kept, for a new release is a new process; with `watched`, until the file changes.
    """

    def __init__(self, folder: Path, url_path: str, *, watched: bool = False) -> None:
        self._folder = folder
        self._url_path = url_path.rstrip("/")
        self._watched = watched
        self._known: dict[str, tuple[float, str]] = {}

    def url(self, name: str) -> str:
        """The address of `name` with its fingerprint. Raises UnknownAssetError."""
        return f"{self._url_path}/{quote(name)}?v={self.fingerprint(name)}"

    def fingerprint(self, name: str) -> str:
        """Ten hex digits of the file's SHA-256. Raises UnknownAssetError, also for names that leave the folder."""
        known = self._known.get(name)
        if known is None or (self._watched and known[0] != self._path(name).stat().st_mtime):
            path = self._path(name)
            changed, digest = path.stat().st_mtime, hashlib.sha256(path.read_bytes()).hexdigest()
            known = self._known[name] = (changed, digest[:_DIGITS])
        return known[1]

    def _path(self, name: str) -> Path:
        joined = safe_join(str(self._folder), name)
        if joined is None or not Path(joined).is_file():
            raise UnknownAssetError(f"no static file is called {name!r}")
        return Path(joined)

    def matches(self, name: str, version: str) -> bool:
        """Whether `version` is the fingerprint of the file as it is now."""
        try:
            return self.fingerprint(name) == version
        except UnknownAssetError:
            return False


def register_assets(app: Flask) -> Assets:
    """Offer `asset(name)` and `icon(name)` to templates and mark fingerprinted answers as immutable."""
    assets = Assets(Path(app.static_folder or ""), app.static_url_path or "/static", watched=app.debug)
    app.jinja_env.globals["asset"] = assets.url
    register_icons(app)

    @app.after_request
    def keep_fingerprinted(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code in {200, 304}:
            name = str((request.view_args or {}).get("filename", ""))
            if assets.matches(name, request.args.get("v", "")):
                response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
        return response

    return assets

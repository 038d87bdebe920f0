"""Chinese at the root, English under `/en` with the same paths; no language in the session."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote

from flask import Flask, request
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from marketplace.core.i18n import LANGUAGE, Language, catalogue, speaking

PREFIX = "/en"


class LanguagePrefix:
    """WSGI middleware: moves a leading `/en` from the path to the script name, so `url_for` keeps the language.

    Programs may say the language in `Accept-Language` instead.
    """

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        prefixed = path == PREFIX or path.startswith(f"{PREFIX}/")
        if prefixed:
            environ["PATH_INFO"] = path[len(PREFIX) :] or "/"
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + PREFIX
        language: Language = "en" if prefixed or _accepts_english(environ) else "zh"
        environ[LANGUAGE] = language  # for what is streamed after this call
        with speaking(language):
            return self.app(environ, start_response)


def install_locale(app: Flask) -> None:
    app.wsgi_app = LanguagePrefix(app.wsgi_app)  # type: ignore[method-assign]
    app.config["WTF_I18N_ENABLED"] = False  # WTForms has words of its own in both languages
    app.jinja_env.globals.update(_=_said, gettext=_said, ngettext=_counted, pgettext=_meant)
    app.jinja_env.globals["alternate_url"] = alternate_url


def _accepts_english(environ: dict[str, Any]) -> bool:
    if not environ.get("PATH_INFO", "").startswith("/api/"):
        return False
    accepted = parse_accept_header(environ.get("HTTP_ACCEPT_LANGUAGE", ""), LanguageAccept)
    return accepted.best_match(["zh-CN", "zh", "en"], "zh") == "en"


@pass_eval_context
def _said(page: EvalContext, message: str, **values: Any) -> str:
    return _filled(page, catalogue().gettext(message), values)


@pass_eval_context
def _counted(page: EvalContext, singular: str, plural: str, number: int, **values: Any) -> str:
    return _filled(page, catalogue().ngettext(singular, plural, number), {"num": number, **values})


@pass_eval_context
def _meant(page: EvalContext, context: str, message: str, **values: Any) -> str:
    return _filled(page, catalogue().pgettext(context, message), values)


def _filled(page: EvalContext, text: str, values: dict[str, Any]) -> str:
    """Messages are ours and may hold elements; what is put into their places is not, and is escaped on a page."""
    said = Markup(text) if page.autoescape else text  # noqa: S704 - from our own catalogue
    return said % values if values else said


def alternate_url(language: str) -> str:
    """This page in the other language: same path, same query."""
    path = (PREFIX if language == "en" else "") + quote(request.path)
    query = request.query_string.decode("latin-1")
    return f"{path}?{query}" if query else path

"""Chinese at the root, English under `/en` with the same paths; no language in the session."""

from collections.abc import Callable, Iterable
from functools import cache
from gettext import NullTranslations, translation
from typing import Any
from urllib.parse import quote

from flask import Flask, has_request_context, request
from flask_babel import Babel

from marketplace.core.i18n import Language, current_language
from marketplace.paths import resource

LANGUAGE = "marketplace.language"
PREFIX = "/en"
CHINESE = "zh_Hans_CN"


class LanguagePrefix:
    """WSGI middleware: moves a leading `/en` from the path to the script name, so `url_for` keeps the language."""

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == PREFIX or path.startswith(f"{PREFIX}/"):
            environ["PATH_INFO"] = path[len(PREFIX) :] or "/"
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + PREFIX
            environ[LANGUAGE] = "en"
        return self.app(environ, start_response)


def install_locale(app: Flask) -> None:
    app.wsgi_app = LanguagePrefix(app.wsgi_app)  # type: ignore[method-assign]
    app.config["BABEL_DEFAULT_LOCALE"] = CHINESE
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Asia/Shanghai"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(resource("translations"))
    Babel(app, locale_selector=_select)
    # Pages have a hundred messages: look each up in a catalogue that is loaded once, by the page's language.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: _catalogue().gettext(text),
        lambda one, many, number: _catalogue().ngettext(one, many, number),
        newstyle=True,
        pgettext=lambda context, text: _catalogue().pgettext(context, text),
        npgettext=lambda context, one, many, number: _catalogue().npgettext(context, one, many, number),
    )
    app.jinja_env.globals["alternate_url"] = alternate_url


def _catalogue() -> NullTranslations:
    return _loaded(current_language())


@cache
def _loaded(language: Language) -> NullTranslations:
    return translation("messages", resource("translations"), [language], fallback=True)


def _select() -> str:
    if not has_request_context():
        return CHINESE
    if request.environ.get(LANGUAGE) == "en":
        return "en"
    if request.path.startswith("/api/"):
        return "en" if request.accept_languages.best_match(["zh-CN", "zh", "en"], "zh") == "en" else CHINESE
    return CHINESE


def alternate_url(language: str) -> str:
    """This page in the other language: same path, same query."""
    path = (PREFIX if language == "en" else "") + quote(request.path)
    query = request.query_string.decode("latin-1")
    return f"{path}?{query}" if query else path

"""Translation functions, from one place. Chinese strings are the message ids; `translations/en` holds English."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import NullTranslations, translation
from typing import Any, Literal

from flask import has_request_context, request

from marketplace.core.lazy import LazyString
from marketplace.paths import resource

__all__ = [
    "LANGUAGE",
    "LANGUAGES",
    "Language",
    "LazyString",
    "catalogue",
    "current_language",
    "gettext",
    "lazy_gettext",
    "lazy_pgettext",
    "ngettext",
    "pgettext",
    "speaking",
]

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
LANGUAGE = "marketplace.language"
"""Where a request's environment says the language of its answer."""

_spoken: ContextVar[Language | None] = ContextVar("spoken", default=None)


def gettext(message: str, **values: Any) -> str:
    """The message in the page's language, with its `%(name)s` places filled."""
    return _filled(catalogue().gettext(message), values)


def ngettext(singular: str, plural: str, number: int, **values: Any) -> str:
    return _filled(catalogue().ngettext(singular, plural, number), {"num": number, **values})


def pgettext(context: str, message: str, **values: Any) -> str:
    """A message whose meaning needs a context, such as 出价 the noun and the verb."""
    return _filled(catalogue().pgettext(context, message), values)


def lazy_gettext(message: str, **values: Any) -> LazyString:
    """A message that is looked up each time it is shown, for what is said when modules are loaded."""
    return LazyString(gettext, message, **values)


def lazy_pgettext(context: str, message: str, **values: Any) -> LazyString:
    return LazyString(pgettext, context, message, **values)


def catalogue() -> NullTranslations:
    """The messages of the page's language. A page says hundreds, so each language is read once."""
    return _loaded(current_language())


def current_language() -> Language:
    """`zh` or `en`: the language of the page being made, Chinese outside a request."""
    spoken = _spoken.get()
    if spoken is not None:
        return spoken
    if not has_request_context():
        return "zh"
    asked: Language = request.environ.get(LANGUAGE, "zh")
    return asked


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Say everything in that language, whatever the request asked for: a mail, a text kept in both languages."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


@cache
def _loaded(language: Language) -> NullTranslations:
    return translation("messages", resource("translations"), [language], fallback=True)


def _filled(text: str, values: dict[str, Any]) -> str:
    return text % values if values else text

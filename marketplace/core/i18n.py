"""Translation functions, from one place. Chinese strings are the message ids; `translations/en` holds English."""

from typing import Any, Literal

import flask_babel
from flask_babel import force_locale, lazy_gettext, lazy_pgettext
from flask_babel.speaklater import LazyString

__all__ = [
    "Language",
    "LazyString",
    "current_language",
    "force_locale",
    "gettext",
    "lazy_gettext",
    "lazy_pgettext",
    "ngettext",
    "pgettext",
]

Language = Literal["zh", "en"]


def gettext(message: str, **values: Any) -> str:
    """The message in the page's language, with its `%(name)s` places filled."""
    return str(flask_babel.gettext(message, **values))


def ngettext(singular: str, plural: str, number: int, **values: Any) -> str:
    return str(flask_babel.ngettext(singular, plural, number, **values))


def pgettext(context: str, message: str, **values: Any) -> str:
    """A message whose meaning needs a context, such as 出价 the noun and the verb."""
    return str(flask_babel.pgettext(context, message, **values))


def current_language() -> Language:
    """`zh` or `en`: the language of the page being made, Chinese outside a request."""
    locale = flask_babel.get_locale()
    return "en" if locale is not None and locale.language == "en" else "zh"

"""Translation functions, from one place. Chinese strings are the message ids; `translations/en` holds English."""

from flask_babel import force_locale, gettext, lazy_gettext, lazy_pgettext, ngettext, pgettext
from flask_babel import get_locale as _get_locale
from flask_babel.speaklater import LazyString

__all__ = [
    "LazyString",
    "current_language",
    "force_locale",
    "gettext",
    "lazy_gettext",
    "lazy_pgettext",
    "ngettext",
    "pgettext",
]

LANGUAGES = ("zh", "en")


def current_language() -> str:
    """`zh` or `en`: the language of the page being made, Chinese outside a request."""
    locale = _get_locale()
    return "en" if locale is not None and locale.language == "en" else "zh"

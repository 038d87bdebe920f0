"""Where to go after signing in: a page of this site, whatever the address bar was made to say."""

import re
from urllib.parse import unquote, urlsplit

LONGEST = 500
# Browsers drop tabs and newlines and read a backslash as a slash, so an address holding one means something else there.
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\x9f\\\u2028\u2029]")


def safe_next(url: str | None, default: str = "/") -> str:
    """The given path if it stays on this site, otherwise `default`.

    Accepted: one leading slash, no scheme, no host, no control character or backslash, and no doubled slash in the
    path even when percent-encoded. A query and a fragment may hold anything printable.
    """
    if not url or len(url) > LONGEST or not url.startswith("/") or _FORBIDDEN.search(url):
        return default
    path = unquote(re.split(r"[?#]", url, maxsplit=1)[0])
    if "//" in path or _FORBIDDEN.search(path.replace(" ", "")):
        return default
    try:
        parts = urlsplit(url)
    except ValueError:
        return default
    return default if parts.scheme or parts.netloc else url

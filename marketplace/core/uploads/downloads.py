"""Headers under which stored files leave the house: saved, never run, never guessed at."""

import re
import unicodedata
from urllib.parse import quote

from marketplace.core.uploads.kinds import IMAGES, MEDIA_TYPES, Kind

_LONGEST_NAME = 150
# Separators of every system, and what Windows forbids in names.
_UNWANTED = re.compile(r'[/\\:*?"<>|%]+')
# RFC 8187 section 3.2.1, attr-char: what need not be percent-encoded in filename*.
_ATTRIBUTE_CHARACTERS = "!#$&+-.^_`|~"
_UNTOUCHED = re.compile(r"[A-Za-z0-9 ._()\-]+")
# `sandbox` takes scripts, forms and the origin away from whatever is opened in spite of all this.
_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


def download_name(name: str) -> str:
    """The name without separators, control and direction characters and leading dots; `file` if nothing is left."""
    visible = "".join(character for character in name if unicodedata.category(character)[0] != "C")
    return _UNWANTED.sub("_", visible).strip().lstrip(".")[-_LONGEST_NAME:] or "file"


def content_disposition(name: str, disposition: str = "attachment") -> str:
    """RFC 6266 with the real name in UTF-8 (RFC 8187) and an ASCII one for old programs."""
    clean = download_name(name)
    if _UNTOUCHED.fullmatch(clean):
        return f'{disposition}; filename="{clean}"'
    stem, dot, extension = clean.rpartition(".")
    plain = f"download.{extension}" if dot and stem and _UNTOUCHED.fullmatch(extension) else "download"
    return f"{disposition}; filename=\"{plain}\"; filename*=UTF-8''{quote(clean, safe=_ATTRIBUTE_CHARACTERS)}"


def download_headers(name: str, media_type: str = "application/octet-stream") -> dict[str, str]:
    """Headers for a file the reader saves."""
    return {
        "Content-Type": media_type,
        "Content-Disposition": content_disposition(name),
        "Content-Security-Policy": _POLICY,
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


def picture_headers(kind: Kind) -> dict[str, str]:
    """Headers for an image that `gate.picture` wrote anew and pages show. ValueError for any other kind."""
    if kind not in IMAGES:
        raise ValueError("only images written anew may be shown in place")
    return download_headers(f"image.{kind}", MEDIA_TYPES[kind]) | {"Content-Disposition": "inline"}

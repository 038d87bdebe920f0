"""From the words people write into a table to the codes of the lists: names in both languages, codes, other catalogues'
names of subjects, and the nearest name for a slip."""

import json
import re
import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache
from importlib.resources import files

from listings.classification import Code, CodeList, codes
from marketplace.core.i18n import Language

FIELDS_LIST, REGIONS_LIST = "technology_fields", "regions"
_LONGEST = 80  # no name of a code is longer; what is, is not looked up
_IGNORED = re.compile(r"[\s·・.,，、。_\-–—/／()（）&]+")
_REGION_KIND = re.compile(r"(特别行政区|(维吾尔|壮族|回族)?自治区|省|市)$")
_SIMILAR = 0.6


def key_of(text: str) -> str:
    """Words without width, case, spacing and punctuation, to compare them."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text).casefold())


def code_named(listed: str, text: str) -> str | None:
    """The code of a list that the words mean; None when they mean none. A code before its name is taken at its word."""
    words = text.strip()
    if not words or len(words) > _LONGEST:
        return None
    known = codes(listed)
    if words in known:
        return words
    found = _names(listed).get(key_of(words))
    if found is None:
        first = re.match(r"[0-9A-Za-z_]+", words)
        found = first[0] if first and first[0] in known and first[0] != words else None
    return found


@lru_cache(maxsize=2048)
def nearest_name(listed: str, text: str, language: Language) -> str:
    """The name that the words were probably meant to be; empty when nothing is near."""
    names = {item.label(language) for item in codes(listed)}
    near = get_close_matches(text[:_LONGEST], sorted(names), n=1, cutoff=_SIMILAR)
    return near[0] if near else ""


@lru_cache(maxsize=32)
def _names(listed: str) -> Mapping[str, str]:
    """Comparable words → code. A name of the list itself wins over a name from elsewhere."""
    known = codes(listed)
    names = {key_of(name): item.code for item in known for name in (item.code, item.en, item.zh)}
    for other, code in _elsewhere(listed, known).items():
        names.setdefault(key_of(other), code)
    return names


def _elsewhere(listed: str, known: CodeList[Code]) -> dict[str, str]:
    if listed == FIELDS_LIST:
        return _field_names()
    if listed == REGIONS_LIST:
        return {_REGION_KIND.sub("", item.zh): item.code for item in known}
    return {}


def _field_names() -> dict[str, str]:
    """Names of subjects in other catalogues → technology field."""
    raw = json.loads(
        files("listings.imports").joinpath("data", "field_names.json").read_text(encoding="utf-8")
    )
    names: dict[str, str] = raw["names"]
    return names

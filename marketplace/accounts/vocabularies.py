"""Names of codes that packages above own: regions, kinds of service. They announce them to the registry."""

from marketplace.core.i18n import current_language
from marketplace.core.runtime import runtime

REGIONS, SERVICES = "regions", "agency_kinds"


def choices(name: str) -> list[tuple[str, str]]:
    """The (code, name) pairs of a vocabulary in the page's language; none if nobody announced it."""
    vocabulary = runtime().registry.vocabularies.get(name)
    return list(vocabulary(current_language())) if vocabulary is not None else []


def known(name: str, code: str) -> bool:
    vocabulary = runtime().registry.vocabularies.get(name)
    return vocabulary is not None and any(code == listed for listed, _label in vocabulary("zh"))


def label(name: str, code: str) -> str:
    """The name of a code; the code itself if it is no longer listed."""
    return next((text for listed, text in choices(name) if listed == code), code)

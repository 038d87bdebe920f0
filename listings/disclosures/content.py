"""What a disclosure says: one frozen dataclass that forms and the API fill alike, and apart from it what is confidential.

Only shapes are fixed here; `rules` says what is required. Codes refer to the lists in `listings/data`.
"""

import hashlib
from dataclasses import dataclass
from datetime import date

import rfc8785
from pydantic import TypeAdapter

from listings.achievements.content import Attachment
from marketplace.core.db import JSONObject


@dataclass(frozen=True)
class Completer:
    """A person with creative contribution to the essential features (专利法实施细则 art. 14), and nobody else.

    `status` of `completer_statuses` when the achievement was completed, `left_on` for those who have left the unit.
    `share_bp` is the share in basis points. `email` finds the account with which a member of the unit confirms.
    """

    name: str = ""
    email: str = ""
    unit: str = ""
    status: str = ""
    left_on: date | None = None
    share_bp: int | None = None
    contribution: str = ""


@dataclass(frozen=True)
class Project:
    """A project the achievement comes from. `level` of `funding_sources`, `clause`: what its contract says of rights."""

    number: str = ""
    name: str = ""
    level: str = ""
    clause: str = ""


@dataclass(frozen=True)
class CoOwner:
    """Another unit with a share in the achievement (促进科技成果转化法 art. 40), and the agreement about it."""

    name: str = ""
    agreement: str = ""


@dataclass(frozen=True)
class Right:
    """A right filed for or granted. `kind` of `ip_kinds`; `fees` says what is paid, `burdens` pledges, licences, disputes."""

    kind: str = ""
    number: str = ""
    filed_on: date | None = None
    fees: str = ""
    burdens: str = ""


@dataclass(frozen=True)
class Firm:
    """A firm known to be interested. `relation`: what a completer has to do with it; "none" is said, not left out."""

    name: str = ""
    relation: str = ""


@dataclass(frozen=True)
class Content:
    """Everything but the confidential description. Empty values mean: not filled in. `trl` is 1 to 9.

    `ground` of `disclosure_grounds`, `ip_state` of `disclosure_ip_states`, `wish` of `disclosure_wishes`.
    """

    title: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    trl: int | None = None

    completers: tuple[Completer, ...] = ()

    ground: str = ""
    projects: tuple[Project, ...] = ()
    obligations: str = ""
    co_owners: tuple[CoOwner, ...] = ()
    materials: str = ""

    conceived_on: date | None = None
    completed_on: date | None = None
    published_on: date | None = None
    planned_on: date | None = None
    planned_what: str = ""

    ip_state: str = ""
    rights: tuple[Right, ...] = ()

    wish: str = ""
    modes: tuple[str, ...] = ()
    firms: tuple[Firm, ...] = ()


@dataclass(frozen=True)
class Confidential:
    """The confidential description: never public, never in a list, an index or the journal."""

    text: str = ""
    files: tuple[Attachment, ...] = ()

    @property
    def given(self) -> bool:
        return bool(self.text or self.files)


#: Pages of the form and the content fields on each.
SECTIONS: dict[str, tuple[str, ...]] = {
    "identity": ("title", "abstract", "keywords", "fields", "trl"),
    "people": ("completers",),
    "origin": ("ground", "projects", "obligations", "co_owners", "materials"),
    "dates": ("conceived_on", "completed_on", "published_on", "planned_on", "planned_what"),
    "rights": ("ip_state", "rights"),
    "wishes": ("wish", "modes", "firms"),
}

_CONTENT = TypeAdapter(Content)
_CONFIDENTIAL = TypeAdapter(Confidential)


def to_json(content: Content) -> JSONObject:
    """As stored and hashed."""
    dumped: JSONObject = _CONTENT.dump_python(content, mode="json")
    return dumped


def from_json(stored: JSONObject) -> Content:
    """The content of a stored disclosure. Raises pydantic.ValidationError for a shape it never had."""
    return _CONTENT.validate_python(stored)


def confidential_to_json(description: Confidential) -> JSONObject:
    dumped: JSONObject = _CONFIDENTIAL.dump_python(description, mode="json")
    return dumped


def confidential_from_json(stored: JSONObject) -> Confidential:
    return _CONFIDENTIAL.validate_python(stored)


def disclosure_digest(content: JSONObject, confidential: JSONObject) -> str:
    """SHA-256 of the canonical JSON (RFC 8785) of both, in hex: what every completer confirms, shares included."""
    whole: JSONObject = {"content": content, "confidential": confidential}
    return hashlib.sha256(rfc8785.dumps(whole)).hexdigest()

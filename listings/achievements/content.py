"""What an achievement says: one frozen dataclass that forms, spreadsheets and the API fill alike.

Fields follow the national registration form (科技成果登记表) and real listing pages. Only shapes are fixed here;
`rules` says what is required and what is too long. Codes refer to the lists in `listings/data`.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import date

import rfc8785
from pydantic import TypeAdapter

from marketplace.core.db import JSONObject


@dataclass(frozen=True)
class Completer:
    """A person with creative contribution (完成人). Only what may be published: name, title, unit."""

    name: str
    title: str = ""
    unit: str = ""


@dataclass(frozen=True)
class IpRight:
    """A right in the list (权利清单). `kind` of `ip_kinds`, `state` of `ip_states`."""

    kind: str
    number: str = ""
    state: str = ""
    holder: str = ""
    granted: date | None = None


@dataclass(frozen=True)
class Indicator:
    """A technical indicator with the value others reach."""

    name: str
    value: str = ""
    benchmark: str = ""


@dataclass(frozen=True)
class Attachment:
    """A file by its digest. `role` is image or attachment, `level` of `disclosure_levels`, `size` in bytes."""

    digest: str
    name: str
    media: str
    size: int
    role: str = "attachment"
    level: str = "public"
    thumbnail: str = ""


@dataclass(frozen=True)
class Content:
    """One version of an achievement's text. Empty values mean: not filled in.

    `price_fen` is integer fen, `trl` 1 to 9. `restricted` names the blocks (of `RESTRICTABLE`) shown only above the
    public disclosure level, as pairs of block and level.
    """

    title: str = ""
    title_en: str = ""
    abstract: str = ""
    abstract_en: str = ""
    keywords: tuple[str, ...] = ()
    field: str = ""
    industries: tuple[str, ...] = ()
    ipc: tuple[str, ...] = ()
    category: str = ""
    forms: tuple[str, ...] = ()
    attribute: str = ""
    level: str = ""
    region: str = ""

    trl: int | None = None
    trl_evidence: str = ""
    trl_assessor: str = ""
    trl_assessor_name: str = ""
    trl_assessed_on: date | None = None

    pain_point: str = ""
    principle: str = ""
    indicators: tuple[Indicator, ...] = ()
    cases: str = ""
    market: str = ""
    conditions: str = ""
    risks: str = ""

    rights: tuple[IpRight, ...] = ()
    rights_checked_on: date | None = None

    modes: tuple[str, ...] = ()
    price_mode: str = ""
    price_fen: int | None = None
    payment_terms: str = ""
    cooperation: str = ""

    completers: tuple[Completer, ...] = ()
    fiscal_funded: bool = False
    project: str = ""
    started: str = ""
    finished: str = ""

    files: tuple[Attachment, ...] = ()
    restricted: tuple[tuple[str, str], ...] = ()


#: Blocks that a holder may keep for verified or confidentiality-bound readers. Never the price, never the abstract.
RESTRICTABLE = ("principle", "indicators", "cases", "market", "conditions", "risks")

_ADAPTER = TypeAdapter(Content)


def to_json(content: Content) -> JSONObject:
    """As stored in a revision and hashed for the journal."""
    dumped: JSONObject = _ADAPTER.dump_python(content, mode="json")
    return dumped


def from_json(stored: JSONObject) -> Content:
    """The content of a stored revision. Raises pydantic.ValidationError for a shape it never had."""
    return _ADAPTER.validate_python(stored)


def from_json_text(stored: str) -> Content:
    """The same from the text in the database, in one step. Raises pydantic.ValidationError."""
    return _ADAPTER.validate_json(stored)


def content_digest(content: Content) -> str:
    """SHA-256 of the canonical JSON (RFC 8785), in hex: what a publication's journal entry commits to."""
    return hashlib.sha256(rfc8785.dumps(to_json(content))).hexdigest()


@dataclass(frozen=True)
class Section:
    """A page of the form: its name and the content fields on it."""

    name: str
    fields: tuple[str, ...] = field(default=())


SECTIONS = (
    Section(
        "basics",
        (
            *("title", "title_en", "abstract", "abstract_en", "keywords", "field", "industries", "ipc"),
            *("category", "forms", "attribute", "level", "region"),
        ),
    ),
    Section("maturity", ("trl", "trl_evidence", "trl_assessor", "trl_assessor_name", "trl_assessed_on")),
    Section(
        "technology", ("pain_point", "principle", "indicators", "cases", "market", "conditions", "risks")
    ),
    Section("rights", ("rights", "rights_checked_on")),
    Section("transfer", ("modes", "price_mode", "price_fen", "payment_terms", "cooperation")),
    Section("people", ("completers", "fiscal_funded", "project", "started", "finished")),
    Section("materials", ("files",)),
    Section("disclosure", ("restricted",)),
)

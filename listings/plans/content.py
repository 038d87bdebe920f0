"""What a plan says: one frozen dataclass that the form and the API fill alike.

Only shapes are fixed here; `rules` says what is required and what contradicts. Codes refer to lists in `listings/data`.
"""

from dataclasses import dataclass, replace
from datetime import date

from pydantic import TypeAdapter

from listings.classification import codes
from listings.rights import ListedRight
from marketplace.core.db import JSONObject

AGREEMENT = "agreement"  # of `pricing_methods`: the only one that needs a notice (促进科技成果转化法 art. 18)
NAMED, PUBLIC = "named", "public"  # of `buyer_kinds`
YES, NO = "yes", "no"
#: The points of due diligence, in the order of their list, without the headings of its groups.
DILIGENCE = tuple(item.code for item in codes("due_diligence") if item.parent is not None)


@dataclass(frozen=True)
class Buyer:
    """Who acquires. `kind` of `buyer_kinds`; name and credit code of a named one."""

    kind: str = ""
    name: str = ""
    credit_code: str = ""


@dataclass(frozen=True)
class Check:
    """One point of due diligence, `code` of `due_diligence`. What was not done says in `note` why not."""

    code: str
    done: bool = False
    note: str = ""


@dataclass(frozen=True)
class RelatedParty:
    """The statement on related parties (关联交易申报). `related` is `yes`, `no` or empty; `kind` of `relation_kinds`.

    `who` is related, `explanation` says how, `no_influence` states that it did not influence the pricing.
    """

    related: str = ""
    kind: str = ""
    who: str = ""
    explanation: str = ""
    no_influence: bool = False


@dataclass(frozen=True)
class CompleterConsent:
    """A completer's consent: when, and the number or name of the document that was signed."""

    name: str
    signed_on: date | None = None
    document: str = ""


@dataclass(frozen=True)
class CoOwnerConsent:
    """The consent of a co-owner of a right, by the number of its document."""

    name: str
    document: str = ""


@dataclass(frozen=True)
class PlanContent:
    """A plan's text. Empty values mean: not filled in. `price_fen` is integer fen."""

    rights: tuple[ListedRight, ...] = ()
    mode: str = ""
    pricing_method: str = ""
    buyer: Buyer = Buyer()
    price_fen: int | None = None
    price_bases: tuple[str, ...] = ()
    price_basis: str = ""
    payment_terms: str = ""
    buyer_search: str = ""
    alternatives: str = ""
    checks: tuple[Check, ...] = ()
    risks: str = ""
    distribution: str = ""
    related: RelatedParty = RelatedParty()
    completers: tuple[CompleterConsent, ...] = ()
    co_owners: tuple[CoOwnerConsent, ...] = ()


_ADAPTER = TypeAdapter(PlanContent)


def to_json(content: PlanContent) -> JSONObject:
    """As stored and hashed."""
    dumped: JSONObject = _ADAPTER.dump_python(content, mode="json")
    return dumped


def from_json(stored: JSONObject) -> PlanContent:
    """The content of a stored plan. Raises pydantic.ValidationError for a shape it never had."""
    return _ADAPTER.validate_python(stored)


def arranged(content: PlanContent) -> PlanContent:
    """With every point of due diligence once, in the order of the list; unknown ones stay, at the end, to be refused."""
    said = {check.code: check for check in content.checks}
    known = tuple(said.get(code, Check(code)) for code in DILIGENCE)
    unknown = tuple(check for code, check in said.items() if code not in DILIGENCE)
    return replace(content, checks=known + unknown)


@dataclass(frozen=True)
class Section:
    """A card of the form and of the page: its name and the content fields on it."""

    name: str
    fields: tuple[str, ...]


SECTIONS = (
    Section("object", ("rights", "mode")),
    Section("price", ("pricing_method", "buyer", "price_fen", "price_bases", "price_basis", "payment_terms")),
    Section("search", ("buyer_search", "alternatives")),
    Section("diligence", ("checks", "risks")),
    Section("distribution", ("distribution",)),
    Section("related", ("related",)),
    Section("consents", ("completers", "co_owners")),
)

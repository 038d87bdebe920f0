"""What a notice is about: packages announce, by kind of notice, where its facts come from.

The source fixes what the notice says about price, buyer and decision; people only word the rest. So a notice cannot
say anything else than what was decided.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import TypeVar

from marketplace.core.context import Context
from marketplace.core.db import JSONObject, JSONValue
from marketplace.core.errors import NotFound, Words
from marketplace.core.runtime import runtime

PUBLIC_BUYER = "public"

Facts = TypeVar("Facts")


@dataclass(frozen=True)
class DecisionFacts:
    """The collective decision (集体决策) a notice rests on: its public id, resolution number, Beijing date, body.

    `minutes` is the digest of the minutes, which stay in the unit.
    """

    id: str
    resolution: str
    held_on: date
    body: str
    minutes: str


@dataclass(frozen=True)
class RulesFacts:
    """The unit's published objection procedure: its public id, the Beijing date of publication, digest, words."""

    id: str
    published_on: date
    digest: str
    procedure: str
    unit_url: str = ""


@dataclass(frozen=True)
class Basis:
    """What the source says. `fixed` and `suggested` are texts by field of the profile.

    `buyer` is the buyer's credit code, name, or `public`; `price_fen` is None where there is no price. `cleared`: may
    the text be public, by the gates of secrecy and defence? `insiders` are the accounts of those who took part, who may
    not decide about objections. `complaints` say what is still missing.
    """

    holder_id: str
    zone_id: str
    title: str
    fixed: Mapping[str, str]
    suggested: Mapping[str, str] = field(default_factory=dict)
    achievement_id: str | None = None
    price_fen: int | None = None
    buyer: str = PUBLIC_BUYER
    mode: str = ""
    related: bool = False
    decision: DecisionFacts | None = None
    rules: RulesFacts | None = None
    cleared: bool = True
    insiders: frozenset[str] = frozenset()
    complaints: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Choice:
    """Something a notice could be begun about."""

    subject: str
    label: str


@dataclass(frozen=True)
class NoticeSource:
    """How notices of one kind learn what they are about. `basis` raises NotFound for what the actor may not see."""

    kind: str
    basis: Callable[[Context, str], Basis]
    choices: Callable[[Context], Sequence[Choice]]


def same_matter(one: Basis, other: Basis) -> bool:
    """Do both say the same about what is noticed? What is only suggested may change, and who took part."""
    return _matter(one) == _matter(other)


def _matter(basis: Basis) -> Basis:
    return replace(basis, suggested={}, insiders=frozenset(), complaints=tuple(map(str, basis.complaints)))


def source_of(kind: str) -> NoticeSource:
    """The announced source of that kind of notice. Raises NotFound."""
    found: NoticeSource | None = runtime().registry.notice_sources.get(kind)
    if found is None:
        raise NotFound
    return found


def sources() -> list[NoticeSource]:
    """Every announced source, in the order of announcement."""
    return list(runtime().registry.notice_sources.values())


def basis_json(basis: Basis) -> JSONObject:
    """A basis as it is kept with an edition."""
    kept = asdict(basis)
    kept["insiders"] = sorted(basis.insiders)
    kept["complaints"] = [str(words) for words in basis.complaints]
    for part, day in (("decision", "held_on"), ("rules", "published_on")):
        if kept[part] is not None:
            kept[part][day] = kept[part][day].isoformat()
    return kept


def basis_from(kept: Mapping[str, JSONValue]) -> Basis:
    """The basis that was kept."""
    values = dict(kept)
    decision, rules = values.pop("decision"), values.pop("rules")
    insiders, complaints = values.pop("insiders"), values.pop("complaints")
    return Basis(
        **values,  # type: ignore[arg-type]
        decision=_dated(DecisionFacts, decision, "held_on"),
        rules=_dated(RulesFacts, rules, "published_on"),
        insiders=frozenset(str(one) for one in insiders) if isinstance(insiders, list) else frozenset(),
        complaints=tuple(str(one) for one in complaints) if isinstance(complaints, list) else (),
    )


def _dated(kind: type[Facts], kept: JSONValue, day: str) -> Facts | None:
    if not isinstance(kept, dict):
        return None
    return kind(**{**kept, day: date.fromisoformat(str(kept[day]))})

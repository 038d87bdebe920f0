"""The market's vocabularies as versioned data: technology fields, industries, regions, readiness levels and the rest.

A code list is a JSON file in `listings/data`: `edition` (what was copied, or the month of our own wording), `source`,
`status` and `items`. The status mark says how well the list is known: V verified in the primary text, V2 in a
secondary one, K from knowledge, D our own default; an item may carry a mark of its own. Lists are read once, at
import; a malformed file stops the start.

    codes("technology_fields").label("0103", "en")        -> "Software and artificial intelligence"
    codes("technology_fields").root("0103").code          -> "01"
    codes("regions").subtree("510000")                    -> frozenset of Sichuan and its cities
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from importlib.resources import files
from types import MappingProxyType
from typing import Generic, TypeVar

Raw = Mapping[str, object]

STATUSES = frozenset({"V", "V2", "K", "D"})


class UnknownListError(LookupError):
    """No code list of that name is shipped."""


class UnknownCodeError(LookupError):
    """The list has no such code."""

    def __init__(self, list_name: str, code: str) -> None:
        self.list_name, self.code = list_name, code
        super().__init__(f"{list_name} has no code {code!r}")


class MalformedListError(ValueError):
    """A data file breaks the rules of code lists; the message names file and code."""


@dataclass(frozen=True, kw_only=True)
class Code:
    """One entry: its code, its name in both languages, the code above it, and a note in both languages or none."""

    code: str
    zh: str
    en: str
    parent: str | None = None
    note_zh: str = ""
    note_en: str = ""
    status: str | None = None

    def label(self, locale: str) -> str:
        """The name, English for `en` and its variants, Chinese for everything else."""
        return self.en if _english(locale) else self.zh

    def note(self, locale: str) -> str:
        """The explanation shown beside the name; empty where the name says enough."""
        return self.note_en if _english(locale) else self.note_zh


@dataclass(frozen=True, kw_only=True)
class ReadinessLevel(Code):
    """A level of the nine-level scale, the stage it belongs to (code of `stages`) and the evidence expected for it."""

    stage: str
    evidence_zh: str
    evidence_en: str

    def evidence(self, locale: str) -> str:
        return self.evidence_en if _english(locale) else self.evidence_zh


@dataclass(frozen=True, kw_only=True)
class ReturnReason(Code):
    """Why a submission is returned; `field_group` (code of `field_groups`) is the part of the form to look at."""

    field_group: str


@dataclass(frozen=True, kw_only=True)
class PriceBand(Code):
    """A band of asking prices in fen: from inclusive, below exclusive, `below_fen=None` without an upper end."""

    from_fen: int
    below_fen: int | None = None

    def holds(self, amount_fen: int) -> bool:
        return self.from_fen <= amount_fen and (self.below_fen is None or amount_fen < self.below_fen)


@dataclass(frozen=True)
class LegalBasis:
    """Law and article a question rests on, with its status mark."""

    law: str
    article: str
    status: str


@dataclass(frozen=True, kw_only=True)
class SecrecyQuestion(Code):
    """A self-assessment question asked before any technical text may be typed.

    The answer `blocks_on` (`yes` or `no`) leads to `outcome` (code of `secrecy_outcomes`). `evidence` names the
    document number to ask for; contents are never asked for (保守国家秘密法 arts. 29, 31).
    """

    group: str
    blocks_on: str
    outcome: str
    basis: tuple[LegalBasis, ...]
    evidence_zh: str = ""
    evidence_en: str = ""

    def evidence(self, locale: str) -> str:
        return self.evidence_en if _english(locale) else self.evidence_zh

    def blocks(self, answer: str) -> bool:
        """Whether `answer` leads to the outcome. Anything but a plain yes or no counts as blocking."""
        return answer not in {"yes", "no"} or answer == self.blocks_on


C = TypeVar("C", bound=Code)
C_co = TypeVar("C_co", bound=Code, covariant=True)


@dataclass(frozen=True)
class CodeList(Generic[C_co]):
    """A list of codes in the order of its file, with the tree its `parent` column spans."""

    name: str
    edition: str
    source: str
    status: str
    items: tuple[C_co, ...]
    _index: Mapping[str, C_co] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_index", MappingProxyType({item.code: item for item in self.items}))

    def __iter__(self) -> Iterator[C_co]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __contains__(self, code: object) -> bool:
        return code in self._index

    def __getitem__(self, code: str) -> C_co:
        """The entry of `code`. Raises UnknownCodeError."""
        try:
            return self._index[code]
        except KeyError:
            raise UnknownCodeError(self.name, code) from None

    def label(self, code: str, locale: str) -> str:
        """The name of `code` in the language of `locale`. Raises UnknownCodeError."""
        return self[code].label(locale)

    def choices(self, locale: str) -> list[tuple[str, str]]:
        """(code, label) pairs for a select field, in the order of the list."""
        return [(item.code, item.label(locale)) for item in self.items]

    def roots(self) -> tuple[C_co, ...]:
        return tuple(item for item in self.items if item.parent is None)

    def children(self, code: str) -> tuple[C_co, ...]:
        """The entries directly below `code`. Raises UnknownCodeError."""
        parent = self[code].code
        return tuple(item for item in self.items if item.parent == parent)

    def path(self, code: str) -> tuple[C_co, ...]:
        """From the root down to `code` itself. Raises UnknownCodeError."""
        item = self[code]
        return (item,) if item.parent is None else (*self.path(item.parent), item)

    def root(self, code: str) -> C_co:
        """The top entry `code` rolls up to: a city to its province, a division to its section."""
        return self.path(code)[0]

    def subtree(self, code: str) -> frozenset[str]:
        """`code` and every code below it: what a filter by `code` should find. Raises UnknownCodeError."""
        return frozenset({code}).union(*(self.subtree(child.code) for child in self.children(code)))


def codes(name: str) -> CodeList[Code]:
    """The code list called `name`, such as `trl` or `regions`. Raises UnknownListError."""
    try:
        return _LISTS[name]
    except KeyError:
        raise UnknownListError(name) from None


def label(name: str, code: str, locale: str) -> str:
    """The name of `code` in list `name`, in the language of `locale`. Raises UnknownListError, UnknownCodeError."""
    return codes(name).label(code, locale)


def list_names() -> tuple[str, ...]:
    return tuple(sorted(_LISTS))


def price_band(amount_fen: int) -> PriceBand:
    """The band an asking price falls in. Raises ValueError for a negative amount."""
    for band in PRICE_BANDS:
        if band.holds(amount_fen):
            return band
    raise ValueError(f"no price band holds {amount_fen} fen")


def _english(locale: str) -> bool:
    return locale.lower().startswith("en")


def _build(kind: type[C], raw: Raw, where: str) -> C:
    known = {each.name for each in fields(kind)}
    if unknown := set(raw) - known:
        raise MalformedListError(f"{where}: unknown columns {sorted(unknown)}")
    values = dict(raw)
    if isinstance(basis := values.get("basis"), list):
        values["basis"] = tuple(LegalBasis(**entry) for entry in basis)
    try:
        return kind(**values)  # type: ignore[arg-type]  # JSON columns; the tests check each column's type
    except TypeError as problem:
        raise MalformedListError(f"{where}: {problem}") from problem


def _load(name: str, kind: type[C]) -> CodeList[C]:
    raw = json.loads(files("listings").joinpath("data", f"{name}.json").read_text(encoding="utf-8"))
    items = tuple(_build(kind, item, f"{name}[{n}]") for n, item in enumerate(raw["items"]))
    loaded = CodeList(
        name=name, edition=raw["edition"], source=raw["source"], status=raw["status"], items=items
    )
    _check(loaded)
    return loaded


def _check(loaded: CodeList[C]) -> None:
    if len({item.code for item in loaded}) != len(loaded.items):
        raise MalformedListError(f"{loaded.name}: a code appears twice")
    seen: set[str] = set()
    for item in loaded:
        # A parent comes before its children, which also rules out cycles.
        if item.parent is not None and item.parent not in seen:
            raise MalformedListError(
                f"{loaded.name}: {item.code} comes before its parent {item.parent}, or has none"
            )
        if {item.status or loaded.status, loaded.status} - STATUSES:
            raise MalformedListError(f"{loaded.name}: {item.code} has an unknown status mark")
        seen.add(item.code)


TRL: CodeList[ReadinessLevel] = _load("trl", ReadinessLevel)
PRICE_BANDS: CodeList[PriceBand] = _load("price_bands", PriceBand)
RETURN_REASONS: CodeList[ReturnReason] = _load("return_reasons", ReturnReason)
SECRECY_QUESTIONS: CodeList[SecrecyQuestion] = _load("secrecy_questions", SecrecyQuestion)

_TYPED: tuple[CodeList[Code], ...] = (TRL, PRICE_BANDS, RETURN_REASONS, SECRECY_QUESTIONS)


def _load_all() -> Mapping[str, CodeList[Code]]:
    loaded: dict[str, CodeList[Code]] = {each.name: each for each in _TYPED}
    for path in files("listings").joinpath("data").iterdir():
        name, dot, ending = path.name.partition(".")
        if (dot, ending) == (".", "json") and name not in loaded:
            loaded[name] = _load(name, Code)
    return MappingProxyType(loaded)


_LISTS: Mapping[str, CodeList[Code]] = _load_all()

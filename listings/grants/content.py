"""What a grant says before anybody decides: one frozen dataclass that the form and the API fill alike.

Only shapes are fixed here; `rules` says what is required and what contradicts. Codes refer to lists in `listings/data`.
"""

from dataclasses import dataclass, replace

from pydantic import TypeAdapter

from listings.classification import codes
from listings.rights import ListedRight
from marketplace.core.db import JSONObject

OWNERSHIP, USE_RIGHT, REWARD_AFTER = "ownership", "use_right", "reward_after"
YES, NO = "yes", "no"
#: The points of the negative list, in its order.
EXCLUSIONS = tuple(item.code for item in codes("grant_exclusions"))
USE_KINDS = ("licence_exclusive", "licence_sole", "licence_ordinary")


@dataclass(frozen=True)
class Exclusion:
    """A point of the negative list, `code` of `grant_exclusions`: does it stand in nobody's way?"""

    code: str
    clear: bool = False
    note: str = ""


@dataclass(frozen=True)
class TeamMember:
    """A completer. `share_bp` is the part, in basis points, of what is granted to all of them together."""

    name: str = ""
    email: str = ""
    unit: str = ""
    share_bp: int | None = None


@dataclass(frozen=True)
class GrantContent:
    """A grant's text. Empty values mean: not filled in.

    `option` of `grant_options`; `share_bp` of the title goes to the completers (ownership); `use_years` and `use_kind`
    (of `USE_KINDS`) describe a right of use; `income_bp` of the net income goes to the completers. `prospect` and
    `recipient`: how and by whom it will be transformed. `team_terms` is what the team agreed on disposal and income,
    `representative` one of the team. `leaders` is `yes`, `no` or empty: does a completer hold a leading post?
    """

    option: str = ""
    rights: tuple[ListedRight, ...] = ()
    share_bp: int | None = None
    use_years: int | None = None
    use_kind: str = ""
    income_bp: int | None = None
    prospect: str = ""
    recipient: str = ""
    exclusions: tuple[Exclusion, ...] = ()
    team: tuple[TeamMember, ...] = ()
    team_terms: str = ""
    representative: str = ""
    leaders: str = ""
    leaders_who: str = ""
    no_double_reward: bool = False


_ADAPTER = TypeAdapter(GrantContent)


def to_json(content: GrantContent) -> JSONObject:
    """As stored and hashed."""
    dumped: JSONObject = _ADAPTER.dump_python(content, mode="json")
    return dumped


def from_json(stored: JSONObject) -> GrantContent:
    """The content of a stored grant. Raises pydantic.ValidationError for a shape it never had."""
    return _ADAPTER.validate_python(stored)


def without_addresses(content: GrantContent) -> GrantContent:
    """For readers outside the unit, and for what is signed: the addresses only find the completers' accounts."""
    return replace(content, team=tuple(replace(person, email="") for person in content.team))


def arranged(content: GrantContent) -> GrantContent:
    """With every point of the negative list once, in its order; unknown ones stay, at the end, to be refused."""
    said = {point.code: point for point in content.exclusions}
    known = tuple(said.get(code, Exclusion(code)) for code in EXCLUSIONS)
    unknown = tuple(point for code, point in said.items() if code not in EXCLUSIONS)
    return replace(content, exclusions=known + unknown)


@dataclass(frozen=True)
class Section:
    """A card of the form and of the page: its name and the content fields on it."""

    name: str
    fields: tuple[str, ...]


SECTIONS = (
    Section("object", ("option", "rights")),
    Section("extent", ("share_bp", "use_years", "use_kind", "income_bp")),
    Section("prospect", ("prospect", "recipient")),
    Section("exclusions", ("exclusions",)),
    Section("team", ("team", "team_terms", "representative")),
    Section("statements", ("leaders", "leaders_who", "no_double_reward")),
)
#: Which fields belong to which option; the others must stay empty.
OF_OPTION = {
    OWNERSHIP: frozenset({"share_bp"}),
    USE_RIGHT: frozenset({"use_years", "use_kind"}),
    REWARD_AFTER: frozenset[str](),
}
OPTIONAL_BY_OPTION = frozenset[str]().union(*OF_OPTION.values())

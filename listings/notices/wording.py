"""What people may say in a notice, and what is wrong with it: complaints name the field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from listings.notices.profiles import Profile
from listings.notices.sources import Basis
from listings.notices.terms import MOST_UNITS
from listings.notices.words import length_words
from listings.notices.zone_terms import Least
from marketplace.accounts.checks import Checks
from marketplace.core.errors import FieldError
from marketplace.core.i18n import current_language
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.terms import TermError

LONGEST_LINE, LONGEST_TEXT, LONGEST_PLACE = 300, 3_000, 300
SHORTEST_PLACE = 4


@dataclass(frozen=True)
class Wording:
    """What was typed: texts by field of the profile; `amount` of the term's unit; where the unit shows it.

    `unit_place` is the address of the unit's page, or the place of its notice board.
    """

    said: Mapping[str, str] = field(default_factory=dict)
    amount: int = 0
    unit_place: str = ""


def tidied(profile: Profile, basis: Basis, given: Wording, least: Least) -> Wording:
    """The wording as it may be kept: known fields that the source leaves open. Raises Invalid for what cannot be."""
    checks = Checks()
    said = {}
    for one in profile.fields:
        if one.name in basis.fixed:
            continue
        typed = given.said.get(one.name, "")
        most = LONGEST_TEXT if one.input == "text" else LONGEST_LINE
        said[one.name] = (
            checks.text(one.name, typed, most) if one.input == "text" else checks.line(one.name, typed, most)
        )
    place = checks.line("unit_place", given.unit_place, LONGEST_PLACE)
    _check_amount(checks, least, given.amount)
    checks.settle()
    return Wording(said, given.amount, place)


def complaints(profile: Profile, basis: Basis, given: Wording, least: Least) -> Iterator[FieldError]:
    """What is missing before the notice may be handed in."""
    said = {**given.said, **basis.fixed}
    language = current_language()
    for one in profile.fields:
        if one.compulsory and not said.get(one.name, "").strip():
            yield FieldError(one.name, "missing", _l("填写%(field)s", field=one.label(language)))
    checks = Checks()
    for name, text in given.said.items():
        checks.impersonal(name, text)
    _check_amount(checks, least, given.amount)
    yield from checks.errors
    if len(given.unit_place) < SHORTEST_PLACE:
        yield FieldError("unit_place", "missing", _l("填写本单位公示网页的地址，或公示栏的地点"))
    elif _looks_like_address(given.unit_place) and not _is_address(given.unit_place):
        yield FieldError("unit_place", "url", _l("网页地址以 http:// 或 https:// 开头，并写完整"))
    if basis.decision is None:
        yield FieldError("decision", "missing", _l("还没有集体决策记录"))
    if basis.rules is None:
        yield FieldError("objection", "no_procedure", _l("本单位还没有公布异议处理办法，应当先公布再公示"))
    if not basis.cleared:
        yield FieldError("abstract", "not_cleared", _l("该成果尚未通过保密审查并公开，不能公示"))
    for words in basis.complaints:
        yield FieldError("", "source", words)


def is_page(place: str) -> bool:
    """Is it the address of a page, rather than the place of a board?"""
    return _looks_like_address(place)


def _check_amount(checks: Checks, least: Least, amount: int) -> None:
    term = least.term
    try:
        term.tightened(amount)
    except TermError:
        length = length_words(term.amount, term.unit)
        words = _l("公示期不少于 %(least)s", least=length)
        if least.rule is not None:
            since = least.rule.effective_from.isoformat()
            words = _l("本示范区规定自 %(since)s 起公示期不少于 %(least)s", since=since, least=length)
        checks.complain("amount", "too_short", words)
    if amount > MOST_UNITS:
        most = length_words(MOST_UNITS, term.unit)
        checks.complain("amount", "too_long", _l("公示期不超过 %(most)s", most=most))


def _looks_like_address(place: str) -> bool:
    return "://" in place or place.lower().startswith("www.")


def _is_address(place: str) -> bool:
    try:
        parts = urlsplit(place)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and "." in (parts.hostname or "")

"""What a person types → clauses. Never raises, whatever is typed.

锂电池 快充           both, in any order
"固态电解质"           side by side; “…” 「…」 work too
电池 -铅酸 -"回收"     without these
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search_index.analysis import Token, fold, is_cjk, spans, tokens
from search_index.query import Alternative, Clauses, Group, Match
from search_index.schema import exact_number
from search_index.synonyms import Synonym, SynonymTable

LONGEST_TEXT = 200
SYNONYM_BOOST = 0.6

_QUOTES = str.maketrans(dict.fromkeys("“”„‟「」『』＂〝〞", '"'))
_PARTS = re.compile(r'(?P<minus>(?<!\S)[-－])?(?:"(?P<quoted>[^"]*)"|(?P<plain>[^\s"]+))')
_CODE = re.compile(r"[a-z0-9][a-z0-9_\-./ ]{2,39}")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query text understood.

    `marks`: the tokens to mark in titles and snippets. `synonyms`: those used.
    `plain`: the unquoted, unexcluded words as typed. `number`: set when the text may be an exact id or number.
    """

    clauses: Clauses
    plain: str = ""
    number: str | None = None
    synonyms: tuple[Synonym, ...] = ()

    @property
    def marks(self) -> frozenset[str]:
        return frozenset(token for group in self.clauses.groups for one in group for token in one.tokens)


def parse(text: str, table: SynonymTable | None = None) -> Parsed:
    """Understand a query text (its first 200 characters); with a table, also search synonyms."""
    groups: list[Group] = []
    excluded: list[Alternative] = []
    plain: list[str] = []
    for match in _PARTS.finditer(text[:LONGEST_TEXT].translate(_QUOTES)):
        quoted, word = match["quoted"], match["plain"]
        if match["minus"]:
            excluded.extend(_side_by_side(word if quoted is None else quoted))
        elif quoted is not None:
            groups.extend((alternative,) for alternative in _side_by_side(quoted))
        else:
            plain.append(word)
    typed = " ".join(plain)
    folded = fold(typed)
    rest, used = list(spans(folded)), []
    for occurrence in (table or SynonymTable()).occurrences(folded):
        inside = [token for token in rest if token.start < occurrence.end and token.end > occurrence.start]
        if inside:
            rest = [token for token in rest if token not in inside]
            groups.append(_with_synonyms(inside, occurrence.synonym))
            used.append(occurrence.synonym)
    groups.extend((_single(token.text),) for token in rest)
    if not groups and not excluded and text.strip():
        groups.append(_nothing_but_particles(folded))
    return Parsed(
        clauses=Clauses(tuple(dict.fromkeys(groups)), tuple(dict.fromkeys(excluded))),
        plain=typed,
        number=_number(typed) if groups and not excluded else None,
        synonyms=tuple(dict.fromkeys(used)),
    )


def _side_by_side(text: str) -> Iterator[Alternative]:
    found = tuple(tokens(text))
    if len(found) == 1:
        yield _single(found[0])
    elif found:
        yield Alternative(found, Match.PHRASE)


def _single(token: str) -> Alternative:
    """One character of Chinese begins the pairs it is part of."""
    return Alternative((token,), Match.PREFIX if len(token) == 1 and is_cjk(token) else Match.ALL)


def _with_synonyms(inside: list[Token], synonym: Synonym) -> Group:
    """The tokens of a word together, beside its synonyms.

    Pairs reaching over the edge of the word are among its tokens, so that a document without the word, only
    with its synonym, still matches.
    """
    own = Alternative(tuple(dict.fromkeys(token.text for token in inside)))
    return (own, *_synonym_alternatives(synonym))


def _synonym_alternatives(synonym: Synonym) -> Iterator[Alternative]:
    for other in synonym.also:
        found = tuple(tokens(other))
        if found:
            yield Alternative(found, Match.PHRASE if len(found) > 1 else Match.ALL, SYNONYM_BOOST)


def _nothing_but_particles(folded: str) -> Group:
    """的 alone is searched as a beginning; punctuation alone finds nothing."""
    letters = [character for character in folded if character.isalnum()]
    return (Alternative((letters[0],), Match.PREFIX),) if letters else ()


def _number(typed: str) -> str | None:
    """Ids and numbers are Latin letters and digits with at least one digit."""
    folded = fold(typed)
    if _CODE.fullmatch(folded) and any(character.isdigit() for character in folded):
        return exact_number(typed)
    return None

"""Content profiles: what a notice of each kind must say, by whose rule. Versioned data, bound into every notice."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import rfc8785

from listings.notices.terms import NOTICE_TERMS
from marketplace.core.db import JSONObject
from marketplace.core.i18n import Language
from marketplace.core.terms import Term


@dataclass(frozen=True)
class ProfileField:
    """One thing to be said. `input` is line or text; `source` the law or practice that asks for it."""

    name: str
    zh: str
    en: str
    compulsory: bool
    input: str
    source: str
    hint_zh: str = ""
    hint_en: str = ""

    def label(self, language: Language) -> str:
        return self.en if language == "en" else self.zh

    def hint(self, language: Language) -> str:
        return self.hint_en if language == "en" else self.hint_zh


@dataclass(frozen=True)
class Profile:
    """What notices of a kind say, and for how long they last at least."""

    kind: str
    edition: str
    zh: str
    en: str
    fields: tuple[ProfileField, ...]

    @property
    def term(self) -> Term:
        return NOTICE_TERMS[self.kind]

    @property
    def compulsory(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields if field.compulsory)

    def label(self, language: Language) -> str:
        return self.en if language == "en" else self.zh

    def file(self) -> bytes:
        """The profile as it is kept with a notice: canonical JSON, with the Chinese labels that the text bears."""
        fields: list[JSONObject] = [
            {"name": f.name, "label": f.zh, "compulsory": f.compulsory, "source": f.source}
            for f in self.fields
        ]
        term = self.term
        kept: JSONObject = {
            "name": self.kind,
            "edition": self.edition,
            "label": self.zh,
            "term": {"name": term.name, "amount": term.amount, "unit": str(term.unit)},
            "fields": [*fields],
        }
        return rfc8785.dumps(kept)


@cache
def profiles() -> Mapping[str, Profile]:
    """Every profile by kind."""
    raw = json.loads(files("listings.notices").joinpath("data/profiles.json").read_text(encoding="utf-8"))
    return {
        item["code"]: Profile(
            item["code"],
            item["edition"],
            item["zh"],
            item["en"],
            tuple(ProfileField(**field) for field in item["fields"]),
        )
        for item in raw["items"]
    }


def profile_of(kind: str) -> Profile:
    """The profile in force for a kind of notice. Raises KeyError for an unknown kind."""
    return profiles()[kind]

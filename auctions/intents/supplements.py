"""What the host asks a party to add, and what the party sends: rounds of question and answer, kept with the intent."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from auctions.intents.models import Intent
from listings.achievements.texts import storable, tidy
from listings.decisions.record import Minutes
from marketplace.core.db import JSONObject
from marketplace.core.errors import FieldError, Invalid
from marketplace.core.i18n import lazy_gettext as _l

LONGEST_ANSWER = 2_000


@dataclass(frozen=True)
class Round:
    """One round: what was asked, and the answer once there is one."""

    asked: str
    asked_at: str
    answer: str = ""
    answered_at: str = ""
    paper: JSONObject | None = None


def rounds_of(intent: Intent) -> list[Round]:
    """In order; the last one may wait for its answer."""
    rows: Any = intent.supplements.get("rounds", [])
    return [Round(**row) for row in rows]


def asked(intent: Intent, what: str, now: datetime) -> JSONObject:
    """The rounds with a new question."""
    return _stored([*rounds_of(intent), Round(what, now.isoformat())])


def answered(intent: Intent, said: str, paper: Minutes | None, now: datetime) -> JSONObject:
    """The rounds with an answer to the last question."""
    *before, last = rounds_of(intent)
    kept: JSONObject | None = asdict(paper) if paper is not None else None
    return _stored([*before, Round(last.asked, last.asked_at, said, now.isoformat(), kept)])


def checked_answer(text: str) -> str:
    """The answer, tidied. Raises Invalid for none, or one that cannot be kept."""
    if not tidy(text):
        raise Invalid([FieldError("answer", "required", _l("说明补充了什么"))])
    if len(text) > LONGEST_ANSWER or not storable(text):
        words = _l("不超过 %(limit)s 个字", limit=LONGEST_ANSWER)
        raise Invalid([FieldError("answer", "too_long", words)])
    return tidy(text)


def _stored(rounds: list[Round]) -> JSONObject:
    return {"rounds": [asdict(one) for one in rounds]}

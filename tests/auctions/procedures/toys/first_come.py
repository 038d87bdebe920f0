"""First come, first served: whoever offers the price first buys. One file, and the house serves it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from auctions.procedure import (
    HOST,
    SELLER,
    Clock,
    Facts,
    Milestone,
    Move,
    Procedure,
    Refusal,
    Result,
    Setting,
    Stage,
    at_the_end,
)
from marketplace.core.calendar import Calendar
from marketplace.core.errors import FieldError
from marketplace.core.legal_basis import LegalBasis, SourceStatus
from marketplace.core.phrases import Phrase
from marketplace.core.terms import Bound, Term, Unit

OPEN_TERM = Term(
    "toy.open_d", 7, Unit.DAY, Bound.FLOOR, LegalBasis("玩具规则", "1", "开放七日", None, SourceStatus.DESIGN)
)


@dataclass(frozen=True)
class ToyTerms:
    """Only a price."""

    price_fen: int | None = None


def check(terms: ToyTerms, _setting: Setting) -> Iterator[FieldError]:
    if not terms.price_fen:
        yield FieldError("price_fen", "required", "price")


def foresee(_terms: ToyTerms, start: date, calendar: Calendar) -> tuple[Milestone, ...]:
    period = OPEN_TERM.run(start, calendar)
    return (Milestone(Phrase("结束", "End"), period.last_date, period),)


def accept(facts: Facts, _code: str, amount_fen: int) -> Refusal | None:
    return None if amount_fen >= facts.terms.price_fen else ("below_price", Phrase("太低", "too low"))


def result(facts: Facts) -> Result | None:
    first = min(facts.offers, key=lambda offer: offer.position, default=None)
    return None if first is None else Result(first.bidder, first.amount_fen, "first", first.position)


PROCEDURE = Procedure(
    kind="first_come",
    letters="XS",
    words=Phrase("先到先得", "First come"),
    about=Phrase("最先报价者得", "whoever offers first buys"),
    terms=ToyTerms,
    stages=(
        Stage("draft", Phrase("草稿", "Draft"), seen=SELLER),
        Stage("submitted", Phrase("待审核", "In review"), seen=HOST),
        Stage("open", Phrase("开放", "Open"), "open", lambda _terms: (OPEN_TERM,)),
        Stage("sold", Phrase("已成交", "Sold")),
        Stage("unsold", Phrase("未成交", "Unsold")),
    ),
    initial="draft",
    final=frozenset({"sold", "unsold"}),
    moves=(
        Move(
            "submit", frozenset({"draft"}), "submitted", "trade.submit", "submitted", Phrase("提交", "Submit")
        ),
        Move("announce", frozenset({"submitted"}), "open", "trade.host", "announced", Phrase("开放", "Open")),
    ),
    clocks=(
        Clock(
            "sell",
            frozenset({"open"}),
            "sold",
            "sold",
            Phrase("有人报价", "somebody offered"),
            at_the_end(lambda facts: bool(facts.offers)),
        ),
        Clock(
            "lapse",
            frozenset({"open"}),
            "unsold",
            "lapsed",
            Phrase("无人报价", "nobody offered"),
            at_the_end(lambda facts: not facts.offers),
        ),
    ),
    check=check,
    price=lambda terms: terms.price_fen,
    foresee=foresee,
    accept=accept,
    result=result,
    registering=frozenset({"open"}),
    offering=frozenset({"open"}),
    succeeded=frozenset({"sold"}),
)

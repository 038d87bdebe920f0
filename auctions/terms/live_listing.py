"""The terms of a live listing: a start price, a step by which it is raised, how long it is announced and open."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from auctions.procedure import Milestone, Setting
from auctions.terms import law
from auctions.terms.sale import SaleTerms, chosen, sale_complaints
from marketplace.core.calendar import Calendar
from marketplace.core.errors import FieldError
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.money import MAX_FEN
from marketplace.core.phrases import Phrase
from marketplace.core.terms import Term

LONGEST = 180


@dataclass(frozen=True)
class LiveListingTerms(SaleTerms):
    """The terms of a live listing. `price_fen` is the start price, which is the reserve as well; `step_fen` in fen.

    `announce_d` days pass before it opens, `open_d` days it is open.
    """

    step_fen: int = 0
    announce_d: int = 20
    open_d: int = 10


def announcement(terms: LiveListingTerms) -> tuple[Term, ...]:
    """How long it is announced before it opens."""
    return (chosen(law.LIVE_ANNOUNCEMENT, terms.announce_d),)


def opening(terms: LiveListingTerms) -> tuple[Term, ...]:
    """How long it is open."""
    return (chosen(law.LIVE_LISTING, terms.open_d),)


def check(terms: LiveListingTerms, setting: Setting) -> Iterator[FieldError]:
    """What the law, the regime and what went before do not allow."""
    yield from sale_complaints(terms, setting)
    if not 0 < terms.step_fen <= (terms.price_fen or MAX_FEN):
        yield FieldError("step_fen", "range", _l("填写大于零、不超过起始价的增价幅度"))
    for name, term in (("announce_d", law.LIVE_ANNOUNCEMENT), ("open_d", law.LIVE_LISTING)):
        if not term.amount <= getattr(terms, name) <= LONGEST:
            words = _l("填写 %(least)s 到 %(most)s 日", least=term.amount, most=LONGEST)
            yield FieldError(name, "range", words)


def foresee(terms: LiveListingTerms, start: date, calendar: Calendar) -> tuple[Milestone, ...]:
    """The days if it is announced on `start` and every later step takes its least time."""
    announced = announcement(terms)[0].run(start, calendar)
    opened = opening(terms)[0].run(announced.last_date, calendar)
    exercise = chosen(law.PRIORITY_EXERCISE, terms.priority_wd).run(opened.last_date, calendar)
    contract = law.CONTRACT.run(exercise.last_date, calendar)
    return (
        Milestone(Phrase("公告", "Announcement"), start),
        Milestone(Phrase("开始报价", "Offers are taken"), announced.last_date, announced),
        Milestone(Phrase("报价截止", "End of the listing"), opened.last_date, opened),
        Milestone(Phrase("优先购买权行使期满", "First refusal is over"), exercise.last_date, exercise),
        Milestone(Phrase("签订合同", "Contract"), contract.last_date, contract),
    )

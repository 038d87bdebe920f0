"""The terms of a listing for sale: what the seller chooses, what the law makes of it, and the days that follow from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from auctions.procedure import Milestone, Setting
from auctions.regimes import Regime
from auctions.terms import law as t
from auctions.terms.sale import SaleTerms, chosen, sale_complaints, workday_complaints
from marketplace.core.calendar import Calendar
from marketplace.core.errors import FieldError
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.phrases import Phrase
from marketplace.core.terms import Term, TermError, Unit

LONGEST_LISTING = 180


@dataclass(frozen=True)
class ListingTerms(SaleTerms):
    """The terms of a listing. `listing_amount` is in the unit of the law; 0: as long as it asks for at least."""

    listing_amount: int = 0
    extensions: int = 0
    extension_wd: int = 5
    quotation_wd: int = 3


def lengths(terms: ListingTerms) -> tuple[Term, ...]:
    """The terms a listing is counted by; the longest counts. Raises TermError for a choice that is too short."""
    least = t.listing_terms(terms.price_fen or 0, Regime(terms.regime))
    return (least[0].tightened(terms.listing_amount), *least[1:]) if terms.listing_amount else least


def check(terms: ListingTerms, setting: Setting) -> Iterator[FieldError]:
    """What the law, the regime and what went before do not allow."""
    yield from sale_complaints(terms, setting)
    yield from workday_complaints(terms, {"extension_wd": t.EXTENSION, "quotation_wd": t.QUOTATION})
    try:
        lengths(terms)
    except TermError:
        least = t.listing_terms(terms.price_fen or 0, Regime(terms.regime))[0]
        in_workdays = _l("不少于 %(least)s 个工作日", least=least.amount)
        words = in_workdays if least.unit is Unit.WORKDAY else _l("不少于 %(least)s 日", least=least.amount)
        yield FieldError("listing_amount", "too_short", words)
    if terms.listing_amount > LONGEST_LISTING:
        yield FieldError("listing_amount", "too_long", _l("挂牌期不超过 %(most)s 日", most=LONGEST_LISTING))
    if not 0 <= terms.extensions <= t.MOST_EXTENSIONS:
        yield FieldError("extensions", "range", _l("最多延长 %(most)s 次", most=t.MOST_EXTENSIONS))


def foresee(terms: ListingTerms, start: date, calendar: Calendar) -> tuple[Milestone, ...]:
    """The days if the listing is announced on `start` and every later step takes its least time."""
    listing = max((term.run(start, calendar) for term in lengths(terms)), key=lambda period: period.end)
    opinion = t.OPINION.run(listing.last_date, calendar)
    deposit = chosen(t.DEPOSIT_PAYMENT, terms.deposit_wd).run(opinion.last_date, calendar)
    quotation = chosen(t.QUOTATION, terms.quotation_wd).run(deposit.last_date, calendar)
    exercise = chosen(t.PRIORITY_EXERCISE, terms.priority_wd).run(quotation.last_date, calendar)
    contract = t.CONTRACT.run(exercise.last_date, calendar)
    return (
        Milestone(Phrase("公告挂牌", "Announcement"), start),
        Milestone(Phrase("挂牌期满", "End of the listing"), listing.last_date, listing),
        Milestone(Phrase("资格审查意见", "Opinion on eligibility"), opinion.last_date, opinion),
        Milestone(Phrase("保证金到账截止", "Deposits are in"), deposit.last_date, deposit),
        Milestone(Phrase("报价截止并开启", "Quotations are opened"), quotation.last_date, quotation),
        Milestone(Phrase("优先购买权行使期满", "First refusal is over"), exercise.last_date, exercise),
        Milestone(Phrase("签订合同", "Contract"), contract.last_date, contract),
    )

"""The terms of a listing for sale: what the seller chooses, what the law makes of it, and the days that follow from it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from auctions.procedure import Milestone, Setting
from auctions.regimes import RULES, Regime
from auctions.terms import law as t
from marketplace.core.calendar import Calendar
from marketplace.core.errors import FieldError
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.money import MAX_FEN
from marketplace.core.phrases import Phrase
from marketplace.core.terms import Term, TermError, Unit

MOST_CONDITIONS = 10
LONGEST_CONDITION = 300
LONGEST_TEXT = 2_000
LONGEST_DOCUMENT = 120
ONCE, INSTALMENTS = "once", "instalments"


@dataclass(frozen=True)
class ListingTerms:
    """The terms of a listing. Money in integer fen, shares in basis points, `listing_amount` in the unit of the law.

    `listing_amount`, `deposit_wd`, `quotation_wd`, `priority_wd` 0: as long as the law or the platform asks for at
    least. `conditions` are all that a buyer may be measured by. `approval` is the document that allows a price below
    90 % of the appraisal. `regime` is worked out, never typed.
    """

    price_fen: int | None = None
    listing_amount: int = 0
    extensions: int = 0
    extension_wd: int = 5
    deposit_fen: int = 0
    deposit_wd: int = 3
    quotation_wd: int = 3
    priority_wd: int = 3
    conditions: tuple[str, ...] = ()
    consortium: bool = False
    payment: str = ONCE
    first_instalment_bp: int = 10_000
    payment_terms: str = ""
    appraisal_fen: int | None = None
    appraisal_on: date | None = None
    appraisal_document: str = ""
    approval: str = ""
    regime: str = Regime.PRIVATE


def lengths(terms: ListingTerms) -> tuple[Term, ...]:
    """The terms a listing is counted by; the longest counts. Raises TermError for a choice that is too short."""
    least = t.listing_terms(terms.price_fen or 0, Regime(terms.regime))
    return (least[0].tightened(terms.listing_amount), *least[1:]) if terms.listing_amount else least


def chosen(term: Term, amount: int) -> Term:
    """The term as the seller chose it; a zero or a looser choice is the term itself."""
    return replace(term, amount=max(term.amount, amount))


def check(terms: ListingTerms, setting: Setting) -> Iterator[FieldError]:
    """What the law, the regime and what went before do not allow."""
    price = terms.price_fen
    if price is None or not 0 < price <= MAX_FEN:
        yield FieldError("price_fen", "required" if price is None else "range", _l("填写大于零的挂牌价"))
        return
    try:
        lengths(terms)
    except TermError:
        least = t.listing_terms(price, Regime(terms.regime))[0]
        in_workdays = _l("不少于 %(least)s 个工作日", least=least.amount)
        words = in_workdays if least.unit is Unit.WORKDAY else _l("不少于 %(least)s 日", least=least.amount)
        yield FieldError("listing_amount", "too_short", words)
    if terms.listing_amount > 180:
        yield FieldError("listing_amount", "too_long", _l("挂牌期不超过 180 日"))
    if not 0 <= terms.extensions <= t.MOST_EXTENSIONS:
        yield FieldError("extensions", "range", _l("最多延长 %(most)s 次", most=t.MOST_EXTENSIONS))
    for name, term in (
        ("extension_wd", t.EXTENSION),
        ("deposit_wd", t.DEPOSIT_PAYMENT),
        ("quotation_wd", t.QUOTATION),
        ("priority_wd", t.PRIORITY_EXERCISE),
    ):
        if not term.amount <= getattr(terms, name) <= 60:
            yield FieldError(name, "range", _l("填写 %(least)s 到 60 个工作日", least=term.amount))
    if not 0 <= terms.deposit_fen * 10_000 <= price * t.DEPOSIT_CAP_BP:
        yield FieldError("deposit_fen", "range", _l("保证金不超过挂牌价的 30%"))
    yield from _text_complaints(terms)
    yield from _price_complaints(terms, price, setting)


def _text_complaints(terms: ListingTerms) -> Iterator[FieldError]:
    if len(terms.conditions) > MOST_CONDITIONS:
        yield FieldError("conditions", "too_many", _l("最多 %(limit)s 项", limit=MOST_CONDITIONS))
    for place, condition in enumerate(terms.conditions):
        if not condition.strip() or len(condition) > LONGEST_CONDITION:
            words = _l("写明条件，不超过 %(limit)s 个字", limit=LONGEST_CONDITION)
            yield FieldError(f"conditions.{place}", "length", words)
    for name, limit in (
        ("payment_terms", LONGEST_TEXT),
        ("appraisal_document", LONGEST_DOCUMENT),
        ("approval", LONGEST_DOCUMENT),
    ):
        if len(getattr(terms, name)) > limit:
            yield FieldError(name, "too_long", _l("不超过 %(limit)s 个字", limit=limit))
    if terms.payment not in {ONCE, INSTALMENTS}:
        yield FieldError("payment", "unknown_code", _l("选择付款方式"))
    least = t.FIRST_INSTALMENT_BP if terms.payment == INSTALMENTS else 10_000
    if not least <= terms.first_instalment_bp <= 10_000:
        yield FieldError("first_instalment_bp", "range", _l("分期付款的，首期不低于总价的 30%"))


def _price_complaints(terms: ListingTerms, price: int, setting: Setting) -> Iterator[FieldError]:
    """The appraisal where one is needed, the price against it, and the age of it."""
    needed = RULES[setting.regime].appraised or setting.mode == "capital"
    appraised = terms.appraisal_fen
    if appraised is None:
        if needed:
            yield FieldError("appraisal_fen", "required", _l("填写评估结果"))
        return
    if not 0 < appraised <= MAX_FEN:
        yield FieldError("appraisal_fen", "range", _l("核对金额，单位是万元"))
    if terms.appraisal_on is None:
        yield FieldError("appraisal_on", "required", _l("填写评估基准日"))
    elif terms.appraisal_on > setting.today:
        yield FieldError("appraisal_on", "future", _l("日期不能晚于今天"))
    elif _stale(terms.appraisal_on, setting):
        words = _l("首次公告已满十二个月，须重新评估后再挂牌")
        yield FieldError("appraisal_on", "stale", words)
    if not terms.appraisal_document.strip():
        yield FieldError("appraisal_document", "required", _l("填写评估报告的名称和编号"))
    if setting.before_fen is None and price < appraised and not terms.approval.strip():
        yield FieldError("price_fen", "below_appraisal", _l("首次挂牌价不能低于评估结果"))
    elif price * 10_000 < appraised * t.RELIST_FLOOR_BP and not terms.approval.strip():
        words = _l("低于评估结果的 90%，须填写批准文件")
        yield FieldError("approval", "required", words)


def _stale(appraised_on: date, setting: Setting) -> bool:
    """Did twelve months pass since the first disclosure, and the appraisal is from before that?"""
    if setting.first_listed is None:
        return False
    over = setting.first_listed.replace(
        year=setting.first_listed.year + 1, day=min(setting.first_listed.day, 28)
    )
    return setting.today >= over and appraised_on < over


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

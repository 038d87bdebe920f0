"""Terms that every sale by price has: deposit, payment, conditions, appraisal; and what does not allow them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from auctions.procedure import Setting
from auctions.regimes import RULES, Regime
from auctions.terms import law
from marketplace.core.errors import FieldError
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.money import MAX_FEN
from marketplace.core.terms import Term

MOST_CONDITIONS = 10
LONGEST_CONDITION = 300
LONGEST_TEXT = 2_000
LONGEST_DOCUMENT = 120
MOST_WORKDAYS = 60
ONCE, INSTALMENTS = "once", "instalments"


@dataclass(frozen=True)
class SaleTerms:
    """Terms of a sale. Money in integer fen, shares in basis points; a `_wd` is a number of working days.

    `price_fen` is the price below which nothing is sold. `conditions` are all that a buyer may be measured by. `approval`
    is the document that allows a price below 90 % of the appraisal. `regime` is worked out, never typed.
    """

    price_fen: int | None = None
    deposit_fen: int = 0
    deposit_wd: int = 3
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


def chosen(term: Term, amount: int) -> Term:
    """The term as the seller chose it; a zero or a looser choice is the term itself."""
    return replace(term, amount=max(term.amount, amount))


def sale_complaints(terms: SaleTerms, setting: Setting) -> Iterator[FieldError]:
    """What law, regime and what went before do not allow, whatever the procedure. Without a price nothing else is said."""
    price = terms.price_fen
    if price is None or not 0 < price <= MAX_FEN:
        yield FieldError("price_fen", "required" if price is None else "range", _l("填写大于零的挂牌价"))
        return
    chosen_days = {"deposit_wd": law.DEPOSIT_PAYMENT, "priority_wd": law.PRIORITY_EXERCISE}
    yield from workday_complaints(terms, chosen_days)
    if not 0 <= terms.deposit_fen * 10_000 <= price * law.DEPOSIT_CAP_BP:
        yield FieldError("deposit_fen", "range", _l("保证金不超过挂牌价的 30%"))
    yield from _text_complaints(terms)
    yield from _price_complaints(terms, price, setting)


def workday_complaints(terms: SaleTerms, chosen_days: dict[str, Term]) -> Iterator[FieldError]:
    """Numbers of working days, by field, that are below their floor or out of reason."""
    for name, term in chosen_days.items():
        if not term.amount <= getattr(terms, name) <= MOST_WORKDAYS:
            words = _l("填写 %(least)s 到 %(most)s 个工作日", least=term.amount, most=MOST_WORKDAYS)
            yield FieldError(name, "range", words)


def _text_complaints(terms: SaleTerms) -> Iterator[FieldError]:
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
    least = law.FIRST_INSTALMENT_BP if terms.payment == INSTALMENTS else 10_000
    if not least <= terms.first_instalment_bp <= 10_000:
        yield FieldError("first_instalment_bp", "range", _l("分期付款的，首期不低于总价的 30%"))


def _price_complaints(terms: SaleTerms, price: int, setting: Setting) -> Iterator[FieldError]:
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
    elif price * 10_000 < appraised * law.RELIST_FLOOR_BP and not terms.approval.strip():
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

"""Terms: a zone may be stricter than the law, never looser."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.calendar import load_calendar
from marketplace.core.period import PeriodError
from marketplace.core.terms import Bound, LegalBasis, SourceStatus, Term, TermError, TermLoosened, Unit

CALENDAR = load_calendar(None)
TENDER_LAW = LegalBasis("招标投标法", "24", "不少于二十日", date(2000, 1, 1), SourceStatus.VERIFIED)
MONDAY = date(2026, 3, 2)


def term(amount=15, unit=Unit.DAY, bound=Bound.FLOOR):
    return Term("notice.agreement.days", amount, unit, bound, TENDER_LAW)


amounts = st.integers(1, 60)


@pytest.mark.parametrize(
    ("bound", "allowed", "refused"),
    [(Bound.FLOOR, [15, 16, 30], [14, 1]), (Bound.CEILING, [15, 14, 1], [16]), (Bound.EXACT, [15], [14, 16])],
)
def test_a_zone_may_tighten_and_never_loosen(bound, allowed, refused):
    for amount in allowed:
        assert term(bound=bound).tightened(amount).amount == amount
    for amount in refused:
        with pytest.raises(TermLoosened, match="looser than the"):
            term(bound=bound).tightened(amount)


@given(
    amounts,
    amounts,
    st.sampled_from(Bound),
    st.sampled_from([Unit.DAY, Unit.WORKDAY, Unit.MONTH]),
    st.dates(MONDAY),
)
def test_a_tightened_term_is_never_looser(amount, asked, bound, unit, start):
    start = start.replace(year=2018 + start.year % 12, day=min(start.day, 28))
    law = term(amount, unit, bound)
    try:
        zone = law.tightened(asked)
    except TermLoosened:
        assert asked != amount
        return
    by_law, by_zone = law.run(start, CALENDAR).end, zone.run(start, CALENDAR).end
    if bound is Bound.FLOOR:
        assert by_zone >= by_law
    elif bound is Bound.CEILING:
        assert by_zone <= by_law
    else:
        assert by_zone == by_law
    assert (zone.name, zone.unit, zone.bound, zone.basis) == (law.name, law.unit, law.bound, law.basis)


@given(amounts, amounts, amounts)
def test_tightening_twice_never_undoes_the_first(amount, once, twice):
    try:
        zone = term(amount).tightened(once).tightened(twice)
    except TermLoosened:
        assert once < amount or twice < once
    else:
        assert zone.amount >= once >= amount


def test_a_term_below_one_makes_no_sense():
    with pytest.raises(TermError, match="at least 1"):
        term(0)
    with pytest.raises(TermError, match="at least 1"):
        term(3, bound=Bound.CEILING).tightened(0)


@pytest.mark.parametrize(
    ("unit", "amount", "last"),
    [
        (Unit.DAY, 15, date(2026, 3, 17)),
        (Unit.WORKDAY, 15, date(2026, 3, 23)),
        (Unit.MONTH, 1, date(2026, 4, 2)),
        (Unit.YEAR, 1, date(2027, 3, 2)),
        (Unit.HOUR, 36, date(2026, 3, 3)),
        (Unit.SECOND, 300, date(2026, 3, 2)),
    ],
)
def test_a_term_runs_in_its_unit_from_an_instant(unit, amount, last):
    start = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
    period = term(amount, unit).run(start, CALENDAR)
    assert (period.last_date, period.unit, period.amount) == (last, unit, amount)
    assert period.basis[0] is TENDER_LAW
    assert {basis.law for basis in period.basis[1:]} <= {"民法典", "全国年节及纪念日放假办法"}


def test_a_term_starts_on_the_beijing_date_of_an_instant():
    late = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
    assert term().run(late, CALENDAR) == term().run(MONDAY, CALENDAR)


def test_hours_need_an_instant_and_instants_need_a_zone():
    with pytest.raises(PeriodError, match="from an instant"):
        term(24, Unit.HOUR).run(MONDAY, CALENDAR)
    for unit in (Unit.DAY, Unit.HOUR):
        with pytest.raises(PeriodError, match="no time zone"):
            term(24, unit).run(datetime(2026, 3, 2), CALENDAR)


def test_a_term_counts_back_from_a_deadline_and_forward_to_an_event():
    assert term().latest_before(date(2026, 3, 31)).last_date == date(2026, 3, 16)
    assert term(7).earliest_event(MONDAY).next_date == date(2026, 3, 10)
    assert term(20).earliest_event(date(2026, 9, 10), strict=False).next_date == date(2026, 9, 30)
    assert term(7).earliest_event(MONDAY).basis[0] is TENDER_LAW
    for use in (term(5, Unit.WORKDAY).latest_before, term(5, Unit.HOUR).earliest_event):
        with pytest.raises(TermError, match="counted in days"):
            use(MONDAY)


def test_a_basis_is_cited_in_both_languages():
    assert TENDER_LAW.cited("zh") == "《招标投标法》第24条"
    assert TENDER_LAW.cited("en") == "招标投标法, art. 24"
    default = LegalBasis(
        "平台规则", "", "默认值", date(2026, 1, 1), SourceStatus.DESIGN, "Platform rules", "a default"
    )
    assert (default.cited("zh"), default.cited("en")) == ("平台规则", "Platform rules")
    assert (default.said("zh"), default.said("en")) == ("默认值", "a default")


def test_a_basis_is_in_force_from_its_day_on():
    assert TENDER_LAW.in_force(date(2000, 1, 1))
    assert not TENDER_LAW.in_force(date(1999, 12, 31))

"""A period explained in Chinese or English, in pieces a page, a terminal and an API can each lay out."""

from dataclasses import dataclass
from datetime import datetime

from marketplace.core.clock import SHANGHAI, end_of_day
from marketplace.core.period import Origin, Period, Rule, Unit
from marketplace.core.period_rows import Row, RowCode, explain
from marketplace.core.phrases import Locale, Phrase, day_text, days_text


@dataclass(frozen=True, slots=True)
class RowText:
    """One row: the day or days, the running number or an empty string, and what is to be said about it."""

    day: str
    number: str
    note: str


@dataclass(frozen=True, slots=True)
class BasisText:
    """A rule: where it stands and what it says."""

    cited: str
    said: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """期限怎样计算: sentences and rows in one language. `caveats` is empty for an ordinary, final result."""

    headline: str
    end: str
    next_step: str
    calendar: str
    caveats: tuple[str, ...]
    basis: tuple[BasisText, ...]
    rows: tuple[RowText, ...]


def explanation(period: Period, locale: Locale) -> Explanation:
    """Everything there is to say about how `period` was counted."""
    return Explanation(
        headline=_HEADLINES[period.rule].text(
            locale, start=_start_text(period, locale), amount=_amount(period, locale)
        ),
        end=end_text(period, locale),
        next_step=_NEXT[period.rule].text(locale, day=day_text(period.next_date, locale)),
        calendar=_calendar_text(period, locale),
        caveats=tuple(_caveats(period, locale)),
        basis=tuple(BasisText(basis.cited(locale), basis.said(locale)) for basis in period.basis),
        rows=tuple(row_text(row, locale) for row in explain(period)),
    )


def end_text(period: Period, locale: Locale) -> str:
    """2026-11-27（周五）24:00; hours end at their exact second, and midnight is the 24:00 of the day before."""
    if period.end == end_of_day(period.last_date):
        moment = "24:00"
    else:
        moment = period.end.astimezone(SHANGHAI).strftime("%H:%M:%S")
    return _END.text(locale, day=day_text(period.last_date, locale), moment=moment)


def row_text(row: Row, locale: Locale) -> RowText:
    """A row in words."""
    number = "" if row.number is None else str(row.number)
    note = _NOTES[row.code].text(locale)
    if row.reason is not None:
        reason = row.reason.text(locale)
        note = reason if not note else _WITH_REASON.text(locale, reason=reason, note=note)
    return RowText(days_text(row.first, row.last, locale), number, note)


def _amount(period: Period, locale: Locale) -> str:
    plural = "" if period.amount == 1 else "s"
    return _AMOUNTS[period.unit].text(locale, n=period.amount, s=plural)


def _start_text(period: Period, locale: Locale) -> str:
    if period.start_at is None:
        return day_text(period.start, locale)
    return _MOMENT.text(locale, day=day_text(period.start, locale), moment=_clock_time(period.start_at))


def _clock_time(at: datetime) -> str:
    return at.astimezone(SHANGHAI).strftime("%H:%M:%S")


def _calendar_text(period: Period, locale: Locale) -> str:
    return _NO_CALENDAR.text(locale) if period.edition is None else period.edition


def _caveats(period: Period, locale: Locale) -> list[str]:
    found = []
    if period.provisional:
        found.append(_PROVISIONAL.text(locale))
    if period.origin in _ORIGINS:
        found.append(_ORIGINS[period.origin].text(locale))
    return found


_HEADLINES = {
    Rule.FORWARD: Phrase("自 {start}起 {amount}", "{amount} from {start}"),
    Rule.BEFORE: Phrase("{start}之前至少 {amount}", "at least {amount} before {start}"),
    Rule.EVENT_STRICT: Phrase(
        "{start}公告后满 {amount}", "{amount} in full after the announcement on {start}"
    ),
    Rule.EVENT_PLAIN: Phrase("{start}公告后第 {amount}", "{amount} after the announcement on {start}"),
}
_NEXT = {
    Rule.FORWARD: Phrase("其后事项最早 {day}办理", "next step on {day} at the earliest"),
    Rule.BEFORE: Phrase("{day}起为时已晚", "too late from {day} on"),
    Rule.EVENT_STRICT: Phrase("最早可在 {day}举行", "may take place on {day} at the earliest"),
    Rule.EVENT_PLAIN: Phrase("最早可在 {day}举行", "may take place on {day} at the earliest"),
}
_AMOUNTS = {
    Unit.DAY: Phrase("{n} 日", "{n} day{s}"),
    Unit.WORKDAY: Phrase("{n} 个工作日", "{n} working day{s}"),
    Unit.HOUR: Phrase("{n} 小时", "{n} hour{s}"),
    Unit.SECOND: Phrase("{n} 秒", "{n} second{s}"),
    Unit.MONTH: Phrase("{n} 个月", "{n} month{s}"),
    Unit.YEAR: Phrase("{n} 年", "{n} year{s}"),
}
_NOTES = {
    RowCode.START: Phrase("起始日，不计入", "start day, not counted"),
    RowCode.DEADLINE: Phrase("截止日，不计入", "day of the deadline, not counted"),
    RowCode.COUNTED: Phrase("", ""),
    RowCode.SKIPPED: Phrase("不计入", "not counted"),
    RowCode.RAN: Phrase("期间内", "within the period"),
    RowCode.LAST_IS_REST: Phrase("期满日逢休息日，顺延", "the last day is a day off, so the end moves on"),
    RowCode.PASSED_OVER: Phrase("继续顺延", "moves on further"),
    RowCode.LAST: Phrase("最后一日，24:00 截止", "last day, ends at 24:00"),
    RowCode.LAST_MOVED: Phrase("顺延至此日，24:00 截止", "the end moves to this day, at 24:00"),
    RowCode.EVENT: Phrase("最早可举行之日", "first day on which the event may take place"),
}
_WITH_REASON = Phrase("{reason}，{note}", "{reason}: {note}")
_END = Phrase("{day}{moment}", "{day} {moment}")
_MOMENT = Phrase("{day}{moment}", "{day} {moment}")
_NO_CALENDAR = Phrase("不涉及工作日历", "no working-day calendar needed")
_PROVISIONAL = Phrase(
    "暂定：期间涉及的放假安排尚未公布，按周末和日期固定的法定节日推算；公布后重算，只会延后，不会提前",
    "provisional: the notice on days off is not published for all of the days concerned; weekends and holidays with a "
    "date fixed by law were used. It will be computed again and can only become later",
)
_ORIGINS = {
    Origin.REMAINING: Phrase(
        "中止后恢复，按剩余时间计算", "resumed after a suspension: the remaining time was counted"
    ),
    Origin.MINIMUM_REST: Phrase(
        "中止后恢复，按恢复后最短保留时间计算",
        "resumed after a suspension: the least time that must remain was counted",
    ),
    Origin.PROMISED: Phrase(
        "已公布的截止时间不因日历更新而提前",
        "the end already published stands; a newer calendar does not shorten it",
    ),
}

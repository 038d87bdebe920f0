"""A period as JSON: the form `clock explain --json` prints and the API's clock/explain answers with."""

from datetime import datetime

from marketplace.core.period import DayNote, Period
from marketplace.core.period_rows import Row, explain
from marketplace.core.period_text import explanation, row_text
from marketplace.core.phrases import Locale


def period_as_json(period: Period, locale: Locale) -> dict[str, object]:
    """Dates ISO, instants RFC 3339 in UTC, codes as in the enumerations; only the texts depend on `locale`."""
    texts = explanation(period, locale)
    return {
        "unit": str(period.unit),
        "amount": period.amount,
        "rule": str(period.rule),
        "origin": str(period.origin),
        "start": period.start.isoformat(),
        "start_at": None if period.start_at is None else _instant(period.start_at),
        "end_at": _instant(period.end),
        "last_date": period.last_date.isoformat(),
        "raw_last_date": period.raw_last_date.isoformat(),
        "moved": period.moved,
        "next_date": period.next_date.isoformat(),
        "timezone": "Asia/Shanghai",
        "skipped": [_note(note, locale) for note in period.skipped],
        "days": [_row(row, locale) for row in explain(period)],
        "calendar_edition": period.edition,
        "provisional": period.provisional,
        "basis": [
            {
                "law": basis.law,
                "article": basis.article,
                "text": basis.said(locale),
                "effective_from": basis.effective_from.isoformat() if basis.effective_from else None,
                "status": str(basis.status),
            }
            for basis in period.basis
        ],
        "text": {
            "headline": texts.headline,
            "end": texts.end,
            "next_step": texts.next_step,
            "caveats": list(texts.caveats),
        },
    }


def _note(note: DayNote, locale: Locale) -> dict[str, object]:
    return {
        "date": note.day.isoformat(),
        "effect": str(note.effect),
        "kind": str(note.reason.kind),
        "holiday": note.reason.holiday or None,
        "reason": note.reason.text(locale),
    }


def _row(row: Row, locale: Locale) -> dict[str, object]:
    return {
        "from": row.first.isoformat(),
        "to": row.last.isoformat(),
        "code": str(row.code),
        "number": row.number,
        "note": row_text(row, locale).note,
    }


def _instant(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")

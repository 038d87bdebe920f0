"""Terms and periods for programs."""

from dataclasses import dataclass

from flask import Response, jsonify

from marketplace.core.errors import FieldError, Invalid
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.period_json import period_as_json
from marketplace.core.policy import OPEN
from marketplace.site.rules.queries import UNITS, Question, counted, terms_in_force
from marketplace.web.context import current
from marketplace.web.operations import Operations

api = Operations("rules")


@dataclass(frozen=True)
class ClockQuery:
    """`start` is a date in Beijing, for hours an instant; exactly one of the three amounts is given."""

    start: str
    days: int | None = None
    working_days: int | None = None
    hours: int | None = None


@dataclass(frozen=True)
class TermOut:
    """A term: `bound` says what the law fixes about the amount, `status` how the source was verified."""

    name: str
    amount: int
    unit: str
    bound: str
    law: str
    article: str
    text: str
    status: str
    effective_from: str | None


@api.add(
    "GET", "/clock/explain", OPEN, "When a period ends, and why", query=ClockQuery, media="application/json"
)
def explain_clock(query: ClockQuery) -> Response:
    given = {name: getattr(query, name) for name in UNITS if getattr(query, name) is not None}
    if len(given) != 1:
        raise Invalid([FieldError("days", "one_of", _("日、工作日、小时三者填且只填一项"))])
    ((unit, amount),) = given.items()
    try:
        period = counted(Question(query.start, unit, amount), current().calendar)
    except Invalid as invalid:
        named = {"amount": unit, "unit": unit}
        raise Invalid(
            FieldError(named.get(error.field, error.field), error.code, error.message)
            for error in invalid.errors
        ) from invalid
    return jsonify(period_as_json(period, current_language()))


@api.add("GET", "/rules", OPEN, "The terms in force, with their sources", returns=TermOut, many=True)
def list_rules() -> list[TermOut]:
    language = current_language()
    return [
        TermOut(
            name=term.name,
            amount=term.amount,
            unit=str(term.unit),
            bound=str(term.bound),
            law=term.basis.law,
            article=term.basis.article,
            text=term.basis.said(language),
            status=str(term.basis.status),
            effective_from=term.basis.effective_from.isoformat() if term.basis.effective_from else None,
        )
        for term in terms_in_force()
    ]

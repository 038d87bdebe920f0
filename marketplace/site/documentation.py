"""The API's documentation page and document, and the clock and rules for programs."""

from dataclasses import dataclass

from flask import Blueprint, Response, jsonify, render_template
from flask.typing import ResponseReturnValue

from marketplace.core.errors import FieldError, Invalid
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.period import PeriodError
from marketplace.core.period_json import period_as_json
from marketplace.core.policy import OPEN
from marketplace.core.runtime import runtime
from marketplace.core.suspension import Length
from marketplace.core.terms import Unit
from marketplace.site.api import api_document
from marketplace.site.rules import start_of, terms_in_force
from marketplace.web.context import current
from marketplace.web.guard import requires
from marketplace.web.operations import ROOT, Operations

documentation = Blueprint("documentation", __name__)
api = Operations("rules")


@documentation.get("/api/docs")
@requires(OPEN)
def docs() -> ResponseReturnValue:
    """Every operation, made from the same declarations as the OpenAPI document."""
    operations = sorted(runtime().registry.operations, key=lambda o: (o.tag, o.rule, o.method))
    return render_template("site/api.html", operations=operations, root=ROOT)


@documentation.get(f"{ROOT}/openapi.json")
@requires(OPEN)
def openapi() -> ResponseReturnValue:
    return jsonify(api_document())


@dataclass(frozen=True)
class ClockQuery:
    """`start` is a date in Beijing; exactly one of the three amounts is given."""

    start: str
    days: int | None = None
    working_days: int | None = None
    hours: int | None = None


@api.add(
    "GET", "/clock/explain", OPEN, "When a period ends, and why", query=ClockQuery, media="application/json"
)
def explain_clock(query: ClockQuery) -> Response:
    given = {"days": query.days, "working_days": query.working_days, "hours": query.hours}
    chosen = [(name, amount) for name, amount in given.items() if amount is not None]
    if len(chosen) != 1:
        raise Invalid([FieldError("days", "one_of", _("日、工作日、小时三者填且只填一项"))])
    name, amount = chosen[0]
    unit = {"days": Unit.DAY, "working_days": Unit.WORKDAY, "hours": Unit.HOUR}[name]
    try:
        start = start_of(query.start, unit)
        period = Length(amount, unit).run(start, current().calendar)
    except (ValueError, PeriodError) as error:
        raise Invalid([FieldError(name, "period", _("无法计算这个期限，请核对起点和数字"))]) from error
    return jsonify(period_as_json(period, current_language()))


@api.add("GET", "/rules", OPEN, "The terms in force, with their sources", media="application/json")
def list_rules() -> Response:
    language = current_language()
    return jsonify(
        items=[
            {
                "name": term.name,
                "amount": term.amount,
                "unit": str(term.unit),
                "bound": str(term.bound),
                "law": term.basis.law,
                "article": term.basis.article,
                "text": term.basis.said(language),
                "status": str(term.basis.status),
                "effective_from": term.basis.effective_from.isoformat(),
            }
            for term in terms_in_force()
        ]
    )

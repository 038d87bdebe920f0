"""The rules page: terms in force with their sources, and a calculator that explains a period day by day."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from marketplace.core.clock import local_date
from marketplace.core.errors import Invalid
from marketplace.core.i18n import current_language
from marketplace.core.period_text import explanation
from marketplace.core.policy import OPEN
from marketplace.site.rules import words
from marketplace.site.rules.forms import PeriodForm
from marketplace.site.rules.queries import counted, terms_in_force
from marketplace.web.context import current
from marketplace.web.guard import requires

rules = Blueprint("rules", __name__)


@rules.get("/rules")
@requires(OPEN)
def page() -> ResponseReturnValue:
    ctx = current()
    asked = request.args if "start" in request.args else None
    form = PeriodForm(asked, start=local_date(ctx.now).isoformat(), amount="15", unit="days")
    answer = _answer(form) if asked else {}
    text = render_template(
        "site/rules.html",
        terms=terms_in_force(),
        form=form,
        calendar=ctx.calendar,
        words=words,
        **answer,
    )
    return text, 422 if form.errors else 200


def _answer(form: PeriodForm) -> dict[str, Any]:
    """The period asked for, explained; or what is wrong, beside the fields."""
    try:
        period = counted(form.question(), current().calendar)
    except Invalid as invalid:
        for error in invalid.errors:
            form[error.field].errors = [str(error.message)]
        return {}
    return {"period": period, "told": explanation(period, current_language())}

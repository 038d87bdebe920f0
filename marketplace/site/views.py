"""Home, workbench, rules, health and the API's documentation."""

from datetime import timedelta

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from listings.achievements.labels import price_label, trl_label
from listings.achievements.queries import published
from listings.classification import codes
from marketplace.core.clock import SHANGHAI
from marketplace.core.errors import FieldError, Invalid
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.period import PeriodError
from marketplace.core.period_text import explanation
from marketplace.core.policy import ACCOUNT, OPEN
from marketplace.core.relay import lag
from marketplace.core.runtime import runtime
from marketplace.core.suspension import Length
from marketplace.core.terms import Unit
from marketplace.site.figures import market_figures
from marketplace.site.rules import start_of, terms_in_force
from marketplace.web.context import current
from marketplace.web.guard import requires

site = Blueprint("site", __name__)

LATEST = 8
UNITS = {"days": Unit.DAY, "working_days": Unit.WORKDAY, "hours": Unit.HOUR}
MOST = {"days": 3_650, "working_days": 2_500, "hours": 87_600}


@site.get("/")
@requires(OPEN)
def home() -> ResponseReturnValue:
    """Search, latest publications, figures, and the ways in for each role."""
    ctx = current()
    return render_template(
        "site/home.html",
        latest=ctx.session.scalars(published().limit(LATEST)).all(),
        figures=market_figures(ctx),
        fields=codes("technology_fields").roots(),
        price_label=price_label,
        trl_label=trl_label,
    )


@site.get("/work")
@requires(ACCOUNT)
def work() -> ResponseReturnValue:
    """What the person has to do, by deadline, overdue first."""
    ctx = current()
    items = [item for provider in runtime().registry.work for item in provider(ctx)]
    far = ctx.now + timedelta(days=36_500)
    items.sort(key=lambda item: item.due or far)
    return render_template("site/work.html", items=items, now=ctx.now)


@site.get("/rules")
@requires(OPEN)
def rules() -> ResponseReturnValue:
    """The terms in force with their sources, and a calculator that explains a period day by day."""
    ctx = current()
    asked: dict[str, str] = {name: request.args.get(name, "") for name in ("start", "unit", "amount")}
    shown, errors = None, {}
    if asked["start"]:
        try:
            shown = _explained(asked)
        except Invalid as invalid:
            errors = {error.field: str(error.message) for error in invalid.errors}
    today = ctx.now.astimezone(SHANGHAI).date()
    page = render_template(
        "site/rules.html",
        terms=terms_in_force(),
        asked=asked,
        explained=shown,
        errors=errors,
        today=today,
        calendar=ctx.calendar,
        language_code=current_language(),
    )
    return page, 422 if errors else 200


def _explained(asked: dict[str, str]) -> object:
    errors = []
    unit = UNITS.get(asked["unit"] or "days")
    amount = int(asked["amount"]) if asked["amount"].isascii() and asked["amount"].isdigit() else 0
    if unit is None:
        errors.append(FieldError("unit", "unknown", _("选择日、工作日或小时")))
    if not 1 <= amount <= MOST.get(asked["unit"] or "days", 0):
        errors.append(FieldError("amount", "range", _("填写不小于 1 的整数")))
    try:
        start = start_of(asked["start"], unit or Unit.DAY)
    except ValueError:
        errors.append(FieldError("start", "date", _("按“2026-02-02”的格式填写起始日期")))
    if errors or unit is None:
        raise Invalid(errors)
    try:
        period = Length(amount, unit).run(start, current().calendar)
    except PeriodError as error:
        raise Invalid([FieldError("amount", "range", _("无法计算这个期限，请核对数字"))]) from error
    return explanation(period, current_language())


@site.get("/health")
@requires(OPEN)
def health() -> ResponseReturnValue:
    """For operators and monitors: is the database there, how far behind are the consumers."""
    ctx = current()
    behind = lag()
    body = {"status": "ok", "time": ctx.now.isoformat(), "behind": behind, "calendar": ctx.calendar.edition}
    return jsonify(body)


@site.get("/robots.txt")
@requires(OPEN)
def robots() -> ResponseReturnValue:
    return Response(
        "User-agent: *\nDisallow: /account\nDisallow: /moderation\nDisallow: /work\n", mimetype="text/plain"
    )

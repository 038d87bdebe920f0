"""How long notices last in a zone: the law's floor, or the longer period that its authority has set from a date on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from listings.notices.models import ZoneTerm
from listings.notices.policy import SET_TERMS
from listings.notices.profiles import profile_of, profiles
from listings.notices.terms import MOST_UNITS
from listings.notices.words import length_words
from marketplace.accounts.checks import Checks
from marketplace.core.clock import local_date
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Forbidden
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.ids import new_id
from marketplace.core.journal import record
from marketplace.core.legal_basis import LegalBasis, SourceStatus
from marketplace.core.period import Unit
from marketplace.core.policy import require
from marketplace.core.terms import Term, TermLoosened


@dataclass(frozen=True)
class NewZoneTerm:
    """`amount` of the unit that the kind's notices are counted in; `effective_from` a Beijing date to come."""

    kind: str
    amount: int | None
    effective_from: date | None


@dataclass(frozen=True)
class Least:
    """The least length of a notice: the law's, or that of the zone's rule."""

    term: Term
    rule: ZoneTerm | None = None


def least_for(ctx: Context, zone_id: str, kind: str) -> Least:
    """What a notice of the kind must last that is handed in now."""
    term, rule = profile_of(kind).term, rule_on(ctx, zone_id, kind, local_date(ctx.now))
    if rule is None or rule.amount <= term.amount:
        return Least(term)
    return Least(term.tightened(rule.amount), rule)


def rule_on(ctx: Context, zone_id: str, kind: str, day: date) -> ZoneTerm | None:
    """The zone's rule in force on a day: of those that have taken effect, the one that did so last."""
    query = select(ZoneTerm).where(
        ZoneTerm.zone_id == zone_id, ZoneTerm.kind == kind, ZoneTerm.effective_from <= day
    )
    order = (ZoneTerm.effective_from.desc(), ZoneTerm.set_at.desc(), ZoneTerm.id.desc())
    return ctx.session.scalars(query.order_by(*order).limit(1)).first()


def rules_of(ctx: Context, zone_id: str) -> Sequence[ZoneTerm]:
    """Every rule of a zone, the one that takes effect last first."""
    query = select(ZoneTerm).where(ZoneTerm.zone_id == zone_id)
    order = (ZoneTerm.effective_from.desc(), ZoneTerm.set_at.desc(), ZoneTerm.id.desc())
    return ctx.session.scalars(query.order_by(*order)).all()


def set_zone_term(ctx: Context, given: NewZoneTerm) -> ZoneTerm:
    """Set how long notices of a kind last in the acting authority's zone from a day on.

    It may be longer than the law asks, never shorter. What has been handed in by then is not touched. Raises Invalid.
    """
    if ctx.actor.zone_id is None:
        raise Forbidden(SET_TERMS.name)
    amount, day = _checked(ctx, given)
    rule = ZoneTerm(
        id=new_id("ztm", ctx.now),
        zone_id=ctx.actor.zone_id,
        kind=given.kind,
        amount=amount,
        effective_from=day,
        set_by=ctx.actor.user_id,
        set_at=ctx.now,
    )
    require(ctx, SET_TERMS, rule)
    ctx.session.add(rule)
    facts: JSONObject = {"rule": rule.id, "kind": rule.kind, "amount": amount, "from": day.isoformat()}
    record(ctx, "zone.notice_term_set", rule.zone_id, facts)
    return rule


def rule_json(rule: ZoneTerm) -> JSONObject:
    """The rule as a notice's start and certificate name it."""
    return {"id": rule.id, "amount": rule.amount, "from": rule.effective_from.isoformat()}


def rule_basis(rule: ZoneTerm) -> LegalBasis:
    """The rule among the rules that explain a period."""
    unit = profile_of(rule.kind).term.unit
    counted, counted_en = ("个工作日", "working days") if unit is Unit.WORKDAY else ("日", "days")
    day = rule.effective_from
    return LegalBasis(
        law=f"{rule.zone.name}公示期规定",
        article="",
        text=f"自 {day} 起提交的公示不少于 {rule.amount} {counted}",
        effective_from=day,
        status=SourceStatus.VERIFIED,
        law_en=f"Rule of {rule.zone.name_en} on the length of notices",
        text_en=f"notices handed in from {day} on last at least {rule.amount} {counted_en}",
    )


def _checked(ctx: Context, given: NewZoneTerm) -> tuple[int, date]:
    checks = Checks()
    amount, day = given.amount or 0, given.effective_from
    if given.kind not in profiles():
        checks.complain("kind", "unknown_code", _l("选择公示类型"))
    else:
        _check_amount(checks, profile_of(given.kind).term, amount)
    if day is None or day <= local_date(ctx.now):
        checks.complain("effective_from", "range", _l("填写生效日期，最早为明天"))
    checks.settle()
    if day is None:
        raise ValueError("checked above")
    return amount, day


def _check_amount(checks: Checks, term: Term, amount: int) -> None:
    try:
        term.tightened(amount)
    except TermLoosened:
        least = length_words(term.amount, term.unit)
        checks.complain("amount", "loosened", _l("不得短于法定期限 %(least)s，只能延长", least=least))
    if amount > MOST_UNITS:
        most = length_words(MOST_UNITS, term.unit)
        checks.complain("amount", "too_long", _l("公示期不超过 %(most)s", most=most))

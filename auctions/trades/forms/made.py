"""The form of a procedure that brings none of its own: a control for each of its terms, by the shape of its name."""

from dataclasses import Field, fields
from functools import cache
from typing import Any

from wtforms import Field as Control

from auctions.terms.sale import SaleTerms
from auctions.trades.drafting import OURS
from auctions.trades.forms.controls import DAYS, WORKDAYS, CountField
from auctions.trades.forms.lot import LotForm
from auctions.trades.forms.sale import DepositField, SaleForm
from auctions.trades.kinds import procedure_of
from auctions.trades.labels import label_of
from listings.achievements.forms.fields import CheckField, ShareField, WanField, line


@cache
def made_form(kind: str) -> type[LotForm]:
    """A form class for the lot and the terms of a procedure. Money, shares and lengths are known by their endings."""
    terms = procedure_of(kind).terms
    base = SaleForm if issubclass(terms, SaleTerms) else LotForm
    controls = {
        field.name: _control(field)
        for field in fields(terms)
        if field.name not in OURS and not hasattr(base, field.name)
    }
    made: type[LotForm] = type(f"{terms.__name__}Form", (base,), {"__doc__": terms.__doc__, **controls})
    return made


def _control(field: Field[Any]) -> Control:
    label, name = label_of(field.name), field.name
    if name.endswith("_fen"):
        return DepositField(label) if isinstance(field.default, int) else WanField(label)
    if name.endswith("_bp"):
        return ShareField(label)
    if isinstance(field.default, bool):
        return CheckField(label)
    if isinstance(field.default, int):
        return CountField(label, least=field.default, unit=_unit(name))
    return line(label)


def _unit(name: str) -> Any:
    return WORKDAYS if name.endswith("_wd") else DAYS if name.endswith("_d") else ""

"""The procedures there are: every file of `auctions.procedures` declares one."""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import ModuleType
from typing import Any

from pydantic import TypeAdapter

import auctions.procedures
from auctions.procedure import Procedure
from marketplace.core.db import JSONObject
from marketplace.core.errors import NotFound


def found_in(package: ModuleType) -> dict[str, Procedure]:
    """The procedures declared by the modules of a package, by kind."""
    modules = (
        importlib.import_module(f"{package.__name__}.{found.name}")
        for found in pkgutil.iter_modules(package.__path__)
    )
    declared = [module.PROCEDURE for module in modules]
    return {procedure.kind: procedure for procedure in declared}


@cache
def procedures() -> Mapping[str, Procedure]:
    """Every procedure by its kind, in alphabetical order of files."""
    return found_in(auctions.procedures)


def procedure_of(kind: str) -> Procedure:
    """The procedure of that kind. Raises NotFound."""
    found = procedures().get(kind)
    if found is None:
        raise NotFound
    return found


def terms_from(procedure: Procedure, stored: JSONObject) -> Any:
    """The terms of a stored trade, as the procedure's dataclass. Raises pydantic.ValidationError for a shape it never had."""
    return _adapter(procedure.terms).validate_python(stored)


def terms_json(procedure: Procedure, terms: Any) -> JSONObject:
    """As stored, hashed and published."""
    dumped: JSONObject = _adapter(procedure.terms).dump_python(terms, mode="json")
    return dumped


_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}


def _adapter(terms: type[Any]) -> TypeAdapter[Any]:
    """Made once: to make one takes longer than to use it a hundred times."""
    if terms not in _ADAPTERS:
        _ADAPTERS[terms] = TypeAdapter(terms)
    return _ADAPTERS[terms]

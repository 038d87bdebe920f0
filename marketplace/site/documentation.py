"""The API's documentation page and document."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from itertools import groupby
from typing import Any

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue

from marketplace.core.policy import OPEN
from marketplace.core.runtime import runtime
from marketplace.site.api import api_document
from marketplace.web.guard import requires
from marketplace.web.operations import ROOT, Operation

documentation = Blueprint("documentation", __name__)

_PART = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Described:
    """An operation on the page. `inputs` are (where it goes, names)."""

    operation: Operation
    path: str
    who: str
    inputs: tuple[tuple[str, str], ...]


@documentation.get("/api/docs")
@requires(OPEN)
def docs() -> ResponseReturnValue:
    """Every operation, made from the same declarations as the OpenAPI document."""
    return render_template("site/api.html", groups=list(_groups()), root_path=ROOT)


@documentation.get(f"{ROOT}/openapi.json")
@requires(OPEN)
def openapi() -> ResponseReturnValue:
    return jsonify(api_document())


def _groups() -> Iterator[tuple[str, list[Described]]]:
    listed = sorted(runtime().registry.operations, key=lambda one: (one.tag, one.rule, one.method))
    for tag, operations in groupby(listed, key=lambda one: one.tag):
        yield str(tag), [_described(operation) for operation in operations]


def _described(operation: Operation) -> Described:
    inputs = (("query", _names(operation.query)), ("body", _names(operation.body)))
    return Described(
        operation=operation,
        path=ROOT + _PART.sub(r"{\1}", operation.rule),
        who="; ".join(operation.permission.words()),
        inputs=tuple((where, names) for where, names in inputs if names),
    )


def _names(kind: Any) -> str:
    return ", ".join(field.name for field in fields(kind)) if is_dataclass(kind) else ""

"""The OpenAPI 3.1 document, made from the registered operations."""

import re
from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter

from marketplace.web.operations import ROOT, Operation

PROBLEM = {
    "type": "object",
    "required": ["title", "status", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "code", "message"],
                "properties": {name: {"type": "string"} for name in ("field", "code", "message")},
            },
        },
    },
}
_CONVERTER = re.compile(r"<(?:(\w+):)?(\w+)>")


def document(operations: Sequence[Operation], title: str, version: str) -> dict[str, Any]:
    """The whole document as plain data, stable in order."""
    schemas: dict[str, Any] = {"Problem": PROBLEM}
    paths: dict[str, dict[str, Any]] = {}
    for entry in sorted(operations, key=lambda o: (o.rule, o.method)):
        path = ROOT + _CONVERTER.sub(r"{\2}", entry.rule)
        paths.setdefault(path, {})[entry.method.lower()] = _operation(entry, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": version,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(entry: Operation, schemas: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "operationId": entry.name,
        "tags": [entry.tag],
        "summary": entry.summary,
        "description": "Who may: " + "; ".join(entry.permission.words()) + ".",
        "security": [{"token": []}]
        if entry.permission.scope and entry.method != "GET"
        else [{}, {"token": []}],
        "parameters": _parameters(entry, schemas),
        "responses": _responses(entry, schemas),
    }
    if entry.body is not None:
        content = {"application/json": {"schema": _schema(entry.body, schemas)}}
        made["requestBody"] = {"required": True, "content": content}
    return made


def _parameters(entry: Operation, schemas: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "integer" if kind == "int" else "string"},
        }
        for kind, name in _CONVERTER.findall(entry.rule)
    ]
    if entry.query is not None:
        described = _resolve(_schema(entry.query, schemas), schemas)
        needed = set(described.get("required", ()))
        found += [
            {"name": name, "in": "query", "required": name in needed, "schema": schema}
            for name, schema in described["properties"].items()
        ]
    if entry.many:
        for name in ("page", "per_page"):
            found.append({"name": name, "in": "query", "schema": {"type": "integer", "minimum": 1}})
    if entry.method in {"POST", "PUT", "PATCH", "DELETE"}:
        found.append(
            {"name": "Idempotency-Key", "in": "header", "schema": {"type": "string", "maxLength": 64}}
        )
    if entry.method in {"PUT", "PATCH"}:
        found.append({"name": "If-Match", "in": "header", "schema": {"type": "string"}})
    return found


def _responses(entry: Operation, schemas: dict[str, Any]) -> dict[str, Any]:
    problem = {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    status = str(204 if entry.returns is None and entry.status == 200 else entry.status)
    answers: dict[str, Any] = {status: {"description": "Done"}}
    if entry.returns is not None:
        schema = _schema(entry.returns, schemas)
        if entry.many:
            schema = {
                "type": "object",
                "required": ["items"],
                "properties": {
                    "items": {"type": "array", "items": schema},
                    **{name: {"type": "integer"} for name in ("page", "per_page", "total")},
                },
            }
        answers[status]["content"] = {entry.media: {"schema": schema}}
    elif entry.media != "application/json":
        answers[status]["content"] = {entry.media: {}}
    answers["default"] = {"description": "A problem", **problem}
    return answers


def _schema(kind: Any, schemas: dict[str, Any]) -> dict[str, Any]:
    """The schema of a type; shared parts go to the components."""
    schema = TypeAdapter(kind).json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(schema.pop("$defs", {}))
    title = schema.get("title")
    if schema.get("type") == "object" and title:
        schemas[title] = schema
        return {"$ref": f"#/components/schemas/{title}"}
    return schema


def _resolve(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    reference = schema.get("$ref")
    found: dict[str, Any] = schemas[reference.rsplit("/", 1)[1]] if reference else schema
    return found

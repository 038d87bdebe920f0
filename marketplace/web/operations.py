"""JSON operations: the second door to the same commands, declared so that OpenAPI can be made from them.

An operation names its method, path, permission, input dataclass and output dataclass. Input is read by pydantic from
the very dataclass that the form fills; complaints come back as RFC 9457 problems with `errors: [{field, code, message}]`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Blueprint, Flask, Response, jsonify, make_response, request
from flask.typing import ResponseReturnValue
from pydantic import TypeAdapter, ValidationError

from marketplace.core.errors import Conflict, DomainError, FieldError, Invalid
from marketplace.core.i18n import gettext as _
from marketplace.core.policy import Permission
from marketplace.web.forms import csrf
from marketplace.web.guard import requires
from marketplace.web.paging import Page, link_header

ROOT = "/api/v1"


@dataclass(frozen=True)
class Operation:
    """One entry of the API. `rule` is below `/api/v1`; `returns` is the item's type for lists and single things."""

    name: str
    tag: str
    method: str
    rule: str
    permission: Permission
    summary: str
    body: Any | None
    query: Any | None
    returns: Any | None
    status: int
    many: bool
    media: str


class Operations:
    """The operations of one concept; `install` mounts them."""

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.listed: list[Operation] = []
        self.blueprint = Blueprint(f"api_{tag}", __name__, url_prefix=ROOT)

    def add(
        self,
        method: str,
        rule: str,
        permission: Permission,
        summary: str,
        *,
        body: Any | None = None,
        query: Any | None = None,
        returns: Any | None = None,
        status: int = 200,
        many: bool = False,
        media: str = "application/json",
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Register the decorated function. It gets path parts, `body` and `query` as keywords and returns data."""

        def register(function: Callable[..., Any]) -> Callable[..., Any]:
            entry = Operation(
                function.__name__,
                self.tag,
                method,
                rule,
                permission,
                summary,
                body,
                query,
                returns,
                status,
                many,
                media,
            )
            self.listed.append(entry)
            view = requires(permission)(_view(entry, function))
            self.blueprint.add_url_rule(rule, function.__name__, view, methods=[method])
            return function

        return register

    def install(self, app: Flask) -> None:
        csrf.exempt(self.blueprint)  # the API knows tokens only, never the session cookie
        app.register_blueprint(self.blueprint)


def _view(entry: Operation, function: Callable[..., Any]) -> Callable[..., ResponseReturnValue]:
    body = TypeAdapter(entry.body) if entry.body is not None else None
    query = TypeAdapter(entry.query) if entry.query is not None else None
    returns = TypeAdapter(entry.returns) if entry.returns is not None else None

    @wraps(function)
    def view(**parts: Any) -> ResponseReturnValue:
        if body is not None:
            parts["body"] = _read(body, _json_body())
        if query is not None:
            parts["query"] = _read(query, _query_values(entry.query))
        return _answer(entry, returns, function(**parts))

    return view


def _json_body() -> Any:
    if not request.is_json:
        raise UnsupportedMedia
    data = request.get_json(silent=True)
    if data is None:
        raise Invalid([FieldError("", "json", _("请求体不是有效的 JSON"))])
    return data


class UnsupportedMedia(DomainError):
    code = "unsupported_media"
    status = 415


def _query_values(kind: Any) -> dict[str, Any]:
    """The query string as the dataclass wants it: lists where the field is a list, else the last value."""
    listed = {name for name, annotation in kind.__annotations__.items() if "tuple" in str(annotation)}
    return {
        name: request.args.getlist(name) if name in listed else request.args[name]
        for name in request.args
        if name in kind.__annotations__
    }


def _read(adapter: TypeAdapter[Any], data: Any) -> Any:
    try:
        return adapter.validate_python(data)
    except ValidationError as error:
        raise Invalid(
            FieldError(".".join(str(part) for part in e["loc"]), e["type"], _shape_words(e["type"]))
            for e in error.errors()
        ) from error


def _shape_words(kind: str) -> str:
    """A sentence for a complaint about shape, in the caller's language."""
    if kind == "missing":
        return _("缺少该字段")
    if kind.startswith("unexpected"):
        return _("没有这个字段")
    if "enum" in kind or kind.startswith("literal"):
        return _("不是允许的取值")
    return _("类型或格式不正确")


def _answer(entry: Operation, returns: TypeAdapter[Any] | None, result: Any) -> Response:
    if isinstance(result, Response):
        return result
    if returns is None:
        response = make_response("", 204 if entry.status == 200 else entry.status)
    elif isinstance(result, Page):
        rows = [returns.dump_python(row, mode="json") for row in result.rows]
        response = jsonify(items=rows, page=result.number, per_page=result.per_page, total=result.total)
        response.headers["Link"] = link_header(result)
    elif entry.many:
        response = jsonify(items=[returns.dump_python(row, mode="json") for row in result])
    else:
        response = jsonify(returns.dump_python(result, mode="json"))
        response.status_code = entry.status
        version = getattr(result, "version", None)
        if version is not None:
            response.headers["ETag"] = f'"{version}"'
    return response


def expected_version() -> int | None:
    """The version that `If-Match` names; None when the caller does not care."""
    tag = request.headers.get("If-Match")
    if tag is None or tag == "*":
        return None
    text = tag.strip().removeprefix("W/").strip('"')
    if not text.isdigit():
        raise Conflict(code="bad_etag")
    return int(text)

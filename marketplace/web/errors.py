"""One shape for every error: a page that says what to do, or a problem document for programs (RFC 9457)."""

import logging
import secrets
from typing import Any

from flask import Flask, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from marketplace.core.db import db
from marketplace.core.errors import DomainError, Forbidden, Invalid, SignInRequired, TooMany
from marketplace.core.i18n import gettext as _
from marketplace.web.forms import CSRFError

log = logging.getLogger(__name__)


def install_errors(app: Flask) -> None:
    app.register_error_handler(SignInRequired, _sign_in)
    app.register_error_handler(DomainError, _domain)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def wants_json() -> bool:
    return request.path.startswith("/api/")


def problem(status: int, code: str, message: str, errors: list[dict[str, str]] | None = None) -> Response:
    """`application/problem+json` with `errors: [{field, code, message}]`."""
    body: dict[str, Any] = {"type": f"about:blank#{code}", "title": message, "status": status, "code": code}
    if errors is not None:
        body["errors"] = errors
    response = jsonify(body)
    response.status_code = status
    response.content_type = "application/problem+json"
    return response


def _page(status: int, code: str, message: str, **details: Any) -> Response:
    reference = secrets.token_hex(4)
    log.info("error page %s %s %s %s", reference, status, code, request.path)
    if wants_json():
        return problem(status, code, message)
    text = render_template(
        "errors/error.html", status=status, code=code, message=message, reference=reference, **details
    )
    return Response(text, status)


def _sign_in(error: SignInRequired) -> ResponseReturnValue:
    if wants_json():
        response = problem(401, error.code, str(error.message))
        response.headers["WWW-Authenticate"] = "Bearer"
        return response
    target = f"{request.script_root}{request.full_path.rstrip('?')}" if request.method == "GET" else None
    return redirect(url_for("accounts.login", next=target), 303)


def _domain(error: DomainError) -> ResponseReturnValue:
    db.session.rollback()
    if wants_json():
        fields = None
        if isinstance(error, Invalid):
            fields = [{"field": e.field, "code": e.code, "message": str(e.message)} for e in error.errors]
        response = problem(error.status, error.code, str(error.message), fields)
    else:
        details: dict[str, Any] = {}
        if isinstance(error, Forbidden):
            details["permission"] = error.permission
        response = _page(error.status, error.code, str(error.message), **details)
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _csrf(_error: CSRFError) -> ResponseReturnValue:
    return _page(400, "form_expired", _("表单已过期或来源不明，没有保存。返回上一页刷新后再提交"))


def _busy(error: OperationalError) -> ResponseReturnValue:
    """The database is locked, full or away: nothing was saved, and trying again is right."""
    db.session.rollback()
    log.error("database unavailable: %s", error.orig)
    response = _page(503, "unavailable", _("系统繁忙，内容没有保存。请稍后重试，填写的内容仍在页面上"))
    response.headers["Retry-After"] = "5"
    return response


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error
    status = error.code or 500
    response = _page(status, str(status), _HTTP_WORDS.get(status, lambda: error.name)())
    if status == 405 and error.get_response().headers.get("Allow"):
        response.headers["Allow"] = error.get_response().headers["Allow"]
    return response


def _unexpected(error: Exception) -> ResponseReturnValue:
    db.session.rollback()
    log.error("unexpected error", exc_info=error)
    return _page(500, "internal", _("系统出现错误，已记录。内容没有保存"))


_HTTP_WORDS = {
    400: lambda: _("请求格式不正确"),
    404: lambda: _("没有找到这个页面或记录"),
    405: lambda: _("这个地址不支持该操作"),
    413: lambda: _("提交的内容过大"),
    415: lambda: _("不支持的内容类型"),
    429: lambda: _("操作过于频繁，请稍后再试"),
}

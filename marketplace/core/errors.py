"""What can go wrong in the domain, in words for the user. Commands raise these; both doors (pages, API) show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from marketplace.core.i18n import LazyString, lazy_gettext

Words: TypeAlias = str | LazyString


@dataclass(frozen=True)
class FieldError:
    """One complaint about one field. `field` is the input dataclass's field name, dotted for parts of it."""

    field: str
    code: str
    message: Words


class DomainError(Exception):
    """An error that has a code, a sentence for the user and an HTTP status."""

    code = "error"
    status = 400
    message: Words = lazy_gettext("请求无法处理")

    def __init__(self, message: Words | None = None, *, code: str | None = None) -> None:
        self.message = message if message is not None else type(self).message
        self.code = code or type(self).code
        super().__init__(self.code)


class Invalid(DomainError):
    """The input breaks a rule; each complaint names its field."""

    code = "invalid"
    status = 422
    message = lazy_gettext("有内容需要修改")

    def __init__(self, errors: Iterable[FieldError]) -> None:
        self.errors = tuple(errors)
        super().__init__()


class SignInRequired(DomainError):
    code = "sign_in_required"
    status = 401
    message = lazy_gettext("请先登录")


class Forbidden(DomainError):
    """The subject is visible to the actor, the act is not allowed. Names the missing right."""

    code = "forbidden"
    status = 403
    message = lazy_gettext("当前账户没有这项权限")

    def __init__(self, permission: str, message: Words | None = None) -> None:
        self.permission = permission
        super().__init__(message)


class NotFound(DomainError):
    code = "not_found"
    status = 404
    message = lazy_gettext("没有找到这个页面或记录")


class Conflict(DomainError):
    """The moment is wrong: somebody else was faster, or the state does not allow the act."""

    code = "conflict"
    status = 409
    message = lazy_gettext("内容已被他人修改，请核对后再试")


class Gone(DomainError):
    """Once public, now withdrawn. The page says when and why."""

    code = "gone"
    status = 410
    message = lazy_gettext("该内容已下架")


class TooMany(DomainError):
    """A rate limit. `retry_after` is in seconds."""

    code = "too_many"
    status = 429
    message = lazy_gettext("操作过于频繁，请稍后再试")

    def __init__(self, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__()

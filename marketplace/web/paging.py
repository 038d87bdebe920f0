"""Pages of a list: at most 100 rows, stable order, links for people and for programs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from flask import request
from sqlalchemy import Select, func
from sqlalchemy.orm import Session

Row = TypeVar("Row")
PER_PAGE, MOST = 20, 100
DEEPEST = 1_000  # pages; deeper than this is a robot, not a reader


@dataclass(frozen=True)
class Page(Generic[Row]):
    """`rows` of page `number` (from 1) out of `total` rows in all."""

    rows: Sequence[Row]
    number: int
    per_page: int
    total: int

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.per_page))

    def numbers(self) -> list[int | None]:
        """Page numbers to show, None for a gap: first, last and two around the current."""
        near = {1, self.last, *range(max(1, self.number - 2), min(self.last, self.number + 2) + 1)}
        shown: list[int | None] = []
        for number in sorted(near):
            if shown and shown[-1] is not None and number - shown[-1] > 1:
                shown.append(None)
            shown.append(number)
        return shown

    def url(self, number: int) -> str:
        """This request with another page number."""
        return page_url(number)


def page_url(number: int) -> str:
    args: list[tuple[str, str]] = [(k, v) for k, v in request.args.items(multi=True) if k != "page"]
    if number > 1:
        args.append(("page", str(number)))
    return f"{request.script_root}{request.path}" + (f"?{urlencode(args)}" if args else "")


def asked() -> tuple[int, int]:
    """(page number, rows per page) as the query string asks, brought into range."""
    number = request.args.get("page", 1, type=int)
    per_page = request.args.get("per_page", PER_PAGE, type=int)
    return min(max(1, number), DEEPEST), min(max(1, per_page), MOST)


def paged(
    session: Session, query: Select[Any], read: Callable[[Select[Any]], Sequence[Any]] | None = None
) -> Page[Any]:
    """The asked page of an ordered query that does not group, in two statements.

    `read` makes the rows of the page from its query; without it they are what the query selects first.
    """
    number, per_page = asked()
    counted = query.order_by(None).with_only_columns(func.count(), maintain_column_froms=True)
    total = session.scalar(counted) or 0
    window = query.limit(per_page).offset((number - 1) * per_page)
    rows = read(window) if read else session.scalars(window).unique().all()
    return Page(rows, number, per_page, total)


def link_header(page: Page[Any]) -> str:
    """The `Link` header of RFC 8288 for a page of an API list."""
    root = request.host_url.rstrip("/")
    links = {"first": 1, "last": page.last}
    if page.number > 1:
        links["prev"] = page.number - 1
    if page.number < page.last:
        links["next"] = page.number + 1
    return ", ".join(f'<{root}{page_url(number)}>; rel="{rel}"' for rel, number in links.items())

"""What tests of whole-market pages ask for."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from urllib.parse import urlencode

import pytest

from marketplace.core.context import Actor, Context
from tests.cast import Cast
from tests.client import Client
from tests.listings.achievements.desk import Desk
from tests.listings.notices.desk import NoticeDesk, announce, papers_of


@pytest.fixture
def desk(cast: Cast, ctx_for: Callable[[Actor], AbstractContextManager[Context]]) -> Desk:
    return Desk(cast, ctx_for)


@pytest.fixture
def found(client: Client) -> Callable[..., dict]:
    """`found("电池", trl="7")` asks the API; the whole answer."""

    def ask(q: str = "", **parameters: object) -> dict:
        answer = client.get(f"/api/v1/search?{urlencode({'q': q, **parameters}, doseq=True)}")
        assert answer.status_code == 200, answer.text
        return answer.json

    return ask


@pytest.fixture
def ids(found: Callable[..., dict]) -> Callable[..., list[str]]:
    """The ids the API finds."""
    return lambda q="", **parameters: [hit["item"]["id"] for hit in found(q, **parameters)["items"]]


@pytest.fixture
def notice_desk(app, cast, clock, ctx_for) -> NoticeDesk:
    """Notices of what the cast's university has decided."""
    papers = papers_of(cast)
    announce(app, papers)
    return NoticeDesk(app, cast, clock, ctx_for, papers)

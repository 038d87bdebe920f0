"""One look at one page."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from werkzeug.test import TestResponse

from tests.browser.market import Market
from tests.client import Client
from tests.house.matrix import Route

PUBLIC = "public"


@dataclass(frozen=True)
class Visit:
    """One person at one address, in one of the market's states. `status` is the answer that is right."""

    who: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    endpoint: str = ""
    path: str = ""

    def at(self, route: Route) -> "Visit":
        query = f"?{urlencode(self.query)}" if self.query else ""
        path = route.path(**self.parameters) + query
        return replace(self, endpoint=route.rule.endpoint, path=path)

    def answer(self, market: Market, language: str) -> TestResponse:
        """What the application says to it, without a browser."""
        client = market.app.test_client()
        assert isinstance(client, Client)
        if self.who != PUBLIC:
            client.sign_in(market.people[self.who])
        return client.get(f"/en{self.path}" if language == "en" else self.path, buffered=True)

    def __str__(self) -> str:
        return f"{self.path} as {self.who}"

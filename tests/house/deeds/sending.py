"""Sending a call: a form from a browser that is signed in, or a program's request with a token of every scope."""

import io
from dataclasses import dataclass
from typing import Any

from werkzeug.test import TestResponse

from tests.client import Client
from tests.house.deeds.deed import Call, Upload
from tests.house.deeds.market import Market
from tests.house.matrix import Route, identities


@dataclass(frozen=True)
class Sender:
    """Sends calls to one route, each from a browser or a program of its own."""

    market: Market
    route: Route

    def send(self, call: Call) -> TestResponse:
        return self._program(call) if self.route.api else self._browser(call)

    def _browser(self, call: Call) -> TestResponse:
        client = self._client()
        if call.by:
            self._sign_in(client, call)
        return client.submit(self._path(call), _form(call), query_string=call.query, buffered=True)

    def _sign_in(self, client: Client, call: Call) -> None:
        client.sign_in(self.market.member(call.by))
        if call.session:
            with client.session_transaction() as session:
                session["_user_id"] += f".{call.session}"

    def _program(self, call: Call) -> TestResponse:
        body = {"data": _form(call)} if _uploads(call) else {"json": dict(call.fields)}
        if call.text:
            body = {"data": call.text, "content_type": "text/plain"}
        headers = {"Authorization": f"Bearer {self._secret(call.by)}"} if call.by else {}
        return self._client().open(self._path(call), method=self.route.method, headers=headers, **body)

    def _client(self) -> Client:
        made = self.market.app.test_client()
        assert isinstance(made, Client)
        return made

    def _path(self, call: Call) -> str:
        return self.route.path(**call.at)

    def _secret(self, part: str) -> str:
        return next(one.secret for one in identities(self.market.cast) if one.name == part)


def _uploads(call: Call) -> bool:
    return any(isinstance(value, Upload) for value in call.fields.values())


def _form(call: Call) -> dict[str, Any]:
    return {
        name: (io.BytesIO(value.content), value.name) if isinstance(value, Upload) else value
        for name, value in call.fields.items()
    }

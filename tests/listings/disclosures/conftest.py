"""What tests of disclosures ask for."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from marketplace.core.context import Actor, Context
from tests.cast import Cast, Member
from tests.client import Client
from tests.listings.disclosures.desk import DisclosureDesk


@pytest.fixture
def desk(cast: Cast, ctx_for: Callable[[Actor], AbstractContextManager[Context]]) -> DisclosureDesk:
    return DisclosureDesk(cast, ctx_for)


@pytest.fixture
def browser_of(app: Flask) -> Callable[[Member], Client]:
    """`browser_of(cast.inventor)` is that person at a browser of their own."""

    def at_a_browser(member: Member) -> Client:
        made = app.test_client()
        assert isinstance(made, Client)
        return made.sign_in(member)

    return at_a_browser

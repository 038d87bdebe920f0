"""Flask-Login behind a typed door: the only module that knows it, and the only one that reads the current user."""

from collections.abc import Callable
from typing import Protocol

import flask_login
from flask import Flask, Request

from marketplace.core.context import ANONYMOUS, Actor


class Identity(Protocol):
    """What a signed-in user is to the web layer."""

    @property
    def is_authenticated(self) -> bool: ...

    @property
    def actor(self) -> Actor: ...

    def get_id(self) -> str: ...


manager = flask_login.LoginManager()


def install_login(
    app: Flask,
    load_session: Callable[[str], Identity | None],
    load_request: Callable[[Request], Identity | None],
) -> None:
    """`load_session` finds the user of a session cookie, `load_request` the one of an API token."""
    manager.init_app(app)
    manager.session_protection = None  # sessions end by the account's epoch, not by address or browser
    manager.user_loader(load_session)
    manager.request_loader(load_request)


def current_actor() -> Actor:
    """The actor of this request."""
    user = flask_login.current_user  # noqa: TID251 - the one door
    return user.actor if user and user.is_authenticated else ANONYMOUS


def current_identity() -> Identity | None:
    """The signed-in identity of this request, None for the public."""
    user = flask_login.current_user  # noqa: TID251
    return user if user and user.is_authenticated else None


def sign_in(identity: Identity) -> None:
    flask_login.login_user(identity, remember=False, fresh=True)


def sign_out() -> None:
    flask_login.logout_user()

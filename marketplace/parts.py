"""The parts of the house, listed once: what each package brings to the application."""

from collections.abc import Iterator

from flask import Blueprint, Flask

import marketplace.accounts.views as accounts_views
from marketplace.core.registry import Registry
from marketplace.web.operations import Operations


def blueprints() -> Iterator[Blueprint]:
    """Every set of pages."""
    yield accounts_views.blueprint


def operations() -> Iterator[Operations]:
    """Every set of JSON operations."""
    yield from ()


def announce(app: Flask, registry: Registry) -> None:
    """Tell the services below what the packages above offer."""

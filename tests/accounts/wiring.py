"""Mounts the parts of this package that the roof does not mount by itself, on an application made for tests."""

from flask import Flask

import marketplace.accounts.announcement as accounts
import marketplace.notifications.announcement as notifications
from marketplace.accounts.api import operations as account_operations
from marketplace.core.runtime import EXTENSION
from marketplace.notifications.api import operations as message_operations
from marketplace.notifications.views import blueprint as messages

REGIONS = [("330000", "浙江省", "Zhejiang"), ("420000", "湖北省", "Hubei")]
SERVICES = [("technology_trading", "技术交易", "Technology trading"), ("rd_design", "研发设计", "R&D and design")]


def mount(app: Flask) -> Flask:
    """Pages, operations, letters and vocabularies, each unless it is there already."""
    registry = app.extensions[EXTENSION].registry
    if messages.name not in app.blueprints:
        app.register_blueprint(messages)
        notifications.announce(registry)
    for listed in (*account_operations(), message_operations):
        if listed.blueprint.name not in app.blueprints:
            listed.install(app)
            registry.operations.extend(listed.listed)
    if not registry.letters:
        accounts.announce(registry)
    registry.vocabularies.setdefault("regions", _vocabulary(REGIONS))
    registry.vocabularies.setdefault("agency_kinds", _vocabulary(SERVICES))
    return app


def _vocabulary(rows):
    return lambda language: [(code, en if language == "en" else zh) for code, zh, en in rows]

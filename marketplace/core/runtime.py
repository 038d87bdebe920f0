"""What the running program consists of, made once by the app factory."""

from dataclasses import dataclass

from flask import current_app

from marketplace.core.calendar import Calendar
from marketplace.core.clock import Clock
from marketplace.core.files import FileStore
from marketplace.core.registry import Registry
from marketplace.settings import Settings

EXTENSION = "marketplace"


@dataclass
class Runtime:
    """Services of the process. Tests replace the clock; nothing else changes after start."""

    settings: Settings
    clock: Clock
    calendar: Calendar
    files: FileStore
    registry: Registry


def runtime() -> Runtime:
    """The runtime of the current application."""
    found: Runtime = current_app.extensions[EXTENSION]
    return found

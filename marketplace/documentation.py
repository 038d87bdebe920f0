"""Documents made from the code, so that they cannot say anything else: permissions, settings, procedures.

`python -m marketplace.documentation` writes them; a test compares them.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from flask import Flask

from auctions.trades.diagrams import document
from auctions.trades.kinds import procedures
from marketplace.app import create_app
from marketplace.core.policy import Permission
from marketplace.settings import PREFIX, Settings
from marketplace.web.guard import declared_permission

PACKAGES = ("marketplace.", "listings.", "auctions.")


def permissions_document(app: Flask) -> str:
    """Every permission: who has it, which token scope opens it to programs, and the routes behind it."""
    routes = _routes(app)
    rows = [
        (
            f"`{right.name}`",
            _lines(right.words(), "nobody"),
            right.scope or "--",
            _lines(sorted(routes.get(right, ())), "--"),
        )
        for right in sorted(_permissions(routes), key=lambda right: right.name)
    ]
    return _document(
        "Permissions",
        "Who may do what. A row without a route is checked inside a command; `--` as a scope: closed to API tokens.",
        ("Permission", "Who", "Token scope", "Routes"),
        rows,
    )


def settings_document() -> str:
    """Every setting with its type, default and meaning."""
    rows = [
        (
            f"`{PREFIX}{option.name.upper()}`",
            _type(option.type),
            _default(option.default),
            option.metadata["meaning"],
        )
        for option in fields(Settings)
    ]
    return _document(
        "Settings",
        "Read from the environment at the start. An unknown name or a bad value stops the start with a sentence.",
        ("Variable", "Type", "Default", "Meaning"),
        rows,
    )


def documents(app: Flask) -> dict[str, str]:
    """File name below `docs/` and text of every document."""
    drawn = {f"procedures/{kind}.md": document(found) for kind, found in procedures().items()}
    return {"permissions.md": permissions_document(app), "settings.md": settings_document(), **drawn}


def _routes(app: Flask) -> dict[Permission, set[str]]:
    found: dict[Permission, set[str]] = {}
    for rule in app.url_map.iter_rules():
        right = declared_permission(app, rule.endpoint)
        if right is not None and rule.endpoint != "static":
            verbs = ", ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
            found.setdefault(right, set()).add(f"`{rule.rule}` {verbs}")
    return found


def _permissions(routes: dict[Permission, set[str]]) -> set[Permission]:
    """Those of the routes, and those that the packages declare for their commands."""
    declared = {
        value
        for name, module in sys.modules.items()
        if name.startswith(PACKAGES)
        for value in vars(module).values()
        if isinstance(value, Permission)
    }
    return declared | set(routes)


def _document(title: str, about: str, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    return "\n".join([f"# {title}", "", "Made by `make docs`.", "", about, "", *_table(head, rows), ""])


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    for row in (head, ("---",) * len(head), *rows):
        yield f"| {' | '.join(row)} |"


def _lines(words: Iterable[str], without: str) -> str:
    return "<br>".join(words) or without


def _type(kind: object) -> str:
    return (
        {bool: "on or off", int: "integer", Path: "path"}.get(kind, "text")
        if isinstance(kind, type)
        else "text"
    )


def _default(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"`{value}`" if value not in ("", ()) else "empty"


def main() -> None:
    """Write the documents into the folder `docs`."""
    with TemporaryDirectory() as folder:
        app = create_app(Settings(data=Path(folder), secret_key="unused"))  # noqa: S106 - signs nothing
        for name, text in documents(app).items():
            path = Path("docs") / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            click.echo(path)


if __name__ == "__main__":
    main()

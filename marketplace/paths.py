"""Where the project's own resources lie, in a checkout and in an installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """The folder `templates`, `static`, `migrations` or `translations`.

    A wheel carries them inside the package with a leading underscore; a checkout has them beside it.
    """
    packaged = _PACKAGE / f"_{name}"
    return packaged if packaged.is_dir() else _PACKAGE.parent / name

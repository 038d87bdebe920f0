"""Line icons for templates: `{{ icon("search") }}` puts one inline, so it takes the colour of the text around it.

The outlines are those of Tabler Icons (MIT), kept unchanged in `static/vendor/tabler-icons`.
"""

from pathlib import Path

from defusedxml.ElementTree import parse
from flask import Flask
from markupsafe import Markup

_FRAME = "M0 0h24v24H0z"  # the empty square every outline starts with
_SVG = Markup('<svg class="c-icon{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>')
_PATH = Markup('<path d="{}"/>')


class UnknownIconError(LookupError):
    """A template asks for an icon that is not vendored."""


class Icons:
    """The outlines of one folder of SVG files, read once."""

    def __init__(self, folder: Path) -> None:
        self._outlines = {path.stem: _outline(path) for path in sorted(folder.glob("*.svg"))}
        self._made: dict[tuple[str, str], Markup] = {}

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._outlines)

    def icon(self, name: str, size: str = "") -> Markup:
        """The icon as inline SVG, hidden from assistive technology: words beside it carry the meaning.

        `size` is empty, `small` or `large`. Raises UnknownIconError.
        """
        made = self._made.get((name, size))
        if made is None:
            if name not in self._outlines:
                raise UnknownIconError(f"no icon is called {name!r}")
            made = _SVG.format(f" c-icon--{size}" if size else "", self._outlines[name])
            self._made[name, size] = made
        return made


def register_icons(app: Flask) -> Icons:
    """Read the vendored icons and offer `icon(name, size="")` to templates."""
    icons = Icons(Path(app.static_folder or "") / "vendor" / "tabler-icons")
    app.jinja_env.globals["icon"] = icons.icon
    return icons


def _outline(path: Path) -> Markup:
    root = parse(path).getroot()
    if root is None or any(not element.tag.endswith("}path") for element in root):
        raise UnknownIconError(f"{path.name} is not made of paths only")
    lines = (element.get("d", "") for element in root)
    return Markup("").join(_PATH.format(line) for line in lines if line != _FRAME)

"""Reading answers: the controls of a form as a browser would send them, and the words a person sees."""

from html.parser import HTMLParser

from werkzeug.test import TestResponse

_SILENT = {"submit", "button", "file"}


class _Controls(HTMLParser):
    """Names and values of the controls of one form, in order."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._action = action
        self._inside = False
        self._area: tuple[str, list[str]] | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = given.get("action") == self._action
        elif not self._inside:
            return
        elif tag == "textarea":
            self._area = (given["name"], [])
        elif tag == "select":
            self._select = given["name"]
            self.found.append((self._select, ""))
        elif tag == "option" and "selected" in given and self._select is not None:
            self.found[-1] = (self._select, given.get("value", ""))
        elif tag == "input" and given.get("name") and given.get("type") not in _SILENT:
            unticked = given.get("type") in {"checkbox", "radio"} and "checked" not in given
            if not unticked:
                self.found.append((given["name"], given.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "textarea" and self._area is not None:
            name, pieces = self._area
            self.found.append((name, "".join(pieces).removeprefix("\r\n").removeprefix("\n")))
            self._area = None


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def controls(answer: TestResponse, action: str) -> dict[str, list[str]]:
    """What the form with this action would send: name → values."""
    parser = _Controls(action)
    parser.feed(answer.text)
    found: dict[str, list[str]] = {}
    for name, value in parser.found:
        found.setdefault(name, []).append(value)
    assert found, f"{answer.request.path} has no form for {action}: {answer.status_code}"
    return found


def words(answer: TestResponse) -> str:
    """The text of the page, white space joined."""
    parser = _Words()
    parser.feed(answer.text)
    return " ".join("".join(parser.pieces).split())

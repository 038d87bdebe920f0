"""The ways a page may be looked at: language, width of the window, colours."""

from dataclasses import dataclass
from itertools import product
from typing import Literal

import pytest

HEIGHT = 900


@dataclass(frozen=True)
class Look:
    """One way of looking. `width` is in CSS pixels; the address of a page follows from the language."""

    language: Literal["zh", "en"] = "zh"
    width: int = 1280
    colours: Literal["light", "dark"] = "light"

    def __str__(self) -> str:
        return f"{self.language}-{self.width}-{self.colours}"

    def path(self, path: str) -> str:
        """The address of the page in this language."""
        return f"/en{path}" if self.language == "en" else path


LOOKS = [Look(*parts) for parts in product(("zh", "en"), (1280, 390), ("light", "dark"))]

#: Runs a test in every look; it asks for `look` itself or gets it through `page`.
every_look = pytest.mark.parametrize("look", LOOKS, ids=str)

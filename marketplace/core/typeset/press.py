"""The one place that calls Typst. Its compiler is made at the first paper and kept: a later one takes milliseconds."""

import json
import threading
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

import typst

from marketplace.core.db import JSONObject, JSONValue
from marketplace.core.typeset.letters import FONTS, drawable

_one_at_a_time = threading.Lock()


def pdf(template: str, facts: JSONObject, at: datetime, pictures: Mapping[str, str] | None = None) -> bytes:
    """Set a paper. `facts` are what the template calls `facts`; `at` is the date the document bears.

    `pictures` are SVGs of ours by name: nothing that people typed. A letter that the fonts lack is named by its code.
    Equal arguments give equal bytes.
    """
    inputs = {"facts": json.dumps(_drawable(facts), ensure_ascii=False)}
    inputs |= {f"picture-{name}": svg for name, svg in (pictures or {}).items()}
    source = f"{_house()}\n{template}".encode()
    with _one_at_a_time:
        made = _compiler().compile(
            source,
            format="pdf",
            sys_inputs=inputs,
            # For keeping (fonts inside, nothing from elsewhere, letters can be read out) and for all readers.
            pdf_standards=["a-2a", "ua-1"],
            timestamp=int(at.timestamp()),
        )
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(root=FONTS, font_paths=[FONTS], ignore_system_fonts=True)


@cache
def _house() -> str:
    return Path(__file__).with_name("house.typ").read_text(encoding="utf-8")


def _drawable(value: JSONValue) -> JSONValue:
    if isinstance(value, str):
        return drawable(value)
    if isinstance(value, dict):
        return {name: _drawable(part) for name, part in value.items()}
    return [_drawable(part) for part in value] if isinstance(value, list) else value

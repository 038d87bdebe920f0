"""`make i18n`: brings the English catalogue up to what the code says, and compiles it.

New messages come in empty and are listed; messages that are not used any more fall away.
"""

import subprocess
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "translations" / "en" / "LC_MESSAGES" / "messages.po"
KEYWORDS = ("_l", "_lp:1c,2", "lazy_gettext", "lazy_pgettext:1c,2", "pgettext:1c,2", "ngettext:1,2")


def extracted(into: Path) -> Catalog:
    """The messages that code and templates use now."""
    words = [part for keyword in KEYWORDS for part in ("-k", keyword)]
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", "babel.cfg", *words]
    subprocess.run([*command, "--no-location", "--sort-output", "-o", str(into), "."], check=True, cwd=ROOT)  # noqa: S603
    with into.open("rb") as file:
        return read_po(file)


def english() -> Catalog:
    """The catalogue as committed."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def merged(template: Catalog, known: Catalog) -> Catalog:
    """The template's messages with the known translations, without guesses."""
    made = Catalog(locale="en", project="marketplace", fuzzy=False, header_comment=known.header_comment)
    made.creation_date, made.revision_date = known.creation_date, known.revision_date
    for message in template:
        if message.id:
            old = known.get(message.id, message.context)
            made.add(message.id, old.string if old else "", context=message.context, flags=message.flags)
    return made


def missing(catalogue: Catalog) -> list[str]:
    """Messages without a translation."""
    return [str(message.id) for message in catalogue if message.id and not _translated(message.string)]


def _translated(text: str | tuple[str, ...] | list[str] | None) -> bool:
    return all(text) if isinstance(text, (tuple, list)) else bool(text)


def main() -> None:
    template = extracted(ROOT / "var" / "messages.pot")
    catalogue = merged(template, english())
    with CATALOGUE.open("wb") as file:
        write_po(file, catalogue, sort_output=True, width=0)
    with CATALOGUE.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)
    for text in missing(catalogue):
        print(f"no English yet: {text}")  # noqa: T201 - a tool of the developer


if __name__ == "__main__":
    (ROOT / "var").mkdir(exist_ok=True)
    main()

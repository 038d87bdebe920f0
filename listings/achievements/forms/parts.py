"""A list of parts in a form: rows that grow without scripts, keep what was typed, and fall away when left empty."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import FieldList, Form, FormField

from marketplace.core.db import JSONValue
from marketplace.core.i18n import LazyString

_SPARE = 2  # empty rows shown below the filled ones
_ROOM = 20  # rows read beyond the most allowed, so that the rule can say how many are


class PartForm(Form):  # type: ignore[misc]
    """One row. `needed` is the part that no row can do without."""

    needed = ""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if self.needed:
            self[self.needed].flags.required = True


class PartsField(FieldList):  # type: ignore[misc]
    """Rows of a part form. A row counts when anything is typed in it."""

    entries: list[Any]

    def __init__(self, part: type[PartForm], label: LazyString, most: int, **options: Any) -> None:
        self._own: list[str] = []
        self.given = False
        super().__init__(FormField(part), label=label, max_entries=most + _ROOM, **options)

    @property
    def errors(self) -> list[Any]:
        """Complaints about the list as sentences, those about its rows as mappings of their parts."""
        entries = getattr(self, "entries", [])  # asked for by the parent before there are any
        return [*self._own, *(entry.errors for entry in entries if entry.errors)]

    @errors.setter
    def errors(self, found: Iterable[Any]) -> None:
        self._own = [error for error in found if isinstance(error, str)]

    @property
    def kept(self) -> JSONValue:
        return [
            {part.short_name: part.kept for part in entry.form} for entry in self.entries if _filled(entry)
        ]

    def process(self, formdata: Any, *arguments: Any, **options: Any) -> None:
        super().process(formdata, *arguments, **options)
        if formdata is not None:
            self.given = bool(self.entries)
            self.entries = [entry for entry in self.entries if _filled(entry)]
            self._compact_indices()

    def offer_more(self) -> None:
        """Show empty rows below the filled ones."""
        filled = sum(_filled(entry) for entry in self.entries)
        for _number in range(len(self.entries), min(filled + _SPARE, self.max_entries)):
            self.append_entry()

    def typed(self) -> JSONValue:
        """The rows as they were typed."""
        rows = [
            {part.short_name: _raw(part) for part in entry.form} for entry in self.entries if _filled(entry)
        ]
        kept: list[JSONValue] = [dict(row) for row in rows]
        return kept

    def as_typed(self, rows: JSONValue) -> MultiDict[str, str]:
        """Rows of `typed` as a browser would send them."""
        sent: MultiDict[str, str] = MultiDict()
        for number, row in enumerate(rows if isinstance(rows, list) else []):
            for part, value in (row if isinstance(row, dict) else {}).items():
                sent.add(f"{self.name}-{number}-{part}", str(value))
        return sent

    def _extract_indices(self, prefix: str, formdata: Mapping[str, Any]) -> Iterator[int]:
        """Row numbers in the names of controls. Other programs may send names that only look like numbers."""
        for name in formdata:
            number = (
                name.removeprefix(f"{prefix}-").partition("-")[0] if name.startswith(f"{prefix}-") else ""
            )
            if number.isascii() and number.isdigit() and len(number) < 6:
                yield int(number)


def _filled(entry: Any) -> bool:
    return any(_raw(part).strip() for part in entry.form)


def _raw(part: Any) -> str:
    if part.raw_data:
        return str(part.raw_data[0])
    return str(part.data or "")

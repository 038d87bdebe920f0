"""How one file is to be brought in: for whom, which column means what, and what stands in where the file says nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from listings.imports.columns import Column


@dataclass(frozen=True)
class Holder:
    """The organisation whose achievements these become."""

    id: str
    zone_id: str


@dataclass(frozen=True)
class Plan:
    """`columns` are in the order of `header`, None for one that is not brought in. `defaults` are content fields.

    `review_document` numbers the unit's secrecy review of the whole file; without one, drafts stay unassessed.
    `update`: a record that is there already takes over what the file says; otherwise its row is left out.
    """

    holder: Holder
    header: tuple[str, ...]
    columns: tuple[Column | None, ...]
    defaults: Mapping[str, object] = field(default_factory=dict)
    review_document: str = ""
    update: bool = False
    submit: bool = False

    def header_of(self, content_field: str) -> str:
        """The header in the file that fills a content field; empty when a default does."""
        pairs = zip(self.header, self.columns, strict=True)
        return next((header for header, column in pairs if column and column.field == content_field), "")

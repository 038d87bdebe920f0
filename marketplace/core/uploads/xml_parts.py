"""Reading the XML inside Office files: no document type, no entities, no deep nesting, and what the elements give away."""

import re
from collections.abc import Mapping
from typing import IO
from xml.parsers import expat

from marketplace.core.uploads.refusal import Reason, Refusal

_CHUNK = 256 * 1024
# Dynamic data exchange starts programs: links of spreadsheets, and fields of documents named DDE or DDEAUTO.
_LINK_ELEMENTS = frozenset({"ddeLink", "oleLink"})
_FIELD_ELEMENT = "instrText"
_SIMPLE_FIELD_ELEMENT = "fldSimple"
_DDE = re.compile(r"\bDDE(AUTO)?\b", re.IGNORECASE)
_LONGEST_FIELDS = 1_000_000


class XmlPart:
    """One part, read to its end by `read`. Raises Refusal; keeps nothing but field instructions."""

    def __init__(self, max_depth: int) -> None:
        self._left = max_depth
        self._fields: list[str] = []
        self._fields_length = 0
        # Expat reports names as written, so a part may not hide an element behind another prefix.
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = _refuse_doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def read(self, source: IO[bytes]) -> None:
        try:
            while piece := source.read(_CHUNK):
                self._parser.Parse(piece, False)
            self._parser.Parse(b"", True)
        except expat.ExpatError:
            raise Refusal(Reason.UNREADABLE) from None
        # Word splits an instruction over several runs at will, so it is read as one string.
        if _DDE.search("".join(self._fields)):
            raise Refusal(Reason.ACTIVE)

    def element(self, name: str, attributes: Mapping[str, str]) -> None:
        """Called for each element with its local name; for readers of particular parts."""

    def _start(self, qualified: str, attributes: dict[str, str]) -> None:
        self._left -= 1
        if self._left < 0:
            raise Refusal(Reason.XML_DEPTH)
        name = qualified.rpartition(":")[2]
        if name in _LINK_ELEMENTS:
            raise Refusal(Reason.ACTIVE)
        if name == _FIELD_ELEMENT:
            self._parser.CharacterDataHandler = self._collect
        elif name == _SIMPLE_FIELD_ELEMENT:
            self._collect(" ".join(attributes.values()))
        self.element(name, attributes)

    def _end(self, _name: str) -> None:
        self._left += 1
        self._parser.CharacterDataHandler = None

    def _collect(self, text: str) -> None:
        self._fields.append(text)
        self._fields_length += len(text)
        if self._fields_length > _LONGEST_FIELDS:
            raise Refusal(Reason.TOO_COMPLEX)


class ContentTypes(XmlPart):
    """`[Content_Types].xml`: what the parts say they are (ECMA-376 part 2, 10.1.2)."""

    def __init__(self, max_depth: int) -> None:
        super().__init__(max_depth)
        self.types: set[str] = set()

    def element(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in {"Default", "Override"}:
            self.types.add(attributes.get("ContentType", "").lower())


class Relationships(XmlPart):
    """A `.rels` part: what the file points at (ECMA-376 part 2, 9.3). Only links that a reader clicks may lead outside."""

    def element(self, name: str, attributes: Mapping[str, str]) -> None:
        if name != "Relationship" or attributes.get("TargetMode", "").lower() != "external":
            return
        kind = attributes.get("Type", "").rpartition("/")[2].lower()
        if kind != "hyperlink":
            raise Refusal(Reason.EXTERNAL)


def _refuse_doctype(_name: str, _system: str | None, _public: str | None, _subset: int) -> None:
    raise Refusal(Reason.XML_ENTITIES)

"""Why a file is refused, as a code. Known to the inspecting process, which has no translations."""

from enum import StrEnum


class Reason(StrEnum):
    NAME = "bad_name"
    KIND = "kind_not_allowed"
    EMPTY = "empty"
    SIZE = "too_large"
    MISMATCH = "content_mismatch"
    POLYGLOT = "polyglot"
    UNREADABLE = "unreadable"
    TOO_COMPLEX = "too_complex"
    ENCRYPTED = "encrypted"
    ARCHIVE_BOMB = "archive_bomb"
    ARCHIVE_PATH = "archive_path"
    ARCHIVE_LINK = "archive_link"
    MACRO = "macro"
    EMBEDDED = "embedded_file"
    EXTERNAL = "external_content"
    ACTIVE = "active_content"
    XML_ENTITIES = "xml_entities"
    XML_DEPTH = "xml_depth"
    PIXELS = "too_many_pixels"
    PAGES = "too_many_pages"


class Refusal(Exception):
    """The file is refused for this reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason

"""Text files (CSV): the encoding decides nothing here, only that it is text at all from the first byte to the last."""

import re
from pathlib import Path

from marketplace.core.uploads.refusal import Reason, Refusal

_CHUNK = 1024 * 1024
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
# Control characters other than tab, newline, carriage return and the form feed old exports end with.
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x19\x1b-\x1f\x7f]")


def inspect_text(path: Path) -> None:
    """Raise Refusal when the file holds bytes that no text in UTF-8 or GB18030 has. UTF-16 needs its mark."""
    with path.open("rb") as file:
        if file.read(2) in _UTF16:
            return
        file.seek(0)
        while piece := file.read(_CHUNK):
            if _BINARY.search(piece):
                raise Refusal(Reason.MISMATCH)

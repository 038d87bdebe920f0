"""Which encoding a text table is in: what Excel, WPS and scripts in China write."""

import codecs
from pathlib import Path

from marketplace.core.tabular.records import Fault, TableFault

_CHUNK = 1024 * 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# GB18030 contains GBK and GB2312. UTF-8 is tried first: Chinese text in GB18030 is hardly ever valid UTF-8.
_UNMARKED = ("utf-8", "gb18030")


def detect_encoding(path: Path) -> str:
    """The encoding in which the whole file can be read. Raises TableFault if there is none."""
    with path.open("rb") as file:
        head = file.read(4)
    marked = [name for mark, name in _MARKS if head.startswith(mark)]
    for name in marked or _UNMARKED:
        if _decodes(path, name):
            return name
    raise TableFault(Fault.ENCODING)


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            while piece := file.read(_CHUNK):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True

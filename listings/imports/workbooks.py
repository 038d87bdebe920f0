"""A workbook as an answer: made in a folder of its own, which is gone when the answer is."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from flask import Response

from marketplace.core.uploads.downloads import download_headers
from marketplace.core.uploads.kinds import MEDIA_TYPES, Kind

_CHUNK = 256 * 1024


def workbook_answer(name: str, write: Callable[[Path], None]) -> Response:
    """What `write` puts at the path it is given, as a download called `name`."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.xlsx"
        write(path)
        content = path.open("rb")  # on disk until it is closed, whatever happens to the folder
    answer = Response(_pieces(content), headers=download_headers(name, MEDIA_TYPES[Kind.XLSX]))
    answer.call_on_close(content.close)  # also when nobody asks for the pieces
    return answer


def _pieces(content: BinaryIO) -> Iterator[bytes]:
    with content:
        while piece := content.read(_CHUNK):
            yield piece

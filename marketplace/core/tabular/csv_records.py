"""CSV: comma, semicolon or tab, quoted cells with newlines, any of the encodings in `encodings`."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from marketplace.core.tabular.encodings import detect_encoding
from marketplace.core.tabular.formulas import unguarded
from marketplace.core.tabular.records import Complaint, Problem, Record

_SAMPLE = 64 * 1024
_SEPARATORS = ",;\t"
_LINE_END = re.compile(r"[\r\n]")
_QUOTED = re.compile(r'"[^"]*"')


def csv_records(path: Path) -> Iterator[Record]:
    """The records of the file. After a record whose quotes do not match nothing can be trusted, so it is the last."""
    encoding = detect_encoding(path)
    # newline="" leaves line ends inside quoted cells as they are.
    with path.open(encoding=encoding, newline="") as file:
        separator = _separator(file.read(_SAMPLE))
        file.seek(0)
        rows = csv.reader(file, delimiter=separator, strict=True)
        number = 0
        while True:
            number += 1
            try:
                cells = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                problem = Problem.CELL_TOO_LONG if "field limit" in str(error) else Problem.QUOTES
                yield Record(number, [], (Complaint(problem),))
                return
            yield Record(number, [unguarded(cell) for cell in cells])


def _separator(sample: str) -> str:
    """The one of the three that is most frequent outside quotes in the first line; a comma when there is none."""
    first = _LINE_END.split(_QUOTED.sub("", sample).lstrip("\r\n"), maxsplit=1)[0]
    return max(_SEPARATORS, key=first.count)

"""Excel: the rows that `xlsx_process` prints, read as they come. The workbook is never opened in this process."""

import json
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from marketplace.core.tabular.records import END, Complaint, Fault, Problem, Record, TableFault, TableLimits
from marketplace.core.uploads.sandbox import ENVIRONMENT, isolated

_MODULE = "marketplace.core.tabular.xlsx_process"
# The guard has refused every document type by then, and a parser that refuses them again, in Python, takes twice the time.
_ENVIRONMENT = ENVIRONMENT | {"OPENPYXL_DEFUSEDXML": "False", "OPENPYXL_LXML": "False"}


def xlsx_records(path: Path, limits: TableLimits) -> Iterator[Record]:
    """The rows of the first visible sheet that are not blank. Raises TableFault when the workbook cannot be read whole."""
    command = isolated(_MODULE, str(path.resolve()), "--limits", json.dumps(asdict(limits)))
    with subprocess.Popen(  # noqa: S603 - a fixed program; the path is a single argument, no shell
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env=_ENVIRONMENT,
        encoding="utf-8",
    ) as process:
        try:
            yield from _printed(process.stdout or ())
        finally:
            # A reader that stops early must not leave the process waiting for somebody to take the next row.
            process.kill()


def _printed(lines: Iterable[str]) -> Iterator[Record]:
    content: object = None
    for line in lines:
        # A line without its end was being written when the process died.
        content = json.loads(line) if line.endswith("\n") else None
        if isinstance(content, list):
            number, cells, complaints = content
            found = tuple(Complaint(Problem(code), column, value) for code, column, value in complaints)
            yield Record(number, cells, found)
    if content != END:
        raise TableFault(Fault.UNREADABLE)

"""Opening a file that somebody sent: which kind it is, whether it is harmless, its header and first rows."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from listings.imports.mapping import SAMPLE_LENGTH
from marketplace.core.errors import FieldError, Invalid
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.runtime import runtime
from marketplace.core.tabular.reading import Table, TableKind, open_table
from marketplace.core.uploads.gate import check_content
from marketplace.core.uploads.kinds import Kind
from marketplace.core.uploads.limits import Limits

#: Rows that are shown beside the headers, and looked at to tell what a column holds.
SAMPLE_ROWS = 20
_KINDS = {
    "csv": TableKind.CSV,
    "txt": TableKind.CSV,
    "tsv": TableKind.CSV,
    "xlsx": TableKind.XLSX,
    "jsonl": TableKind.JSONL,
    "ndjson": TableKind.JSONL,
}
#: For the file control.
ACCEPTED = ",".join(f".{ending}" for ending in _KINDS)


@dataclass(frozen=True)
class Glance:
    """What a first look shows: the header, and some rows with long cells cut."""

    header: list[str]
    sample: list[list[str]]


def kind_named(name: str) -> TableKind:
    """The kind that a file name claims. Raises Invalid, which says what to do with an old workbook."""
    ending = name.rpartition(".")[2].lower()
    if ending in _KINDS:
        return _KINDS[ending]
    if ending == "xls":
        words = _l("旧版 .xls 文件请用表格软件另存为 .xlsx 后上传")
    else:
        words = _l("只接受 .xlsx、.csv 和 .jsonl 文件，请用下载的模板填写或另存为这些格式")
    raise Invalid([FieldError("file", "kind_not_allowed", words)])


def open_file(path: Path, kind: TableKind) -> Table:
    """The table in the file. Raises UploadRefused for a file that is not harmless, TableError for one without rows."""
    if kind is TableKind.CSV:
        check_content(Kind.CSV, path, Limits(max_bytes=runtime().settings.import_max_bytes))
    return open_table(path, kind)


@contextmanager
def open_kept(digest: str, kind: str) -> Iterator[Table]:
    """The table of a job, from the file that was kept."""
    with ExitStack() as stack:
        path = runtime().files.path(digest)
        if kind == TableKind.XLSX:
            # Kept files are named by what they contain; what opens workbooks goes by the ending of the name.
            copy = Path(stack.enter_context(TemporaryDirectory())) / f"table.{kind}"
            path = Path(shutil.copyfile(path, copy))
        yield stack.enter_context(open_file(path, TableKind(kind)))


def glance(path: Path, kind: TableKind) -> Glance:
    """A first look. Raises like `open_file`."""
    with open_file(path, kind) as table:
        rows = [[cell[:SAMPLE_LENGTH] for cell in row.cells] for row in islice(table.rows, SAMPLE_ROWS)]
        return Glance(list(table.header), rows)

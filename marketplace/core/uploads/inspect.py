"""The process that looks into one hostile file: `python -m marketplace.core.uploads.inspect PATH --kind pdf`.

Prints one JSON object: `{"refused": code}` or `{"pages", "width", "height", "image", "thumbnail"}` with what applies.
Before it reads the file it gives up its memory, its time, its open files and its core dump; `sandbox` starts it.
"""

import argparse
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from marketplace.core.uploads.confinement import confine
from marketplace.core.uploads.images import inspect_image
from marketplace.core.uploads.kinds import IMAGES, OFFICE, Kind, kind_of
from marketplace.core.uploads.limits import Limits
from marketplace.core.uploads.office import inspect_office
from marketplace.core.uploads.pdfs import inspect_pdf
from marketplace.core.uploads.refusal import Reason, Refusal
from marketplace.core.uploads.signatures import check_signature
from marketplace.core.uploads.texts import inspect_text


def inspect_file(path: Path, kind: Kind | None, limits: Limits, into: Path | None) -> dict[str, int | str]:
    """What there is to know about an acceptable file; Refusal for any other. Without a kind, the name decides."""
    kind = kind or kind_of(path.name)
    if kind is None:
        raise Refusal(Reason.KIND)
    check_signature(path, kind)
    if kind in IMAGES:
        written = inspect_image(path, kind, limits, into)
        return {} if written is None else asdict(written)
    if kind in OFFICE:
        inspect_office(path, kind, limits)
        return {}
    if kind is Kind.PDF:
        return {"pages": inspect_pdf(path, limits)}
    inspect_text(path)
    return {}


def main() -> None:
    parser = argparse.ArgumentParser(description="Inspect one uploaded file.")
    parser.add_argument("path", type=Path)
    parser.add_argument(
        "--kind", type=Kind, help="what the file is said to be; by default what its name says"
    )
    parser.add_argument("--limits", type=json.loads, default={}, help="a JSON object of limits that differ")
    parser.add_argument("--into", type=Path, help="where to write the image anew and its thumbnail")
    arguments = parser.parse_args()
    limits = Limits(**arguments.limits)
    confine(memory=limits.memory, cpu_seconds=limits.cpu_seconds, max_output=limits.max_output)
    try:
        verdict = inspect_file(arguments.path, arguments.kind, limits, arguments.into)
    except Refusal as refusal:
        verdict = {"refused": refusal.reason}
    except (MemoryError, RecursionError):
        verdict = {"refused": Reason.TOO_COMPLEX}
    json.dump(verdict, sys.stdout)
    sys.stdout.flush()
    # Leave at once: tearing down what a hostile file built has been the slowest and the least predictable part.
    os._exit(0)


if __name__ == "__main__":
    main()

"""Fetch the third-party browser files named in `static/assets.lock.json`: `python -m marketplace.web.vendoring`.

For developers only: the files are committed and shipped, so running the site needs neither Node nor a network.
Each package is packed by the ordinary npm client, its integrity compared with the lock, and only the listed
files are copied, among them its licence. `--accept` writes what was received into the lock instead: use it
after changing a version by hand, and read the difference before committing.
"""

import base64
import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "static" / "assets.lock.json"


class VendoringError(Exception):
    """A package or a file is not the one the lock names."""


@dataclass(frozen=True)
class VendoredFile:
    """One file: where it lies in the package, under which name it is kept, and its SHA-256 in hex."""

    source: str
    name: str
    sha256: str


@dataclass(frozen=True)
class VendoredPackage:
    """One npm package. `target` is a folder below the project's root."""

    package: str
    version: str
    integrity: str
    licence: str
    target: str
    files: tuple[VendoredFile, ...]

    def paths(self) -> Iterator[tuple[Path, VendoredFile]]:
        """Each kept file with the path it is kept at."""
        for file in self.files:
            yield ROOT / self.target / file.name, file


def read_lock(path: Path = LOCK) -> tuple[VendoredPackage, ...]:
    """The packages of the lock, in its order."""
    rows = json.loads(path.read_text(encoding="utf-8"))["packages"]
    return tuple(
        VendoredPackage(**{**row, "files": tuple(VendoredFile(**file) for file in row["files"])})
        for row in rows
    )


def write_lock(packages: tuple[VendoredPackage, ...], path: Path = LOCK) -> None:
    document = {"packages": [asdict(package) for package in packages]}
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def fetch(package: VendoredPackage, *, accept: bool = False) -> VendoredPackage:
    """Pack, check and copy one package; returns it with the hashes received.

    Raises VendoringError when a hash differs from the lock, unless `accept` is set.
    """
    with tempfile.TemporaryDirectory() as folder:
        archive = _pack(package, Path(folder))
        integrity = _integrity(archive)
        if integrity != package.integrity and not accept:
            raise VendoringError(f"{package.package}@{package.version} has the integrity {integrity}")
        contents = _contents(archive, package)
    received = tuple(
        VendoredFile(file.source, file.name, hashlib.sha256(contents[file.source]).hexdigest())
        for file in package.files
    )
    if received != package.files and not accept:
        raise VendoringError(f"files of {package.package}@{package.version} differ from the lock")
    checked = VendoredPackage(
        package.package, package.version, integrity, package.licence, package.target, received
    )
    for path, file in checked.paths():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(contents[file.source])
    return checked


def _pack(package: VendoredPackage, folder: Path) -> Path:
    npm = shutil.which("npm")
    if npm is None:
        raise VendoringError("npm is not installed")
    name = f"{package.package}@{package.version}"
    subprocess.run([npm, "pack", "--silent", name], cwd=folder, check=True, capture_output=True)  # noqa: S603
    (archive,) = folder.glob("*.tgz")
    return archive


def _integrity(archive: Path) -> str:
    """Subresource-integrity notation of the archive, as registries publish it."""
    return "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode("ascii")


def _contents(archive: Path, package: VendoredPackage) -> dict[str, bytes]:
    """The listed files only, read in memory: nothing else of the archive reaches the disk."""
    found: dict[str, bytes] = {}
    with tarfile.open(archive) as packed:
        for file in package.files:
            member = packed.extractfile(f"package/{file.source}")
            if member is None:
                raise VendoringError(f"{file.source} of {package.package} is not a regular file")
            found[file.source] = member.read()
    return found


@click.command()
@click.option("--accept", is_flag=True, help="Write the received hashes into the lock.")
def main(*, accept: bool) -> None:
    """Fetch every package of the lock and copy its listed files."""
    packages = tuple(fetch(package, accept=accept) for package in read_lock())
    if accept:
        write_lock(packages)
    for package in packages:
        click.echo(f"{package.package} {package.version}: {len(package.files)} files in {package.target}")


if __name__ == "__main__":
    main()

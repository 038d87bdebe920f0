"""The house keeps its own rules: floors, names, sizes, one import style."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("marketplace", "listings", "auctions", "search_index")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
OWN = sorted([*MODULES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")])

LONGEST = 400  # lines
#: A stranger downloads it and runs it alone, so it stays one file.
ALONE = ROOT / "marketplace/evidence/verifier.py"
#: Names that say nothing about what is inside.
NAMELESS = {"base", "common", "generic", "helper", "helpers", "misc", "tools", "util", "utilities", "utils"}
#: Folders that hold what tools made, not what people wrote.
MADE = {".git", ".venv", "var", "build", "dist", "node_modules", "__pycache__", "vendor"}
#: Where packages come from is each machine's affair. Spelt apart, so that this file passes its own test.
HOSTS = tuple(
    ".".join(parts)
    for parts in [("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com")]
)

by_path = pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))


def texts() -> Iterator[tuple[Path, str]]:
    """Every text file of the project."""
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        if not path.is_file() or any(part in MADE or part.endswith("_cache") for part in parts):
            continue
        if path.suffix in {".gz", ".png", ".ttf", ".woff2", ".mo", ".db"} or ".hypothesis" in parts:
            continue
        yield path, path.read_text(encoding="utf-8", errors="replace")


def functions(path: Path) -> Iterator[ast.AST]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_every_import_goes_down_the_stairs():
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


@by_path
def test_a_module_imports_at_its_top_only(path):
    found = [
        f"line {inner.lineno}"
        for function in functions(path)
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert not found


@by_path
def test_a_module_says_what_it_is(path):
    words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert words
    assert words.splitlines()[0].rstrip().endswith((".", "。", ":", "?", "!")) or len(words.splitlines()) > 1


def test_no_file_hides_behind_an_empty_name():
    assert [path for path in OWN if path.stem in NAMELESS] == []


def test_no_file_has_outgrown_its_name():
    lengths = {
        path: len(path.read_text(encoding="utf-8").splitlines())
        for path in OWN
        if "versions" not in path.parts and path != ALONE
    }
    assert {str(path.relative_to(ROOT)): length for path, length in lengths.items() if length > LONGEST} == {}


def test_every_folder_of_tests_is_a_package():
    """Otherwise two test files of the same name cannot both be run."""
    folders = {path.parent for path in (ROOT / "tests").rglob("*.py")}
    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


def test_every_module_is_somebodys_subject():
    """A test file that tests nothing of the project passes for ever. Two look at it from outside."""
    silent = [
        path
        for path in (ROOT / "tests").rglob("test_*.py")
        if not any(
            f"{word} {package}" in path.read_text(encoding="utf-8")
            for word in ("import", "from")
            for package in (*PACKAGES, "tests")
        )
    ]
    assert set(silent) == {ROOT / "tests/house/test_architecture.py", ROOT / "tests/house/test_serving.py"}


def test_no_file_names_a_package_registry():
    found = [f"{path.relative_to(ROOT)}: {host}" for path, text in texts() for host in HOSTS if host in text]
    assert found == []


def test_pages_are_the_only_readers_of_the_request():
    """Commands and queries take what they need as arguments: they run in pages, programs, the worker and tests alike."""
    stems = {"services", "queries", "models", "lifecycle", "policy"}
    for path in MODULES:
        if path.stem in stems and "web" not in path.parts:
            names = {
                alias.name
                for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                if isinstance(node, ast.ImportFrom) and node.module == "flask"
                for alias in node.names
            }
            assert not names & {"request", "session", "g"}, path

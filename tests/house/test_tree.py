"""What a reader of the code may rely on, beyond what the linters hold."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.reading import PACKAGES, ROOT, lines_with, name_of, python_files

CODE_FILES = python_files(*PACKAGES, "tests", "benchmarks")
PRODUCT_FILES = python_files(*PACKAGES)
LONGEST = 400
REGISTRIES = ("dsl/checks", "engine/deciders", "engine/appliers", "cli/commands")


def texts() -> list[Path]:
    """Every text of the checkout that people keep by hand."""
    files = [path for path in ROOT.iterdir() if path.is_file() and path.name != "LICENSE"]
    for folder in (*PACKAGES, "tests", "benchmarks", "docs", "rulebooks", "schemas", ".ci"):
        files.extend(path for path in (ROOT / folder).rglob("*") if path.is_file())
    kept = {".py", ".lark", ".toml", ".md", ".rulebook", ".po", ".csv", ".tcss", ""}
    return sorted(path for path in files if path.suffix in kept and path.name != "reading.py")


def test_files_fit_on_a_few_screens() -> None:
    files = [*CODE_FILES, *(path for name in PACKAGES for path in (ROOT / name).rglob("*.lark"))]
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in files}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_nothing_is_left_for_later() -> None:
    files = [path for path in texts() if path != Path(__file__)]
    assert list(lines_with(r"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedError", files)) == []


def test_no_machine_is_named() -> None:
    paths = r"(?<![\w.<>])/(work|root|home|Users|opt)/\w|file://|localhost"
    registries = r"pypi\.org|pythonhosted|--index-url|--extra-index|registry\.npmjs"
    files = [path for path in texts() if path != Path(__file__)]
    assert list(lines_with(f"{paths}|{registries}", files)) == []
    histories = sorted((ROOT / "tests" / "histories").rglob("*.baton"))
    assert [
        name_of(path) for path in histories if re.search(paths, path.read_text("utf-8", "replace"))
    ] == []


def test_no_lock_file() -> None:
    names = ("*.lock", "Pipfile*", "requirements*.txt", "constraints*.txt", "pylock*.toml")
    assert [name_of(path) for name in names for path in ROOT.glob(name)] == []


def test_no_drawer() -> None:
    drawers = {"utils", "util", "helpers", "common", "misc"}
    assert [
        name_of(path) for path in PRODUCT_FILES if drawers & {path.stem, path.parent.name}
    ] == []


OUTSIDE = {
    "tests/cli/test_serve_browser.py",
    "tests/editors/test_vscode.py",
    "tests/engine/store/test_full_disk.py",
}
"""Tests of what no Python package brings (a browser, npm, the right to mount): they say so where it is not there."""


def test_tests_run_all_and_by_no_clock() -> None:
    files = [path for path in python_files("tests") if path != Path(__file__)]
    inside = [path for path in files if name_of(path) not in OUTSIDE]
    assert list(lines_with(r"\bxfail\b|mark\.skip|pytest\.skip|skipif|importorskip", inside)) == []
    assert list(lines_with(r"perf_counter|process_time|\btimeit\b|monotonic\(", files)) == []


def test_test_files_mirror_the_source() -> None:
    known = {"house", "cases", "editors", "histories", *PACKAGES}
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir()}
    assert folders - known - {"__pycache__"} == set()


def named_in(path: Path, package: str) -> set[str]:
    """The files of a package that one of its files imports, or names for a lazy import."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == package:
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{package}."):
            names.add((node.module or "").rpartition(".")[2])
        elif isinstance(node, ast.Constant) and str(node.value).startswith(f"{package}."):
            names.add(str(node.value).rpartition(".")[2])
    return names


@pytest.mark.parametrize("folder", [name for name in REGISTRIES if (ROOT / name).is_dir()])
def test_a_registry_lists_its_folder(folder: str) -> None:
    """The registry of a folder is its `__init__.py`: it names every file, save what they share."""
    paths = {path.stem: path for path in (ROOT / folder).glob("*.py")}
    package = folder.replace("/", ".")
    listed = named_in(paths.pop("__init__"), package)
    shared = {name for path in paths.values() for name in named_in(path, package)} - listed
    assert listed == set(paths) - shared

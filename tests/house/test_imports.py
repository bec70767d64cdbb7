"""Each outside library has one home, and acting on a case loads none of the heavy ones."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.house.reading import PACKAGES, name_of, python_files

HOMES = {
    "lark": ("dsl/parser/",),
    "networkx": ("engine/graph/",),
    "tinydb": ("engine/store/",),
    "textual": ("tui/",),
    "rich": ("tui/",),
    "holidays": ("engine/calendars",),
    "pydantic": ("engine/people/", "engine/workspace"),
    "jsonschema": ("engine/case_input",),
    "argparse": ("cli/",),
    "aiohttp": ("cli/serving",),
    "aiohttp_jinja2": ("cli/serving",),
    "textual_serve": ("cli/serving",),
    "pygls": ("cli/language_server/",),
    "lsprotocol": ("cli/language_server/",),
    "sqlite3": (),
    "random": (),
}


@cache
def imported(path: Path) -> frozenset[str]:
    """The outermost names of everything that a file imports, wherever it does."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names]
    names += [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
    return frozenset(name.partition(".")[0] for name in names)


@pytest.mark.parametrize("library", sorted(HOMES))
def test_a_library_has_one_home(library: str) -> None:
    homes = HOMES[library]
    strays = [name_of(path) for path in python_files(*PACKAGES) if library in imported(path)]
    assert [path for path in strays if not path.startswith(homes)] == []

"""Nothing lies about that no part of the product uses; what only tests use counts as unused.

Vulture with the settings of pyproject.toml. Fields of classes are left out: they are the shape of
data, and their readers may be outside Python.
"""

import ast
import tomllib
from pathlib import Path

from vulture import Vulture

from tests.house.reading import PACKAGES, ROOT, name_of


def fields_of(path: Path) -> set[int]:
    """The lines of all fields declared in the bodies of classes."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    return {part.lineno for body in bodies for part in body if isinstance(part, ast.AnnAssign)}


def test_everything_is_used() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["vulture"]
    search = Vulture(
        ignore_names=settings["ignore_names"], ignore_decorators=settings["ignore_decorators"]
    )
    search.scavenge([str(ROOT / name) for name in PACKAGES])
    assert [
        f"{name_of(Path(item.filename))}:{item.first_lineno} {item.typ} {item.name}"
        for item in search.get_unused_code(min_confidence=settings["min_confidence"])
        if item.first_lineno not in fields_of(Path(item.filename))
    ] == []

"""What the house rules read: the tree's files, the literals of the code, the message catalogues."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("cli", "tui", "engine", "dsl")
LANGUAGES = {"en": "en", "zh": "zh_CN"}
CODE = re.compile(r"[EWPRKC]\d{3}")
MESSAGE = re.compile(r"[A-Za-z][\w-]*(\.[\w-]+)+")


def python_files(*folders: str) -> list[Path]:
    """Every Python file below the folders of the checkout."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def name_of(path: Path) -> str:
    """The path as a finding shows it."""
    return path.relative_to(ROOT).as_posix()


@cache
def strings_of(path: Path) -> tuple[tuple[int, str], ...]:
    """Line and value of every string literal that is not a docstring or part of an f-string."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    aside = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            aside.update(id(part) for part in node.values)
    return tuple(
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in aside
    )


@cache
def patterns_of(path: Path) -> tuple[str, ...]:
    """Every f-string as a regular expression: what is filled in may be anything without a dot."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return tuple(
        "".join(
            re.escape(part.value) if isinstance(part, ast.Constant) else r"[^.]+(\.[^.]+)*"
            for part in node.values
        )
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
    )


@cache
def codes_in_code() -> dict[str, str]:
    """Every diagnostic code that the product's code names, with one place that names it."""
    found: dict[str, str] = {}
    for path in python_files(*PACKAGES):
        if not CODE.search(path.read_text(encoding="utf-8")):
            continue
        for line, text in strings_of(path):
            if CODE.fullmatch(text):
                found.setdefault(text, f"{name_of(path)}:{line}")
    return found


def domains() -> list[str]:
    """The packages that speak to people."""
    return [name for name in PACKAGES if list((ROOT / name).glob("locales/*/*/*.po"))]


@cache
def catalogue(domain: str, language: str) -> dict[str, str]:
    """The texts of a domain in a language, by message id; a plural id is not used anywhere."""
    folder = ROOT / domain / "locales" / LANGUAGES[language] / "LC_MESSAGES"
    with (folder / f"{domain}.po").open("rb") as source:
        return {str(one.id): str(one.string) for one in read_po(source) if one.id}


def twice_written(domain: str, language: str) -> list[str]:
    """Message ids that a catalogue has more than once."""
    folder = ROOT / domain / "locales" / LANGUAGES[language] / "LC_MESSAGES"
    text = (folder / f"{domain}.po").read_text(encoding="utf-8")
    ids = re.findall(r'^msgid "(.+)"$', text, re.MULTILINE)
    return sorted({one for one in ids if ids.count(one) > 1})


def placeholders(template: str) -> set[str]:
    """The names that a text wants filled in."""
    return {field for _, field, _, _ in Formatter().parse(template) if field is not None}


def lines_with(pattern: str, paths: list[Path]) -> Iterator[str]:
    """`path:line` of every line that the pattern fits; a case of broken text is read as far as it goes."""
    wanted = re.compile(pattern)
    for path in paths:
        text = path.read_text(encoding="utf-8", errors="replace")
        for number, line in enumerate(text.splitlines(), start=1):
            if wanted.search(line):
                yield f"{name_of(path)}:{number}: {line.strip()}"

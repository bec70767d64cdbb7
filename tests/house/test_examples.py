"""Every rulebook that a document shows is what it says: right, or wrong where it is marked so."""

import re
from functools import cache
from pathlib import Path

import pytest

from dsl.diagnostic import Diagnostic
from dsl.layers import Offer, Shelved
from dsl.pipeline import check_source
from dsl.source import Source, of_text
from tests.house.reading import ROOT, name_of

FENCE = re.compile(r"^```rulebook( wrong)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PREAMBLES = ROOT / "tests" / "cases" / "docs"
HEADERS = ("rulebook ", "规则书 ")
VERBS = ("adjust ", "replace ", "remove ", "调整 ", "替换 ", "删除 ")
"""An example that begins so tailors the standard rulebook."""
LAYER = {
    "en": 'rulebook mine "Mine"\n  version 1.0.0\n  extends example 1.x\n',
    "zh": '规则书 mine "我的"\n  版本 1.0.0\n  继承 示例 1.x\n',
}


def examples() -> list[tuple[str, str, bool]]:
    """Place, text and whether it is right, of every example in the documents."""
    found = []
    for path in [*sorted((ROOT / "docs").rglob("*.md")), *sorted(ROOT.glob("README*.md"))]:
        text = path.read_text(encoding="utf-8")
        for match in FENCE.finditer(text):
            line = text.count("\n", 0, match.start()) + 2
            found.append((f"{name_of(path)}:{line}", match[2], match[1] is None))
    return found


def declarations(text: str) -> list[str]:
    """The text cut before every line that is not indented."""
    return re.split(r"^(?=[^\s#])", text, flags=re.MULTILINE)


def name(declaration: str) -> str:
    """Kind and name; for roles and facts the name alone, since they share one space."""
    return " ".join(declaration.split()[:2])


def whole(example: str) -> str:
    """The example in its place in the standard rulebook of its dialect."""
    if example.startswith(HEADERS):
        return example
    dialect = "zh" if re.match(r"[\u4e00-\u9fff]", example) else "en"
    if example.startswith(VERBS):
        return f"{LAYER[dialect]}\n{example}"
    standard = (PREAMBLES / f"preamble.{dialect}.rulebook").read_text(encoding="utf-8")
    shown = {name(one): one for one in declarations(example) if one.strip()}
    kept = [one for one in declarations(standard) if one.strip()]
    places = [shown.pop(name(one), one) for one in kept]
    return "\n".join([*places[:1], *shown.values(), *places[1:]])


@cache
def standards() -> tuple[Source, ...]:
    """The standard rulebooks."""
    paths = sorted(PREAMBLES.glob("*.rulebook"))
    return tuple(of_text(path.name, path.read_text(encoding="utf-8")) for path in paths)


def shelf(name: str, _beside: Source) -> Shelved:
    """The standard rulebooks as bases, for examples of tailoring."""
    offers = (Offer(one, 0) for one in standards() if one.original.split()[1] == name)
    return Shelved(tuple(offers))


def errors(text: str) -> list[Diagnostic]:
    """What is wrong with a text; warnings may be."""
    outcome = check_source(of_text("example.rulebook", text), shelf)
    return [one for one in outcome.diagnostics if one.severity == "error"]


@pytest.mark.parametrize(("text", "right"), [pytest.param(*e[1:], id=e[0]) for e in examples()])
def test_the_example_is_what_it_says(text: str, right: bool) -> None:
    assert (errors(whole(text)) == []) == right, errors(whole(text))


@pytest.mark.parametrize("path", sorted(PREAMBLES.glob("*.rulebook")), ids=name_of)
def test_the_standard_rulebooks_are_right(path: Path) -> None:
    assert errors(path.read_text(encoding="utf-8")) == []

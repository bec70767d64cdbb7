"""The pages of the language's codes show what is wrong and what is right, in both dialects.

An example stands in the standard rulebook of the documents with a few declarations more. Examples
about the text as such, and those shortened with `…`, cannot be read.
"""

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from dsl.diagnostic import Diagnostic
from dsl.dialects import DialectName, dialect
from dsl.formatter.switching import switched
from dsl.pipeline import Checker, Outcome
from dsl.source import of_text
from engine.drafting.playing import play
from engine.people.directory import Person, directory_of
from engine.publishing import assemble
from engine.scenarios.early_dues import early_dues
from engine.staffing import unfilled
from tests.house.reading import ROOT
from tests.house.test_examples import (
    FENCE,
    HEADERS,
    LAYER,
    PREAMBLES,
    VERBS,
    declarations,
    name,
    shelf,
)

PAGES = ROOT / "cli" / "pages"
MORE = ROOT / "tests" / "cases" / "pages"
OF_LANGUAGE = sorted(PAGES.rglob("[EW]*.md"))
OF_TEXT = {"E001", "E002", "E003", "E004", "E005", "E006"}
"""What is wrong with bytes and hidden characters cannot stand on a page."""
OF_SYNTAX = ("E0", "E1", "W55")
"""Read alone by `tests/dsl/test_syntax_pages.py`."""
CHECKER = Checker(shelf)
"""Reads the standard rulebooks once; a check after another is one from scratch (`test_rechecking.py`)."""
CLERKS = directory_of([Person("1", "Li Wei", post="Clerk"), Person("2", "Wang Wei", post="文员")])
"""Whom a page about roles that nobody fills is read beside."""


def dialect_of(text: str) -> DialectName:
    """The dialect of an example, by its first letter."""
    return "zh" if re.match(r"[^\w]*[\u4e00-\u9fff]", text) else "en"


@pytest.mark.parametrize("path", OF_LANGUAGE, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_page_shows_wrong_and_right_in_both_dialects(path: Path) -> None:
    if path.stem in OF_TEXT:
        return
    found = FENCE.finditer(path.read_text(encoding="utf-8"))
    shown = {(dialect_of(match[2]), match[1] is not None) for match in found}
    assert shown == {(dialect, wrong) for dialect in ("en", "zh") for wrong in (True, False)}


def examples() -> list[object]:
    """Code, text and whether it is wrong, of every example that is checked here."""
    found = []
    for path in OF_LANGUAGE:
        for place, match in enumerate(FENCE.finditer(path.read_text(encoding="utf-8"))):
            if not path.stem.startswith(OF_SYNTAX) and "…" not in match[2]:
                at = f"{path.parent.name}-{path.stem}-{place}"
                found.append(pytest.param(path.stem, match[2], match[1] is not None, id=at))
    return found


def in_place(example: str, *, of_layers: bool) -> tuple[str, range]:
    """The example in the standard rulebook, with whatever else the pages speak of; its place there."""
    if example.startswith(HEADERS):
        return example, range(len(example))
    dialect = dialect_of(example)
    if example.startswith(VERBS) or of_layers:
        return f"{LAYER[dialect]}\n{example}", range(len(LAYER[dialect]) + len(example) + 1)
    standard = by_name(PREAMBLES / f"preamble.{dialect}.rulebook")
    header, *kept = (standard | by_name(MORE / f"more.{dialect}.rulebook")).items()
    here = {name(one) for one in declarations(example) if one.strip()}
    begin = len(header[1]) + 1
    rest = (text for known, text in kept if known not in here)
    return "\n".join([header[1], example, *rest]), range(begin, begin + len(example))


@cache
def by_name(path: Path) -> dict[str, str]:
    """The declarations of a file."""
    found = declarations(path.read_text(encoding="utf-8"))
    return {name(one): one for one in found if one.strip()}


def codes(text: str, place: range) -> set[str]:
    """The codes at a place of a text, when it is checked beside people or turned into the other dialect."""
    here = dialect_of(text)
    outcome = CHECKER.check(of_text(here, text))
    checked = outcome.diagnostics
    if outcome.checked is not None:
        checked += tuple(unfilled(outcome.checked, CLERKS, date(2026, 3, 2)))
        checked += played(outcome) if text.startswith(HEADERS) else ()
    if outcome.stack is not None:
        checked += switched(outcome.stack, dialect("en" if here == "zh" else "zh")).diagnostics
    return {each.code for each in checked if each.primary.span.start in place}


def played(outcome: Outcome) -> tuple[Diagnostic, ...]:
    """What the scenarios of an example bring to light."""
    assert outcome.checked is not None
    return early_dues(outcome.checked, play(assemble(outcome.checked, outcome.layers)))


@pytest.mark.parametrize(("code", "text", "wrong"), examples())
def test_an_example_is_wrong_or_right_as_it_says(code: str, text: str, wrong: bool) -> None:
    found = codes(*in_place(text, of_layers=code.startswith("E6")))
    assert (code in found) is wrong
    assert not any(each.startswith(("E0", "E1")) for each in found)

"""Checking a text again after an edit gives what a check from scratch gives, and reads only what is new."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsl.parser import parts, reading
from dsl.pipeline import Checker, check_source
from dsl.source import of_text

SHIPPED = [
    path.read_text("utf-8")
    for path in sorted((Path(__file__).parents[2] / "rulebooks").glob("*.rulebook"))
]
PIECES = [
    "\n",
    " ",
    '"',
    "# x\n",
    "item",
    "交接项",
    "，",
    "(",
    'fact z "Z" text\n',
    "end\n",
    "９",
    "\r",
    "",
]


@pytest.fixture
def read(monkeypatch):
    """The first words of the declarations that are read, in order."""
    seen = []

    def counted(lines, known):
        seen.append(" ".join(word.text for word in lines.rows[0][:2]))
        return parts.read_part(lines, known)

    monkeypatch.setattr(reading, "read_part", counted)
    return seen


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_any_series_of_edits_gives_what_a_check_from_scratch_gives(data):
    checker = Checker()
    text = data.draw(st.sampled_from(SHIPPED))[:1500]
    for _ in range(4):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(start + 30, len(text))))
        text = text[:start] + data.draw(st.sampled_from(PIECES)) + text[end:]
        source = of_text("edited", text)
        assert checker.check(source) == check_source(source)


def test_an_edit_is_read_and_nothing_else(read):
    text = SHIPPED[0]
    checker = Checker()
    checker.check(of_text("t", text))
    read.clear()
    at = text.index("\n交接项 ") + 1
    end = text.index("\n", at)
    checker.check(of_text("t", f"{text[:end]}  # note{text[end:]}"))
    assert read == [" ".join(text[at:end].split()[:2])]


def test_what_only_moves_is_not_read(read):
    before_items, _, rest = SHIPPED[0].partition("\n交接项 ")
    checker = Checker()
    before = checker.check(of_text("t", SHIPPED[0]))
    read.clear()
    after = checker.check(of_text("t", f"{before_items}\n\n\n交接项 {rest}"))
    assert read == []
    assert after.checked.rulebook == before.checked.rulebook
    assert after.checked.places != before.checked.places


def test_what_is_no_longer_there_is_forgotten(read):
    text = SHIPPED[0]
    checker = Checker()
    for shown in (text, text[:200], "", text):
        checker.check(of_text("t", shown))
    assert len(read) > 2 * len(set(read)) - 5

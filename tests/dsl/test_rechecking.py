"""Checking a text again after an edit gives what a check from scratch gives, and reads only what is new."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsl import nodes
from dsl.parser import parts, reading
from dsl.pipeline import Checker, check_source
from dsl.resolve import rulebook
from dsl.source import of_text

SHIPPED = [
    path.read_text("utf-8")
    for path in sorted((Path(__file__).parents[2] / "rulebooks").glob("*.rulebook"))
]
WOVEN = (Path(__file__).parents[1] / "cases" / "docs" / "preamble.en.rulebook").read_text("utf-8")
WOVEN += """
table reviewers "Reviewers" unique
  given level 1..15
  gives reviewer role
  | level  | reviewer |
  | 1..9   | manager  |
  | 10..15 | hr       |

approval review "Review"
  step reviewers.reviewer within 1 day

item keys "Keys"
  applies when level >= 2 and post is not clerk
  from leaver to hr
  provide remarks "Remarks" text
  count boxes "Boxes" against level, difference signed by hr
  after documents

rule many "Many boxes"
  whenever item keys done
  when keys.boxes > 3
  notify manager by email "{keys.remarks} {level}"

scenario once "Once"
  given post clerk, level 3, exit_kind resignation, notified_on 2026-03-01, last_day 2026-03-31
  given projects code "A", name "A", progress 5%
  start on 2026-03-02 09:00
  expect item keys waiting

scenario again "Again"
  given as in once
  start on 2026-03-02 09:00
  leaver hands over keys boxes 3 on 2026-03-02 09:00
  expect refused missing remarks
"""
"""Declarations that read each other in every way."""
TYPES = [
    ("integer 1..15", "text"),
    ("integer 1..15", "integer 1..12"),
    ("choice lead, engineer, clerk", "choice lead, engineer"),
    ("list of project", "project"),
    ("  progress percent", "  progress text"),
    ("  progress percent\n", ""),
    ("  key code", "  key name"),
    ("gives reviewer role", "gives who role"),
    ("feed erp", "feed other"),
    ("currency CNY", "currency USD"),
    ("provide remarks", "provide words"),
    ("count boxes", "count cases"),
    ("against level", "against loan"),
    ("  for each p in projects\n", ""),
    ("given as in once", "given as in again"),
    ("started by leaver", "started by nobody"),
    ("when keys.boxes > 3", "whn keys.boxes > 3"),
    ("  whenever item keys done\n", ""),
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

    def counted(lines, known, *, mend):
        seen.append(" ".join(word.text for word in lines.rows[0][:2]))
        return parts.read_part(lines, known, mend=mend)

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


def declarations(text):
    """The declarations of a text, each with its first line; the header is none."""
    starts = [at.start() for at in re.finditer(r"^\w+ \w+", text, re.MULTILINE)][1:]
    return [text[start:end] for start, end in pairwise([*starts, len(text)])]


@pytest.mark.parametrize(
    ("was", "now"), [(r"(\w+ \w+)", r"\1x"), (r"[\s\S]*", ""), ('"', '"New ')],
    ids=["another name", "gone", "another title"],
)  # fmt: skip
def test_what_an_edit_of_one_declaration_means_to_the_others_is_found(was, now):
    checker = Checker()
    before = checker.check(of_text("t", WOVEN))
    assert before.checked is not None
    for declaration in declarations(WOVEN):
        edited = of_text("t", WOVEN.replace(declaration, re.sub(was, now, declaration, count=1)))
        assert checker.check(edited) == check_source(edited), declaration
        assert checker.check(of_text("t", WOVEN)) == before, declaration


def test_a_change_of_a_type_reaches_all_that_read_it():
    checker = Checker()
    before = checker.check(of_text("t", WOVEN))
    for was, now in TYPES:
        assert was in WOVEN
        edited = of_text("t", WOVEN.replace(was, now))
        assert checker.check(edited) == check_source(edited), now
        assert checker.check(of_text("t", WOVEN)) == before, now


def test_an_edit_is_looked_up_and_nothing_else(monkeypatch):
    seen = []
    order = dict(rulebook.ORDER)
    act = order[nodes.Item]
    order[nodes.Item] = lambda desk, node: seen.append(node.id.text) or act(desk, node)
    monkeypatch.setattr(rulebook, "ORDER", tuple(order.items()))
    checker = Checker()
    checker.check(of_text("t", WOVEN))
    assert seen == ["documents", "project_handover", "keys"]
    checker.check(of_text("t", WOVEN.replace('"Keys"', '"All of the keys"', 1)))
    assert seen[3:] == ["keys"]


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

"""What an editor offers at a place: `|` stands for the cursor."""

from pathlib import Path

import pytest

from dsl.dialects import NAMES, dialect
from dsl.editor.completion import complete
from dsl.formatter import format_source
from dsl.parser import tokens
from dsl.pipeline import Checker, check_source
from dsl.source import of_bytes, of_text
from tests.dsl.shelves import SHARED, folders
from tests.dsl.test_layers import HEADERS

ROOT = Path(__file__).parents[3]
SMALL = (ROOT / "tests" / "cases" / "editor" / "small.rulebook").read_text("utf-8")
SHIPPED = sorted((ROOT / "rulebooks").glob("*.rulebook"))
checker = Checker()


def offered(line, text=SMALL, kind=None):
    """The candidates at `|` in a line that takes the place of the item's `within` line."""
    whole = text.replace("  within 3 days\n", f"{line}\n")
    offset = whole.index("|")
    found = complete(of_text("t", whole.replace("|", "", 1)), offset, checker)
    return [each.text for each in found.candidates if kind in (None, each.kind)]


def test_after_a_word_that_people_follow_come_the_roles():
    assert offered("  waiver by |") == ["manager", "leaver"]
    assert offered("  waiver by ma|") == ["manager", "leaver"]
    assert offered("  visible to manager, |", kind="role") == ["manager", "leaver"]


def test_each_place_has_its_kind_of_name():
    assert offered("  after |") == ["files"]
    assert offered("  sla |") == ["soon"]
    assert offered("  accepted when item.|") == ["note"]
    assert offered("  applies when kind = |", kind="option") == ["resigned", "dismissed"]
    assert offered("  for each one in customers where one.|") == ["code", "name"]
    assert "customers" in offered("  for each one in |")


def test_a_fact_that_may_be_missing_has_its_options_too():
    text = SMALL.replace(
        "fact kind ", 'fact reason "R" choice moved, retired optional\nfact kind ', 1
    )
    assert offered("  applies when reason = |", text, "option") == ["moved", "retired"]


def test_a_line_begins_with_the_words_that_can_begin_it():
    assert {"from", "provide", "due"} <= set(offered("  |"))
    assert "manager" not in offered("  |")
    assert {"item", "role", "scenario"} <= set(offered("|"))
    assert "due" not in offered("|")


def test_a_line_that_is_begun_goes_on_with_keywords():
    assert offered("  from leaver |") == ["to"]
    assert offered("  due 3 working days |") == ["after", "before"]


@pytest.mark.parametrize(
    "line",
    ["  # acc|", '  because "acc|', '  because "a" # |', "  nonsense 1 2 |", "  waiver by 5 |"],
)
def test_nothing_is_offered_where_nothing_can_be_said(line):
    assert offered(line) == []


def test_what_is_typed_already_is_replaced_to_its_end():
    text = SMALL.replace("accountable manager", "accountable mana|ger")
    found = complete(of_text("t", text.replace("|", "")), text.index("|"), checker)
    assert text.replace("|", "")[found.start : found.end] == "manager"


def test_an_empty_text_begins_with_the_rulebook():
    for name in NAMES:
        word = dialect(name).written["RULEBOOK"]
        found = complete(of_text("t", word[:2]), 2, checker)
        assert word in [each.text for each in found.candidates] or name == "zh"


def test_the_other_dialect_offers_the_same_names():
    chinese = format_source(of_text("t", SMALL), "zh").text
    line = next(line for line in chinese.splitlines() if "责任人" in line)
    text = chinese.replace(line, f"  {line.split()[0]} |")
    found = complete(of_text("t", text.replace("|", "")), text.index("|"), checker)
    assert [each.text for each in found.candidates] == ["manager", "leaver"]


@pytest.mark.parametrize(
    ("kind", "words", "others"),
    [
        ("process leaving", {"ITEM_OR_ITEMS", "ACTION", "STAGE"}, {"FIRST", "DUE"}),
        ("item papers", {"EVIDENCE", "DUE"}, {"FIRST", "ITEM_OR_ITEMS"}),
        ("fact kind", {"CHOICE", "DEFAULT"}, {"DUE"}),
        ("rule nobody", {"ITEM_OR_ITEMS", "NOTIFY"}, {"ADD_ITEM", "DUE"}),
    ],
)
@pytest.mark.parametrize("verb", ["ADD", "REMOVE"])
@pytest.mark.parametrize("language", NAMES)
def test_behind_a_bare_verb_of_an_adjustment_come_the_words_of_what_it_changes(
    language, verb, kind, words, others
):
    spelled = dialect(language).written
    about, name = kind.split()
    text = f"{HEADERS[language]}{spelled['ADJUST']} {spelled[about.upper()]} {name}\n  {spelled[verb]} "
    found = complete(of_text("mine.rulebook", text), len(text), Checker(folders(SHARED)))
    offers = {each.text for each in found.candidates}
    both = {**spelled, "ITEM_OR_ITEMS": spelled["ITEM"]}
    assert {both[one] for one in words} <= offers
    assert offers.isdisjoint(both[one] for one in others)


@pytest.mark.parametrize("language", NAMES)
def test_what_an_adjusted_process_takes_is_offered_by_name(language):
    spelled = dialect(language).written
    head = f"{spelled['ADJUST']} {spelled['PROCESS']} leaving"
    text = f"{HEADERS[language]}{head}\n  {spelled['ADD']} {spelled['ITEM']} "
    found = complete(of_text("mine.rulebook", text), len(text), Checker(folders(SHARED)))
    assert [each.text for each in found.candidates if each.kind == "item"] == ["papers", "seal"]


@pytest.mark.long
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_name_of_a_text_is_offered_at_its_place(path):
    """What somebody wrote could have been completed; at each use of a name, with the rest there."""
    source = of_bytes(path.name, path.read_bytes())
    found = check_source(source)
    declared = {name.span for name in found.names.declared}
    missing = []
    for use in found.names.uses[::3]:
        if use.span in declared or use.kind == "variable":
            continue
        offers = complete(source, use.span.start, checker).candidates
        if use.id.rpartition(".")[2] not in [each.text for each in offers]:
            missing.append((use.kind, use.id, source.position(use.span.start).line))
    assert missing == []


@pytest.mark.long
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_keyword_of_a_text_is_offered_at_its_place(path):
    source = of_bytes(path.name, path.read_bytes())
    known = dialect(check_source(source).parsed.rulebook.dialect)
    missing = []
    for token in tokens(source)[::3]:
        word = known.written.get(token.kind, "")
        if not any(char.isalpha() for char in word) or token.text != word:
            continue
        offers = complete(source, token.span.start, checker).candidates
        if token.text not in [each.text for each in offers]:
            missing.append((token.kind, source.position(token.span.start)))
    assert missing == []

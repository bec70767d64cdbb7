"""What a change of a rulebook does: whom it breaks, and whether it asks for more."""

from pathlib import Path

import pytest
from hypothesis import given, settings

from dsl.comparing import EFFECTS, compare
from dsl.formatter import format_source
from dsl.pipeline import check_source
from dsl.source import of_bytes, of_text
from tests.dsl.generated import rulebooks

ROOT = Path(__file__).parents[3]
SHIPPED = sorted((ROOT / "rulebooks").glob("*.rulebook"))
BASE = """\
rulebook small "Small"
  version 1.0.0

fact last_day "Last day" date
fact grade "Grade" integer 1..10
fact way "Way" choice resigned "Resigned", dismissed "Dismissed"
fact note "Note" text optional

role leaver "Leaver" is subject
role manager "Manager" is manager of leaver
role hr "HR" is anyone in group "HR"

approval leave "Leave"
  step manager within 2 working days
  step hr when grade >= 8
  on reject return to leaver

item files "Files"
  from leaver to manager
  accountable hr
  provide places "Places" text
  provide extra "Extra" text optional
  evidence list "List" file
  signed by leaver, manager
  due 5 working days before last_day
  waiver by hr with reason

gate pay "Pay"
  holds severance
  until every item done

action payment "Payment"
  by hr within 5 days
  releases severance

process main "Main"
  started by leaver, hr
  managed by hr
  first approval leave
  then items
  then gate pay
  then action payment
"""


def model(text):
    found = check_source(of_text("t", text))
    assert found.checked is not None, [(each.code, each.values) for each in found.diagnostics]
    return found.checked.rulebook


def changed(*pairs):
    text = BASE
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after, 1)
    return [
        (one.difference.declaration, one.effects[0], one.direction)
        for one in compare(model(BASE), model(text))
    ]


CASES = {
    # nothing
    "version": ([("version 1.0.0", "version 1.2.0")], []),
    # breaks running cases
    "fact_gone": ([('fact note "Note" text optional\n', "")], [("fact.note", "cases", "gone")]),
    "fact_needed": ([("fact note", 'fact more "More" text\nfact note')], [("fact.more", "cases", "new")]),
    "fact_typed": ([('"Note" text', '"Note" integer')], [("fact.note", "cases", "other")]),
    "option_gone": (
        [('resigned "Resigned", dismissed "Dismissed"', 'resigned "Resigned"')],
        [("fact.way", "cases", "stricter")],
    ),
    "bounds_narrowed": ([("1..10", "1..9")], [("fact.grade", "cases", "stricter")]),
    "content_gone": (
        [('  provide places "Places" text\n', "")],
        [("item.files", "cases", "looser")],
    ),
    "step_gone": ([("  step hr when grade >= 8\n", "")], [("approval.leave", "cases", "looser")]),
    "way_changed": (
        [("  first approval leave\n  then items\n", "  first items\n  then approval leave\n")],
        [("process.main", "cases", "other")],
    ),
    # breaks tailored rulebooks
    "evidence_gone": (
        [('  evidence list "List" file\n', "")],
        [("item.files", "tailored", "looser")],
    ),
    "made_final": ([("  waiver by", "  final\n  waiver by")], [("item.files", "tailored", "stricter")]),
    # acts otherwise
    "fact_optional_new": (
        [("fact note", 'fact more "More" text optional\nfact note')],
        [("fact.more", "behaviour", "new")],
    ),
    "bounds_widened": ([("1..10", "1..12")], [("fact.grade", "behaviour", "looser")]),
    "due_sooner": ([("due 5 working", "due 8 working")], [("item.files", "behaviour", "stricter")]),
    "due_later": ([("due 5 working", "due 2 working")], [("item.files", "behaviour", "looser")]),
    "due_other_days": ([("due 5 working days", "due 5 days")], [("item.files", "behaviour", "other")]),
    "budget_longer": ([("within 2 working", "within 3 working")], [("approval.leave", "behaviour", "looser")]),
    "budget_in_hours": ([("within 5 days", "within 48 hours")], [("action.payment", "behaviour", "stricter")]),
    "content_needed": (
        [('"Extra" text optional', '"Extra" text')],
        [("item.files", "cases", "stricter")],
    ),
    "waiver_gone": ([("  waiver by hr with reason\n", "")], [("item.files", "behaviour", "stricter")]),
    "signer_more": ([("signed by leaver, manager", "signed by leaver, manager then hr")], [("item.files", "behaviour", "stricter")]),
    "opinion": ([("  on reject", "  opinion required\n  on reject")], [("approval.leave", "behaviour", "stricter")]),
    "condition": ([("grade >= 8", "grade >= 9")], [("approval.leave", "behaviour", "other")]),
    "gate_wider": ([("until every item done", "until every item done\n  until approval leave approved")], [("gate.pay", "behaviour", "stricter")]),
    # wording
    "title": ([('item files "Files"', 'item files "All files"')], [("item.files", "wording", "other")]),
    "option_title": ([('"Resigned"', '"Left"')], [("fact.way", "wording", "other")]),
    "reason": ([("  waiver by", '  because "law"\n  waiver by')], [("item.files", "wording", "other")]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_change_is_told_by_what_it_does(name):
    pairs, expected = CASES[name]
    assert changed(*pairs) == expected


def test_what_breaks_cases_may_break_tailored_rulebooks_too():
    (found,) = compare(model(BASE), model(BASE.replace('fact note "Note" text optional\n', "")))
    assert found.effects == ("cases", "tailored", "behaviour")


def test_the_worst_comes_first():
    after = BASE.replace('"Files"', '"All"').replace("1..10", "1..9").replace("due 5", "due 8")
    effects = [EFFECTS.index(one.effects[0]) for one in compare(model(BASE), model(after))]
    assert effects == sorted(effects) == [0, 2, 3]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_other_dialect_is_no_change(path):
    source = of_bytes(path.name, path.read_bytes())
    rulebook = check_source(source).checked.rulebook
    for dialect in ("en", "zh"):
        text = format_source(source, dialect).text
        found = compare(rulebook, check_source(of_text("t", text)).checked.rulebook)
        assert found == ()


@settings(max_examples=25)
@given(rulebooks(2), rulebooks(2))
def test_no_difference_is_missed_and_none_invented(first, second):
    old, new = (check_source(of_text("t", text)).checked for text in (first, second))
    if old is None or new is None:
        return
    assert compare(old.rulebook, old.rulebook) == ()
    same = {**_fields(old.rulebook)} == {**_fields(new.rulebook)}
    assert (compare(old.rulebook, new.rulebook) == ()) == same


def _fields(rulebook):
    kept = (one for one in rulebook.__struct_fields__ if one not in ("version", "language"))
    return {one: getattr(rulebook, one) for one in kept}


def directions(old, new):
    """What the second text asks for beside the first, and the first beside the second."""
    texts = [BASE.replace(*pair, 1) for pair in (old, new)]
    there, back = (compare(model(one), model(other)) for one, other in (texts, texts[::-1]))
    return [each.direction for each in (*there, *back)]


def test_another_order_asks_for_neither_more_nor_less():
    signed = "signed by leaver, manager"
    orders = (signed, "signed by leaver then manager"), (signed, "signed by manager then leaver")
    assert directions(*orders) == ["other", "other"]


def test_passing_by_oneself_is_looser_than_saying_it_again_and_that_looser_than_four_eyes():
    before = "  on reject return"
    passes, allowed, forbidden = (
        (before, f"{said}{before}")
        for said in ("  same approver passes\n", "", "  nobody approves twice\n")
    )
    assert directions(passes, allowed) == ["stricter", "looser"]
    assert directions(allowed, forbidden) == ["stricter", "looser"]
    assert directions(forbidden, passes) == ["looser", "stricter"]

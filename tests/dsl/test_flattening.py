"""A flattened rulebook means what its layers mean together, whatever they change."""

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dsl.dialects import dialect
from dsl.formatter import format_source
from dsl.formatter.flattening import flattened
from dsl.pipeline import check_source
from dsl.source import of_text
from tests.dsl.shelves import SHARED, folders

SHELF = folders(SHARED)
HEADER = 'rulebook mine "Ours"\n  version 1.0.0\n  extends base 1.x\n'
MORE = 'role clerk "Clerk" is anyone in group "Clerks"\n\naction extra "Extra"\n  by clerk\n'
CHANGES = {
    "fact level": ["default 4", "remove default", "1..12", 'title zh "职级"'],
    "fact kind": ['add choice garden "Garden leave"', "default agreement"],
    "role office": ['is holder of post "Clerk"', "add never leaver", 'because "as agreed"'],
    "table reviewers": ["| 1..6 | hr |", "remove | 7..15 | hr |\n  add | 7..15 | office |"],
    "approval resignation": [
        "add step clerk as third",
        "add step clerk as first at start",
        "add step office as between after manager when level > 3",
        "step manager within 5 working days",
        "remove step second",
        "on reject return to leaver",
        "opinion required",
        "on timeout remind",
    ],
    "item papers": [
        "due last_day",
        "remove due",
        "accountable hr",
        'add evidence photo "Photo" file',
        "remove evidence scan",
        'provide list "All of it" text optional',
        "add after seal",
        "add visible to hr, manager read-only",
        "applies when level >= 3",
        "waiver by hr with reason",
    ],
    "item seal": ["due 3 working days before last_day", 'add evidence photo "Photo" file'],
    "gate wages": ["waiver by hr with reason", 'otherwise say "Not yet"', "add until level > 2"],
    "access mail": ["by clerk within 1 hour", "transfer to manager", "remove within"],
    "process leaving": [
        "add action extra after approval resignation",
        "add action extra together with items",
        "add action extra together with gate wages",
        "add action extra at end",
        'add stage late "Late" before gate wages',
        "remove access mail",
        "remove stage begin",
        "add started by manager",
        "add wait until last_day after items",
    ],
    "sla standard": [
        "add escalate to hr 2 days after due by email",
        "remove remind giver 3 days before due by sms",
    ],
}


@st.composite
def layers(draw):
    """The text of a layer that changes some declarations, each of them a few lines."""
    kinds = draw(st.lists(st.sampled_from(sorted(CHANGES)), unique=True, max_size=5))
    blocks = []
    for kind in kinds:
        lines = draw(st.lists(st.sampled_from(CHANGES[kind]), min_size=1, max_size=3, unique=True))
        blocks.append("\n  ".join([f"adjust {kind}", *lines]) + "\n")
    gone = draw(st.sampled_from(["", 'remove scenario plain because "other ones"\n']))
    return "\n".join([HEADER, MORE, *blocks, gone])


@settings(max_examples=20)
@given(layers())
def test_flattened_it_means_the_same(text):
    look_at_flattened(text)


@pytest.mark.long
@settings(max_examples=60)
@given(layers())
def test_flattened_it_means_the_same_whatever_is_changed(text):
    look_at_flattened(text)


def look_at_flattened(text):
    source = of_text("mine.rulebook", format_source(of_text("mine.rulebook", text)).text)
    found = check_source(source, SHELF)
    assume(found.checked is not None)
    flat = of_text("mine.rulebook", flattened(found.stack, found.composed, dialect("en")))
    assert format_source(flat).text == flat.original
    alone = check_source(flat)
    assert [each.code for each in alone.diagnostics if each.severity == "error"] == []
    assert alone.checked.rulebook == found.checked.rulebook


def in_titles_aside(rulebook):
    """A model without titles, of which a text without a language is in that of its dialect."""

    def bare(value):
        if isinstance(value, dict):
            return {key: bare(part) for key, part in value.items() if key != "title"}
        return [bare(part) for part in value] if isinstance(value, list | tuple) else value

    return bare(msgspec.to_builtins(replace(rulebook, language="en")))


def test_a_base_in_the_other_dialect_is_flattened_to_the_same_meaning():
    text = HEADER.replace("rulebook mine", "规则书 mine").replace("version", "版本")
    text = text.replace("extends", "继承") + "\n调整 交接项 papers\n  截止 last_day\n"
    found = check_source(of_text("mine.rulebook", text), SHELF)
    for to in ("zh", "en"):
        flat = flattened(found.stack, found.composed, dialect(to))
        alone = check_source(of_text("mine.rulebook", flat))
        assert {each.code for each in alone.diagnostics} <= {"W507"}  # the base declares for others
        assert in_titles_aside(alone.checked.rulebook) == in_titles_aside(found.checked.rulebook)


def test_comments_of_what_has_not_changed_are_kept():
    base = (SHARED / "base.rulebook").read_text(encoding="utf-8")
    base = base.replace(
        'item papers "Papers"\n', '# all papers\nitem papers "Papers"\n  # of them\n'
    )
    base = base.replace('gate wages "Wages"\n', '# money\ngate wages "Wages"\n  # held back\n')
    text = HEADER + "\n# later with us\nadjust item papers\n  due last_day\n\n# ours\n" + MORE

    def shelf(_name, _beside):
        found = SHELF("base", of_text("x", ""))
        offer = replace(found.offers[0], source=of_text("base.rulebook", base))
        return replace(found, offers=(offer,))

    found = check_source(of_text("mine.rulebook", text), shelf)
    flat = flattened(found.stack, found.composed, dialect("en"))
    assert '# all papers\nitem papers "Papers"\n' in flat
    assert '# money\ngate wages "Wages"\n  # held back\n' in flat
    assert '# ours\nrole clerk "Clerk"' in flat

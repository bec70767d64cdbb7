"""What is final in a base stays in force, whatever a layer changes around it."""

import pytest

from dsl.pipeline import check_source
from dsl.source import of_text
from tests.dsl.shelves import texts

BASE = """rulebook base "Leaving"
  version 1.0.0
  uses calendar ours

fact last_day "Last day" date
fact level "Grade" integer 1..15 default 3
fact pay_grade "Pay grade" integer private to hr
  final
fact reason "Reason" choice own, ours default own
  final

record account "Account"
  key name
  name "Name" text
  final

feed accounts "Accounts" of account
  final

calendar ours "Our days"
  based on CN
  final

role leaver "Leaver" is subject
role manager "Manager" is manager of leaver
role hr "HR" is anyone in group "HR"
  never leaver
role office "Office" is anyone in group "Office"
  final

sla steady "Steady"
  remind giver 3 days before due by sms
  final

approval resignation "Resignation"
  step manager
  step hr
  final

item seal "Seal"
  group things
  from leaver to hr
  signed by leaver, hr
  sla steady
  final

item extra "Extra"
  from leaver to office
  final

item papers "Papers"
  from leaver to office

action pay "Pay"
  by hr within 5 days
  releases "bonus"
  final

access mail "Mail"
  revoke on last_day 18:00 from leaver
  by office

document letter "Letter"
  template "letter.html"
  signed by hr
  final

gate wages "Wages"
  holds "bonus"
  until every item done
  waiver by manager with reason
  final

rule grade "Grade"
  when level > 9
  add item extra
  final

process inner "Inner"
  first items

process leaving "Leaving"
  started by hr
  managed by hr
  first approval resignation
  then process inner
  then access mail
  then gate wages
  then action pay
  then document letter
  final
"""
LOOSE = BASE.removesuffix("  final\n").replace("  add item extra\n  final", "  add item extra")


def found(layer, base=BASE):
    """The variants of E613 with the lines of the layer, and whatever other codes there are."""
    text = f'rulebook mine "Mine"\n  version 1.0.0\n  extends base 1.x\n\n{layer}'
    source = of_text("mine.rulebook", text)
    outcome = check_source(source, texts(base=base))
    told = []
    for one in outcome.diagnostics:
        assert one.primary.source == "mine.rulebook", one
        line = source.line(source.position(one.primary.span.start).line).strip()
        told.append((one.variant or one.code, line))
    return told


STRICTER = {
    "fact": "adjust fact reason\n  add private to hr",
    "record": 'adjust record account\n  add owner "Owner" text',
    "calendar": 'adjust calendar ours "Our working days"\n  because "the law"',
    "role": "adjust role office\n  never leaver",
    "sla": "adjust sla steady\n  add escalate to manager 1 day after due by email",
    "approval": "adjust approval resignation\n  add step office at end\n  opinion required",
    "item": 'adjust item seal\n  add evidence photo "Photo" file',
    "action": "adjust action pay\n  by hr within 3 days",
    "document": "adjust document letter\n  signed by hr, office",
    "gate": "adjust gate wages\n  remove waiver by manager with reason\n  add until level > 2",
    "rule": 'adjust rule grade\n  add note "look"',
    "process": "adjust process leaving\n  add access other at end\n\n"
    'access other "Other"\n  transfer to hr\n  by hr',
}


@pytest.mark.parametrize("kind", STRICTER)
def test_what_is_final_may_ask_for_more(kind):
    layer = STRICTER[kind].replace("  never leaver", "  add never leaver")
    assert found(layer + "\n") == []


LOOSER = {
    "fact": ("adjust fact pay_grade\n  add private to office", "add private to office"),
    "a default": ("adjust fact reason\n  default ours", "default ours"),
    "a choice more": ('adjust fact reason\n  add choice none "None"', 'add choice none "None"'),
    "record": ("adjust record account\n  remove name", "remove name"),
    "calendar": ("adjust calendar ours\n  holiday 2026-05-01", "holiday 2026-05-01"),
    "role": ("adjust role office\n  is manager of leaver", "is manager of leaver"),
    "sla": (
        "adjust sla steady\n  remove remind giver 3 days before due by sms",
        "remove remind giver 3 days before due by sms",
    ),
    "approval": ("adjust approval resignation\n  remove step hr", "remove step hr"),
    "approval by itself": ("adjust approval resignation\n  same approver passes", "same approver passes"),
    "action": ("adjust action pay\n  by hr within 9 days", "by hr within 9 days"),
    "document": ("adjust document letter\n  signed by manager", "signed by manager"),
    "gate": ("adjust gate wages\n  remove until every item done", "remove until every item done"),
    "rule": ("adjust rule grade\n  when level > 12", "when level > 12"),
    "process": ("adjust process leaving\n  remove access mail", "remove access mail"),
    "a wait": (
        "adjust process leaving\n  add wait until last_day before process inner",
        "add wait until last_day before process inner",
    ),
    "no longer final": ("adjust gate wages\n  remove final", "remove final"),
}  # fmt: skip


@pytest.mark.parametrize("kind", LOOSER)
def test_what_is_final_may_not_ask_for_less(kind):
    layer, line = LOOSER[kind]
    assert found(layer + "\n") == [("E613.line", line)]


@pytest.mark.parametrize(
    ("kind", "id_"),
    [("role", "office"), ("sla", "steady"), ("approval", "resignation"), ("gate", "wages"),
     ("action", "pay"), ("document", "letter"), ("rule", "grade"), ("process", "leaving"), ("fact", "reason"), ("record", "account"),
     ("feed", "accounts"), ("calendar", "ours")],
)  # fmt: skip
def test_what_is_final_may_not_go(kind, id_):
    line = f'remove {kind} {id_} because "not here"'
    assert found(line + "\n") == [("E613.whole", line)]


def test_a_final_calendar_stays_that_of_the_rulebook():
    text = 'calendar other "Other"\n  based on CN\n'
    header = 'rulebook mine "Mine"\n  version 1.0.0\n  extends base 1.x\n  uses calendar {}\n\n'
    for calendar, codes in (("other", ["E613"]), ("ours", [])):
        source = of_text("mine.rulebook", header.format(calendar) + text)
        outcome = check_source(source, texts(base=BASE))
        assert [one.code for one in outcome.diagnostics if one.severity == "error"] == codes


BYPASSED = {
    "items left out of a process": (
        "adjust process inner\n  remove items\n  add item papers at start",
        [("E613.left_out", "remove items")],
    ),
    "a process left out of another": (
        "adjust process leaving\n  remove process inner",
        [("E401", "adjust process leaving"), ("E613.left_out", "remove process inner")],
    ),
    "another process in its place": (
        "replace process inner \"Inner\"\n  first item papers",
        [("E613.left_out", "replace process inner \"Inner\"")],
    ),
    "only sometimes": (
        "replace process inner \"Inner\"\n  first if level > 3\n    first items\n  end",
        [("E613.left_out", "replace process inner \"Inner\"")],
    ),
    "another rule that never adds it": (
        "rule never_mind \"Never\"\n  when level > 15\n  add item seal",
        [("E613.left_out", "rule never_mind \"Never\"")],
    ),
    "the rule that adds it": (
        "remove rule grade because \"no\"",
        [("E613.left_out", "remove rule grade because \"no\"")],
    ),
    "an approval after what it approves": (
        "adjust process leaving\n  remove approval resignation\n  add approval resignation at end",
        [("E613.later", "remove approval resignation")],
    ),
    "a gate behind what it holds": (
        "adjust process leaving\n  remove gate wages\n  add gate wages after action pay",
        [("E613.later", "remove gate wages")],
    ),
    "the giver takes it over": (
        "adjust role hr\n  is subject",
        [("E613.same", "is subject"), ("E613.same", "is subject")],
    ),
    "or may where nobody else is": (
        "adjust role hr\n  is anyone in group \"HR\", otherwise subject",
        [("E613.same", "is anyone in group \"HR\", otherwise subject")],
    ),
    "one approves twice": (
        "adjust role manager\n  is anyone in group \"HR\"",
        [("E613.same", "is anyone in group \"HR\"")],
    ),
    "whoever was kept out": (
        "adjust role hr\n  remove never leaver",
        [("E613.let_in", "remove never leaver")] * 4,
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", BYPASSED)
def test_what_is_final_cannot_be_passed_by(way):
    layer, told = BYPASSED[way]
    told_once = list(dict.fromkeys(told))
    assert list(dict.fromkeys(found(layer + "\n", LOOSE))) == told_once


@pytest.mark.parametrize(
    "layer",
    [
        STRICTER["process"],
        "adjust role manager\n  is head of department of leaver, otherwise manager of leaver",
        "adjust item seal\n  group valuables",
        'remove item papers because "none"',
        "adjust access mail\n  by hr",
    ],
)
def test_what_stands_around_it_can_be_tailored(layer):
    assert found(layer + "\n", LOOSE) == []


def test_a_middle_layer_makes_something_final_for_those_above():
    middle = (
        'rulebook middle "M"\n  version 1.0.0\n  extends base 1.x\n\nadjust access mail\n  final\n'
    )
    text = 'rulebook top "T"\n  version 1.0.0\n  extends middle 1.x\n\nadjust process leaving\n  remove access mail\n'
    outcome = check_source(of_text("top.rulebook", text), texts(base=LOOSE, middle=middle))
    assert [one.variant for one in outcome.diagnostics] == ["E613.left_out"]


def test_both_dialects_say_it():
    base = LOOSE.replace('gate wages "Wages"', 'gate wages "工资"')
    text = (
        '规则书 mine "我的"\n  版本 1.0.0\n  继承 base 1.x\n\n'
        "调整 流程 leaving\n  删除 门 wages\n\n"
        '门 other "别的"\n  暂缓 "奖金"\n  直到 全部 交接项 完成\n  不可删改\n'
    )
    outcome = check_source(of_text("mine.rulebook", text), texts(base=base))
    assert [one.variant for one in outcome.diagnostics if one.code == "E613"] == ["E613.left_out"]

"""What people say about items in scenarios, in both dialects; a process that stands in two others."""

import pytest

from dsl.formatter import format_source
from dsl.source import of_text
from engine.program import Program
from engine.scenarios.runner import process_of, run_scenario
from tests.engine.sample.company import artefact_of
from tests.engine.sample.duties import DUTIES

GIVEN = """
scenario tried "Tried"
  given last_day 2026-03-31
  given customers code "K1", name "Kite", contracts 3, owner "leaver"
  given customers code "K2", name "Kolt", contracts 1, owner "leaver"
  start on 2026-03-02 09:00
"""
LATE = f"{GIVEN}  wait until 2026-03-27 09:00\n"
STATED = f'{LATE}  leaver states cause of cash "I was ill"\n'
CASH = f"{GIVEN}  leaver hands over cash receipts 0, found 500 CNY\n"
SPLIT = f"""{GIVEN}  manager names "Ann" as successor for accounts["K1"]
  manager names "Bob" as successor for accounts["K2"]
"""
HOLDING = [
    (CASH, "finance signs cash\n  expect item cash done"),
    (
        GIVEN,
        (
            "leaver counts cash found 480 CNY\n  leaver hands over cash receipts 0\n"
            "  finance signs cash\n  expect item cash handed over\n  hr signs cash\n  expect item cash done"
        ),
    ),
    (
        GIVEN,
        (
            "leaver hands over cash receipts 2, found 500 CNY\n  finance signs cash\n"
            "  expect refused missing receipts"
        ),
    ),
    (CASH, 'leaver calls back cash "a slip"\n  expect item cash open'),
    (
        GIVEN,
        (
            'manager hands over cash receipts 0, found 500 CNY in place "he will not"\n'
            "  expect item cash handed over"
        ),
    ),
    (
        STATED,
        (
            'manager refuses cause of cash "no"\n  leaver states cause of cash "the till"\n'
            "  manager confirms cause of cash\n  expect item cash overdue"
        ),
    ),
    (LATE, "manager confirms cause of cash\n  expect refused too early"),
    (
        SPLIT,
        ('leaver hands over accounts["K1"] contracts 3\n  expect item accounts["K1"] handed over'),
    ),
    (
        GIVEN,
        (
            "given everything before document letter done\n  expect document letter open\n"
            "  leaver signs document letter\n  finance signs letter\n  manager signs letter\n"
            "  expect document letter done\n  expect case closed"
        ),
    ),
    (
        GIVEN,
        (
            "given everything before document letter done\n  leaver signs letter\n"
            '  finance refuses document letter "wrong"\n  expect document letter open'
        ),
    ),
    (GIVEN.replace("start on", "start transfer on"), "expect item cash open"),
]


def play(text):
    artefact = artefact_of(text)
    scenario = artefact.rulebook.scenarios[-1]
    return run_scenario(Program(artefact, process_of(artefact.rulebook, scenario)), scenario)


@pytest.mark.parametrize("to", ["en", "zh"])
@pytest.mark.parametrize(("before", "lines"), HOLDING)
def test_what_people_say_is_done(before, lines, to):
    text = format_source(of_text("duties", f"{DUTIES}{before}  {lines}\n"), to).text
    assert play(text).failures == ()


def test_handover_is_asked_for_on_a_transfer_too():
    text = f"{DUTIES}{GIVEN.replace('start on', 'start transfer on')}"
    result = play(text)
    assert result.stage.program.process.id == "transfer"
    assert {"cash", "accounts", "keys"} == set(result.stage.state.items)

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from dsl.expressions import tree
from dsl.expressions.compile import NoValueError, compile_expression, holds
from dsl.expressions.uses import facts_of, uses_of
from dsl.pipeline import check_source
from dsl.source import of_text
from dsl.types import Duration

HEAD = """rulebook t "T"
  version 1.0.0
  currency CNY
record project "Project"
  key code
  code text
  claims integer default 0
  budget money
  note text optional
fact level "Level" integer
fact team "Team" choice lead, other
fact pay "Pay" money
fact rate "Rate" percent
fact last "Last" date
fact grade "Grade" integer optional
fact projects "Projects" list of project
role leaver "Leaver" is subject
role boss "Boss" is manager of leaver
approval ok "OK"
  step boss
item keys "Keys"
  from leaver to boss
  provide number "Number" integer
process exit "Exit"
  started by leaver
  managed by boss
  first approval ok
  then items
"""

FACTS = {
    "level": 8,
    "team": "lead",
    "pay": Decimal(2000),
    "rate": Decimal(5),
    "last": date(2026, 3, 31),
    "projects": [
        {"code": "A", "claims": 2, "budget": Decimal(10), "note": "x"},
        {"code": "B", "claims": 0, "budget": Decimal("5.50")},
    ],
}


class Case:
    """The environment of one small case."""

    def __init__(self, people=("P1",), contents=None):
        self._people = people
        self._contents = contents or {}

    def people(self, party):
        return self._people if party == tree.RoleParty("boss") else ("P0",)

    def attribute(self, person, name):
        known = {"level": 12, "department": "Sales", "manager": "P9", "groups": ("Sales", "Board")}
        return known.get(name) if person else None

    def content(self, item, content):
        return self._contents.get((item, content))

    def item_is(self, item, state):
        return (item, state) == ("keys", "overdue")

    def every_item_done(self):
        return False

    def item_count(self, state):
        return {"overdue": 1}.get(state, 0)

    def approval_is(self, approval, state):
        return (approval, state) == ("ok", "approved")

    def shift(self, moment, duration, direction):
        assert duration == Duration(3, "working_day")
        return moment.replace(day=moment.day - 3 if direction == "before" else 1)

    def at_time(self, day, time):
        return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=UTC)

    def days_until(self, moment):
        return (moment - date(2026, 3, 1)).days


def condition(text):
    gate = f'gate g "G"\n  holds severance\n  until {text}\n'
    outcome = check_source(of_text("t", HEAD + gate))
    assert outcome.checked is not None, outcome.diagnostics
    return outcome.checked.rulebook.gates[0].until[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("level >= 8", True),
        ("level > 8", False),
        ("team = lead and pay > 1999.99 CNY", True),
        ("team is not lead or rate <= 5%", True),
        ("not level = 8", False),
        ("level in [1, 8]", True),
        ("team in [other]", False),
        ("pay * 10% = 200 CNY", True),
        ("10% * pay = 200 CNY", True),
        ("pay / 3 > 600 CNY and pay / pay = 1", True),
        ("level / 3 > 2.6 and level - 10 = -2 and 2 * level + 1 = 17", True),
        ("level / (level - 8) > 1", False),
        ("known grade and grade > 3", False),
        ("not known grade or grade > 3", True),
        ("any x in projects where x.claims > 1", True),
        ("every x in projects where x.claims > 1", False),
        ('any x in projects where known x.note and x.note = "x"', True),
        ("any x in projects where any y in projects where y.claims > x.claims", True),
        ("count of projects = 2", True),
        ("sum of x.budget in projects = 15.50 CNY", True),
        ('boss.level > 10 and boss.department = "Sales"', True),
        ('boss.manager = "P9" and boss = "P1"', True),
        ("boss.manager.level = 12", True),
        ("subject = boss", False),
        ("known boss.phone", False),
        ("item keys overdue and not item keys done", True),
        ("every item done", False),
        ("count of items overdue = 1", True),
        ("approval ok approved", True),
        ("approval ok rejected", False),
        ("last > 2026-03-30", True),
        ("last <= 2026-03-30", False),
        ("3 working days before last = 2026-03-28", True),
        ("last 18:00 > 2026-03-31 17:59", True),
        ("days until last = 30", True),
        ("keys.number > 3", False),
        ("not keys.number > 3", False),
        ("known keys.number", False),
    ],
)
def test_conditions(text, expected):
    assert holds(compile_expression(condition(text)), FACTS, Case()) is expected


def test_a_missing_value_is_an_error_that_a_condition_takes_as_not_yet():
    compiled = compile_expression(condition("boss.level > 10"))
    nobody = Case(people=())
    with pytest.raises(NoValueError):
        compiled(FACTS, nobody)
    assert holds(compiled, FACTS, nobody) is False


def test_contents_of_items():
    compiled = compile_expression(condition("keys.number > 3"))
    assert holds(compiled, FACTS, Case(contents={("keys", "number"): 4}))


def test_what_is_typed_never_becomes_code():
    text = '\\"] or __import__(1) #'
    expression = condition('boss.department = "{}"'.format("'] or 1 #"))
    assert holds(compile_expression(expression), FACTS, Case()) is False
    assert facts_of(tree.FactValue(text)) == {text}
    assert compile_expression(tree.FactValue(text))({text: 3}, Case()) == 3


def test_a_loop_variable_of_an_item_stands_beside_the_facts():
    field = tree.FieldOf(tree.Variable("p"), "claims")
    assert compile_expression(field)({"p": {"claims": 4}}, Case()) == 4


def test_what_an_expression_depends_on():
    text = "level > 3 and known grade and boss.level > 1 and count of items done = 0"
    found = uses_of(condition(f"{text} and item keys done and days until last < 3"))
    assert found.facts == {"level", "grade", "last"}
    assert (found.roles, found.items) == ({"boss"}, {"keys"})
    assert (found.all_items, found.today) == (True, True)
    assert uses_of(condition("approval ok approved")).approvals == {"ok"}

"""One case at one instant, read-only: its facts as values, its conditions, its roles."""

from __future__ import annotations

from datetime import date, datetime

from dsl.expressions.compile import holds
from dsl.expressions.scalars import Value, ValueProblem
from dsl.expressions.tree import Expression, Party, Wire
from dsl.expressions.uses import facts_of
from dsl.values import decode
from engine.context import Context
from engine.environment import CaseEnvironment
from engine.events import People, TimerSet
from engine.program import Program
from engine.roles import RoleBook
from engine.state import CaseState, ItemTask, Task


class Scope:
    """What deciders and views ask of a case.

    Args:
        program: the process that the case runs.
        state: the case.
        context: the world at one instant.

    Attributes:
        now: the effective instant.
        today: the day in the rulebook's zone.
        roles: as they resolve now.
        ladders: the timers of an item, by its deadline, its ladder and the rules that wait for it to be
            late: most items that come up together have them in common.
    """

    def __init__(self, program: Program, state: CaseState, context: Context) -> None:
        self.program = program
        self.state = state
        self.context = context
        self.now = context.now
        self.today: date = context.now.astimezone(program.zone).date()
        self.roles = RoleBook(program, state, context.directory, self.today)
        self.ladders: dict[tuple[datetime, str | None, tuple[int, ...]], tuple[TimerSet, ...]] = {}
        self._dues: dict[bytes, datetime | None] = {}
        self._dues_by: dict[str, Value] | None = None

    def facts(self) -> dict[str, Value]:
        """The facts as Python values, private ones included; a fact without a value is absent."""
        if self.state.decoded is None:
            self.state.decoded = self._decode_facts()
        return self.state.decoded

    def dues(self) -> dict[bytes, datetime | None]:
        """What deadlines that rest on facts alone have come to, to add to; none once a fact has changed."""
        facts = self.facts()
        if facts is not self._dues_by:
            self._dues, self._dues_by = {}, facts
        return self._dues

    def evaluate(self, expression: Expression, task: Task | None = None) -> object:
        """The value of an expression now; `task` is the item that its words speak of."""
        environment = CaseEnvironment(self, task)
        return self.program.compiled(expression)(self._facts_for(task), environment)

    def holds(self, condition: Expression | None, task: Task | None = None) -> bool:
        """True if there is no condition, or if it is true now; lacking values make it not true."""
        if condition is None:
            return True
        compiled = self.program.compiled(condition)
        return holds(compiled, self._facts_for(task), CaseEnvironment(self, task, compares=True))

    def rows_for(self, table: str) -> tuple[int, ...] | None:
        """The rows of a decision table that fit the facts now; None if it has no answer to them.

        A table that collects may answer with no row.
        """
        try:
            return self.program.chooser(table)(self.facts())
        except LookupError:
            return None

    def fact_wire(self, fact: str) -> Wire:
        """A fact in wire form, private ones included; None if it has no value."""
        sealed = self.state.sealed.get(fact)
        return self.state.facts.get(fact) if sealed is None else self.context.unseal(sealed)

    def is_private(self, expression: Expression) -> bool:
        """True if the expression reads a fact that not everybody may see."""
        return any(self.program.facts[fact].private_to for fact in facts_of(expression))

    def party(self, party: Party, task: Task) -> People:
        """The people whom a party of a ladder means for a task."""
        return CaseEnvironment(self, task).addressed(party)

    def role_in(self, role: str, task: Task) -> People:
        """A role's people as the task recorded them, else as they resolve now."""
        recorded = task.roles.get(role)
        return recorded.people if recorded is not None else self.roles.people(role)

    def _facts_for(self, task: Task | None) -> dict[str, Value]:
        if isinstance(task, ItemTask) and task.record is not None:
            return {**self.facts(), **self._variable(task)}
        return self.facts()

    def _decode_facts(self) -> dict[str, Value]:
        wires = dict(self.state.facts)
        for fact, sealed in self.state.sealed.items():
            wires[fact] = self.context.unseal(sealed)
        found: dict[str, Value] = {}
        for fact, wire in wires.items():
            if wire is None or fact not in self.program.facts:
                continue
            value = decode(
                self.program.facts[fact].type, wire, self.program.records, self.program.zone
            )
            if not isinstance(value, ValueProblem):
                found[fact] = value
        return found

    def _variable(self, task: ItemTask) -> dict[str, Value]:
        each = self.program.items[task.ref].each
        assert each is not None
        return {each.variable: self.record_value(task)}

    def record_value(self, task: ItemTask) -> Value:
        """The record that an item instance was made for, as Python values."""
        each = self.program.items[task.ref].each
        assert each is not None
        from_list = self.program.facts[each.over].type
        value = decode(from_list, [task.record], self.program.records, self.program.zone)
        assert isinstance(value, list)
        found: Value = value[0]
        return found

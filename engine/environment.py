"""What a condition may ask of a case: people, states of items and approvals, the calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Literal, Protocol

from dsl.expressions.scalars import Value, ValueProblem
from dsl.expressions.tree import (
    ApprovalWord,
    ItemWord,
    Party,
    PersonAttribute,
    PersonWord,
    RoleParty,
    SuperiorParty,
)
from dsl.types import Duration
from dsl.values import decode
from engine.calendars import plain_shift
from engine.context import Context
from engine.program import Program
from engine.roles import RoleBook
from engine.state import CaseState, ItemTask, Task


def word_roles(program: Program, word: PersonWord, task: Task | None) -> tuple[str, ...]:
    """The roles that a word for people means for a task (`giver` of an item, `approver` of a step)."""
    if task is None:
        return ()
    if task.kind == "item":
        item = program.items[task.ref]
        roles = {"giver": item.giver, "receiver": item.receiver, "accountable": item.accountable}
        role = roles.get(word)
        return (role,) if role else ()
    return tuple(task.roles) if word == "approver" else ()


class CaseScope(Protocol):
    """One case in its world."""

    program: Program
    state: CaseState
    context: Context

    @property
    def roles(self) -> RoleBook:
        """The roles as they resolve now."""


class CaseEnvironment:
    """Implements `dsl.expressions.compile.Environment` over one case at one instant.

    Args:
        scope: the case in its world.
        task: the task that words for people speak of.
        compares: True while a condition is evaluated, False while a deadline is.
    """

    def __init__(self, scope: CaseScope, task: Task | None, *, compares: bool = False) -> None:
        self._scope = scope
        self._program = scope.program
        self._state = scope.state
        self._context = scope.context
        self._task = task
        self._compares = compares

    def people(self, party: Party) -> tuple[str, ...]:
        """The ids of a party's people: of the subject's role the subject, whoever does their tasks."""
        return self._people(party, self._in_person)

    def addressed(self, party: Party) -> tuple[str, ...]:
        """The ids of those who are told what a party is told: whoever does the task at hand."""
        return self._people(party, self._role)

    def _people(self, party: Party, fill: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
        if isinstance(party, SuperiorParty):
            directory = self._context.directory
            above = (directory.manager_of(person) for person in self._people(party.of, fill))
            return tuple(dict.fromkeys(person for person in above if person is not None))
        if isinstance(party, RoleParty):
            return fill(party.role)
        if party.word == "subject":
            return (self._state.subject,)
        roles = word_roles(self._program, party.word, self._task)
        return tuple(dict.fromkeys(person for role in roles for person in self._role(role)))

    def attribute(self, person: str, name: PersonAttribute) -> Value | None:
        """An attribute of a person; None if the directory does not know it."""
        found = self._context.directory.person(person)
        return None if found is None else getattr(found, name)

    def content(self, item: str, content: str) -> Value | None:
        """Content of an item as last provided; None if it was not.

        An instance of an item speaks of its own content.
        """
        task = self._task
        if isinstance(task, ItemTask) and task.ref == item:
            instances = [task]
        else:
            instances = [self._item(one) for one in self._state.items.get(item, ())]
        wires = (one.contents.get(content) for one in instances)
        wire = next((wire for wire in wires if wire is not None), None)
        declared = next(c for c in self._program.items[item].stated if c.id == content)
        if wire is None:
            return None
        value = decode(declared.type, wire, self._program.records, self._program.zone)
        return None if isinstance(value, ValueProblem) else value

    def this_item(self, attribute: Literal["title", "due"]) -> Value | None:
        """Of the item at hand: its title with its record, in the rulebook's language; its deadline."""
        task = self._task
        if not isinstance(task, ItemTask):
            return None
        if attribute == "due":
            return task.due
        item = self._program.items[task.ref]
        title = next(iter(item.title.values()))
        if task.key is None:
            return title
        return f"{title} {self._program.record_named(item, task.record or {})}"

    def item_is(self, item: str, state: ItemWord) -> bool:
        """True if the item is in the case and every instance of it is in the state."""
        if state == "done":
            return item not in self._state.unlisted and not self._state.undone.get(item)
        tasks = self._state.items.get(item, ())
        return bool(tasks) and all(self._word(self._item(task), state) for task in tasks)

    def every_item_done(self) -> bool:
        """True if no item is unlisted or undone."""
        return not self._state.unlisted and not self._state.undone_items

    def item_count(self, state: ItemWord) -> int:
        """How many item instances are in the state. What does not apply has not been done."""
        if state == "overdue":
            active = (self._state.tasks[task] for task in self._state.active)
            return sum(task.kind == "item" and task.overdue for task in active)
        statuses = self._state.statuses
        if state == "done":
            return statuses.get("done", 0) + statuses.get("waived", 0)
        return statuses.get(state, 0)

    def approval_is(self, approval: str, state: ApprovalWord) -> bool:
        """True if the approval has ended that way."""
        found = self._state.approvals.get(approval)
        return found is not None and found.status == state

    def shift(
        self, moment: date | datetime, duration: Duration, direction: Literal["before", "after"]
    ) -> date | datetime:
        """A moment some time before or after another.

        A deadline never falls on a closed day; a condition compares with the plain date, so that a
        notice period of 30 days is 30 days whatever weekday it ends on.
        """
        calendar = self._context.calendar
        if self._compares and duration.unit in ("day", "week"):
            return plain_shift(moment, duration, direction, self._program.zone)
        return calendar.shift(moment, duration, direction)

    def at_time(self, day: date, time: str) -> datetime:
        """A time of day on a date, in the rulebook's zone, as UTC."""
        return self._context.calendar.at_time(day, time)

    def days_until(self, moment: date | datetime) -> int:
        """Whole calendar days from today, negative when it is past."""
        zone = self._program.zone
        day = moment.astimezone(zone).date() if isinstance(moment, datetime) else moment
        return (day - self._context.now.astimezone(zone).date()).days

    def _in_person(self, role: str) -> tuple[str, ...]:
        if role in self._program.subject_roles:
            return (self._state.subject,)
        return self._role(role)

    def _role(self, role: str) -> tuple[str, ...]:
        recorded = self._task.roles.get(role) if self._task else None
        if recorded is not None:
            return recorded.people
        return self._scope.roles.people(role)

    def _item(self, task: str) -> ItemTask:
        found = self._state.tasks[task]
        assert isinstance(found, ItemTask)
        return found

    @staticmethod
    def _word(task: ItemTask, state: ItemWord) -> bool:
        if state == "overdue":
            return task.overdue
        return task.status == state

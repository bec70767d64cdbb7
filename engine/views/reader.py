"""How a reader sees things: titles, names, instants and values in their language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import PurePath

from dsl.catalogue import Language
from dsl.expressions.tree import Wire
from dsl.model import Titles
from dsl.types import Type
from dsl.values import ValueProblem, decode, show
from engine.commands import CLOCKWORK, GATE, SYSTEM
from engine.events import Chosen, Filled
from engine.people.directory import Directory
from engine.people.instants import Instants
from engine.program import Program
from engine.projection import chosen_roles, made_for
from engine.scope import Scope
from engine.state import StepTask, Task, TaskKind
from engine.texts import MESSAGES


class Speaker:
    """Says in one language what a program declares and who people are.

    Args:
        program: whose titles are meant.
        directory: gives people their names.
        language: of the reader.
    """

    def __init__(self, program: Program, directory: Directory, language: Language) -> None:
        self.language = language
        self.directory = directory
        self._program = program

    def say(self, message: str, /, **values: object) -> str:
        """A text of the engine's catalogue."""
        return MESSAGES.say(self.language, message, **values)

    def title(self, titles: Titles) -> str:
        """The title in the reader's language, else in the rulebook's own."""
        return titles.get(self.language) or next(iter(titles.values()))

    def person(self, person: str) -> str:
        """A person's name; the id where the directory knows no name, a system by its own name."""
        if person == CLOCKWORK:
            return self.say("reader.clockwork")
        if person.startswith(SYSTEM):
            return self.say("reader.system", name=person.removeprefix(SYSTEM))
        found = self.directory.person(person)
        return found.name if found else person

    def people(self, people: Iterable[str]) -> str:
        """Several people in one line, or the word for nobody."""
        names = [self.person(one) for one in people]
        return self.listed(names) or self.say("reader.nobody")

    def barred(self, filled: Filled) -> str:
        """Who was passed over when a role was filled, with the reasons."""
        return self.listed(
            self.say(f"bar.{why}", person=self.person(one)) for one, why in filled.barred
        )

    def kept(self, who: str, why: str) -> str:
        """A person or a role outside whom an audience keeps a notice from, and why."""
        name = self.role(who) if why == "external" else self.person(who)
        return self.say(f"kept.{why}", who=name)

    def listed(self, parts: Iterable[str]) -> str:
        """Parts joined as the language joins them."""
        return self.say("reader.joint").join(parts)

    def labelled(self, name: str, value: str) -> str:
        """A value behind its name."""
        return self.say("reader.labelled", name=name, value=value)

    def role(self, role: str) -> str:
        """A role's title."""
        return self.title(self._program.roles[role].title)

    def roles(self, roles: Iterable[str]) -> str:
        """Several roles in one line."""
        return self.listed(self.role(role) for role in roles)

    def declared(self, ref: str) -> str:
        """The title of a declaration of any kind, or of a step (`approval.step`)."""
        program = self._program
        if ref in program.steps:
            return self._step(ref, program.steps[ref][1].roles)
        for kind in (
            program.items, program.approvals, program.actions, program.accesses, program.documents,
            program.gates, program.facts, program.roles, program.tables,
        ):  # fmt: skip
            if ref in kind:
                return self.title(kind[ref].title)
        return ref

    def chosen(self, chosen: Chosen) -> str:
        """The rows of a decision table that chose somebody; which ones only where all may know."""
        table = self._program.tables[chosen.table]
        private = any(self._program.facts[one.fact].private_to for one in table.columns)
        if private:
            return self.say("reader.table", table=self.title(table.title))
        if not chosen.rows:
            return self.say("reader.no_row", table=self.title(table.title))
        rows = self.listed(str(row + 1) for row in chosen.rows)
        where = self.place(f"table.{table.id}.rows.{chosen.rows[0]}")
        return self.say("reader.rows", table=self.title(table.title), rows=rows, place=where)

    def place(self, key: str) -> str | None:
        """The file and line of a part of the rulebook, `file:line`; None if it has none of its own.

        The folder that it was published from means nothing to who reads a case.
        """
        place = self._program.places.get(key)
        return None if place is None else f"{PurePath(place.source).name}:{place.line}"

    def named(self, ref: str) -> str:
        """The title of a declaration of any kind, or of a stage."""
        return self.stage(ref) if ref in self._program.stages else self.declared(ref)

    def rule(self, rule: str) -> str:
        """A rule's title."""
        return self.title(self._program.triggers.rules[rule].title)

    @property
    def rulebook(self) -> str:
        """The rulebook's title."""
        return self.title(self._program.rulebook.title)

    def stage(self, stage: str) -> str:
        """A stage's title."""
        return self.title(self._program.stages[stage])

    def about(self, kind: TaskKind, ref: str, record: str | None, roles: Sequence[str]) -> str:
        """What a task is about, in a few words.

        Args:
            kind: of the task.
            ref: its declaration.
            record: what it was made for, if anything.
            roles: the roles that were chosen for it, if a decision table did.
        """
        if kind == "naming":
            return self.say("reader.naming", role=self.role(ref))
        if kind == "cause":
            item = self.about("item", ref.removesuffix(".cause"), record, ())
            return self.say("reader.cause", task=item)
        if kind == "revision":
            return self.say("reader.revision", approval=self.declared(ref))
        title = self._step(ref, roles) if roles else self.declared(ref)
        return title if record is None else self.say("reader.keyed", title=title, record=record)

    def _step(self, ref: str, roles: Iterable[str]) -> str:
        approval = self.title(self._program.steps[ref][0].title)
        return self.say("reader.step", approval=approval, roles=self.roles(roles))


class Reader(Speaker):
    """Puts the things of one case into one language.

    Args:
        scope: the case.
        language: of the reader.
        instants: how the reader is told them; in the rulebook's zone where nothing is said.
    """

    def __init__(self, scope: Scope, language: Language, instants: Instants | None = None) -> None:
        super().__init__(scope.program, scope.context.directory, language)
        self.scope = scope
        self._instants = instants or Instants(scope.program.zone)

    def task(self, task: Task) -> str:
        """What a task is about, in a few words."""
        return self.about(task.kind, task.ref, made_for(self.scope, task), chosen_roles(task))

    def task_named(self, task_id: str | None) -> str:
        """The same by the task's id, or a gate's (`gate:ID`); the case itself where there is none."""
        if task_id is None:
            return self.scope.state.id
        if task_id.startswith(GATE):
            return self.declared(task_id.removeprefix(GATE))
        found = self.scope.state.tasks.get(task_id)
        return task_id if found is None else self.task(found)

    def because(self, reason: str | None) -> str:
        """The end of a sentence that tells the reason; nothing if none was written."""
        return "" if reason is None else self.say("reader.because", because=reason)

    def step(self, task: StepTask) -> str:
        """The title of the approval that a step belongs to."""
        return self.declared(task.approval)

    def when(self, moment: datetime) -> str:
        """An instant in the reader's zone, to the minute."""
        return self._instants.told(moment)

    def due(self, moment: datetime | None) -> str:
        """A deadline; marked where the holidays of its year are not announced. A dash if there is none."""
        if moment is None:
            return "—"
        shown = self.when(moment)
        return self.say("reader.provisional", due=shown) if self.provisional(moment) else shown

    def until(self, moment: datetime | None) -> str:
        """The end of a sentence that tells the deadline; nothing if there is none."""
        return "" if moment is None else self.say("reader.until", due=self.due(moment))

    def provisional(self, moment: datetime | None) -> bool:
        """True for a deadline in a year whose moved working days nobody knows yet."""
        calendar = self.scope.context.calendar
        return moment is not None and calendar.provisional(calendar.day_of(moment))

    def value(self, type_: Type, wire: Wire) -> str:
        """A value for people; a dash where there is none."""
        if wire is None:
            return "—"
        value = decode(type_, wire, self._program.records, self._program.zone)
        if isinstance(value, ValueProblem):
            return str(wire)
        if isinstance(value, datetime):
            return Instants(self._program.zone, self._instants.apart).told(value)
        return show(type_, value, self.language, self._program.zone)

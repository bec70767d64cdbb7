"""A small company, its rulebook, and a player who acts in it and looks at everything after each act."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from dsl.pipeline import check_source
from dsl.source import of_text
from engine.administration import Administration
from engine.artefact import Artefact
from engine.commands import (
    Actor,
    Approve,
    Attach,
    ChangeFact,
    Command,
    Complete,
    HandOver,
    Name,
    Open,
    Reject,
    Sign,
)
from engine.events import Event
from engine.identity import Caller
from engine.people.directory import Department, Person
from engine.people.reading import PeopleFile
from engine.program import Program
from engine.publishing import assemble
from engine.rejection import Refusal
from engine.scope import Scope
from engine.seen import application_hash, item_hash
from engine.service import Done, Service
from engine.state import CaseState, ItemTask, Task
from engine.store.memory import MemoryStore
from engine.store.port import KeptFile, Store
from engine.workspace import Settings
from tests.engine.sample.looking import look_at

EXIT = (Path(__file__).parent / "exit.rulebook").read_text(encoding="utf-8")
ZONE = ZoneInfo("Asia/Shanghai")
ADMIN = Caller("root", "desk")
SETTINGS = Settings(
    id="sample",
    sandbox=True,
    timezone="Asia/Shanghai",
    created_at=datetime(2026, 1, 1, tzinfo=UTC),
    administrators=("root",),
)
PERSONS = (
    Person("L", "Li Lei", "Works", "Engineer", 5, "M", phone="13800000001", mail="l@example.com"),
    Person("M", "Ma Ming", "Works", "Lead", 9, "V", mail="m@example.com"),
    Person("V", "Wei Vera", "Office", "VP", 12, "C", mail="v@example.com"),
    Person("C", "Chen Chief", "Office", "CEO", 15, mail="c@example.com"),
    Person("H1", "Han One", "People", "HR", 6, "V", ("HR",), mail="h1@example.com"),
    Person("H2", "Han Two", "People", "HR", 6, "V", ("HR",), mail="h2@example.com"),
    Person("F", "Fang Fei", "Finance", "Head", 9, "V", mail="f@example.com"),
    Person("B1", "Bai One", "Office", "Board", 13, "C", ("Board",)),
    Person("B2", "Bai Two", "Office", "Board", 13, "C", ("Board",)),
    Person("B3", "Bai Three", "Office", "Board", 13, "C", ("Board",)),
    Person("G1", "Gu One", "Gate", "Guard", 2, "F", ("Guards",)),
    Person("S", "Sun Sue", "Works", "Engineer", 5, "M", may_act_for=("M",)),
    Person("T", "Tang Tim", "Works", "Engineer", 5, "M"),
    Person("X", "Xu Xi", "Works", "Clerk", 3, "M", may_act_for=("M", "H1")),
)
DEPARTMENTS = (Department("Finance", "F"), Department("Works", "M"), Department("People", "V"))
FACTS = {
    "grade": 5,
    "kind": "resignation",
    "last_day": "2026-03-31",
    "salary": "18000 CNY",
    "projects": [],
}
PROJECTS = [
    {"code": "P-1", "name": "Bridge", "progress": "60%"},
    {"code": "P-2", "name": "Dam", "progress": "10%"},
    {"code": "P-3", "name": "Done", "progress": "100%"},
]


@cache
def artefact_of(text: str) -> Artefact:
    outcome = check_source(of_text("sample.rulebook", text))
    assert outcome.checked is not None, outcome.diagnostics
    return assemble(outcome.checked, outcome.layers)


def local(at: str) -> datetime:
    return datetime.fromisoformat(at).replace(tzinfo=ZONE).astimezone(UTC)


def kept(name: str) -> KeptFile:
    content = name.encode()
    return KeptFile(hashlib.sha256(content).hexdigest(), len(content))


def furnish(service: Service, text: str, persons=PERSONS, departments=DEPARTMENTS) -> Artefact:
    """Put people and a rulebook into a workspace, and its clock on a Monday morning."""
    office = Administration(service, ADMIN)
    artefact = artefact_of(text)
    assert office.set_clock(local("2026-03-02T09:00")) is None
    assert office.import_people(PeopleFile(persons, departments), "people.csv", None) is None
    assert not isinstance(office.publish(artefact, "first"), Refusal)
    return artefact


class Player:
    """Acts on one case; after every act everything that must hold is looked at."""

    def __init__(
        self,
        text=EXIT,
        *,
        store: Store | None = None,
        persons=PERSONS,
        departments=DEPARTMENTS,
    ) -> None:
        self.service = Service(store or MemoryStore(), SETTINGS, "test-host")
        self.artefact = furnish(self.service, text, persons, departments)
        self.office = Administration(self.service, ADMIN)
        self.case = ""

    @property
    def program(self) -> Program:
        process = self.artefact.rulebook.processes[0].id
        return self.service.cases.program(self.artefact.hash, process)

    @property
    def state(self) -> CaseState:
        return self.scope.state

    @property
    def scope(self) -> Scope:
        scope = self.service.scope(self.case)
        assert scope is not None
        return scope

    @property
    def events(self) -> list[Event]:
        from_store = self.service.store.read(self.case)
        return [look_at.event(one) for one in from_store]

    def of(self, kind: type[Event]) -> list[Event]:
        return [event for event in self.events if isinstance(event, kind)]

    def at(self, moment: str) -> None:
        """Let the time come, and what falls due by then fire."""
        assert self.office.set_clock(local(moment)) is None
        self.service.advance()
        if self.case:
            look_at(self.service, self.case)

    def open(self, by="L", *, subject="L", beside="", **facts) -> str:
        answer = self.try_open(by, subject=subject, beside=beside, **facts)
        assert isinstance(answer, Done), answer
        self.case = answer.case
        look_at(self.service, self.case)
        return self.case

    def try_open(self, by="L", *, subject="L", beside="", **facts) -> Done | Refusal:
        known = {one.id for one in self.artefact.rulebook.facts}
        given = {**{name: wire for name, wire in FACTS.items() if name in known}, **facts}
        plain, sealed = self.service.sealing.split(self.program, given)
        command = Open(self.program.process.id, subject, plain, sealed, beside=beside)
        return self.service.open(self.program, command, Actor(by, "sandbox", "desk"))

    def attempt(self, person: str, command: Command, behalf: str | None = None) -> Done | Refusal:
        actor = Actor(person, "sandbox", "desk", behalf)
        answer = self.service.execute(self.case, command, actor)
        look_at(self.service, self.case)
        return answer

    def act(self, person: str, command: Command, behalf: str | None = None) -> tuple[Event, ...]:
        """An act that succeeds; gives its events."""
        answer = self.attempt(person, command, behalf)
        assert isinstance(answer, Done), answer
        return answer.events

    def refused(self, person: str, command: Command, behalf: str | None = None) -> Refusal:
        """An act that is refused and leaves everything as it was."""
        self.service.advance()
        before = look_at.everything(self.service, self.case)
        answer = self.attempt(person, command, behalf)
        assert isinstance(answer, Refusal), answer
        after = look_at.everything(self.service, self.case)
        assert after.case == before.case
        assert after.attempts == before.attempts + (answer.kind == "authority")
        return answer

    def task(self, ref: str, key: str | None = None) -> Task:
        """The last task of a declaration."""
        found = [
            task
            for task in self.state.tasks.values()
            if task.ref == ref and (not isinstance(task, ItemTask) or task.key == key)
        ]
        assert found, f"no task {ref}: {list(self.state.tasks)}"
        return found[-1]

    def item(self, ref: str, key: str | None = None) -> ItemTask:
        task = self.task(ref, key)
        assert isinstance(task, ItemTask)
        return task

    def approve(self, person: str, ref: str, opinion="fine", behalf=None) -> tuple[Event, ...]:
        return self.act(person, self.approval(ref, opinion), behalf)

    def approval(self, ref: str, opinion="fine") -> Approve:
        return Approve(self.task(ref).id, opinion, application_hash(self.state))

    def rejection(self, ref: str, opinion="no") -> Reject:
        return Reject(self.task(ref).id, opinion, application_hash(self.state))

    def name(self, by: str, role: str, person: str) -> tuple[Event, ...]:
        return self.act(by, Name(self.task(role).id, person))

    def attach(self, person: str, ref: str, evidence: str, key=None) -> tuple[Event, ...]:
        task = self.task(ref, key).id
        return self.act(person, Attach(task, evidence, kept(evidence), f"{evidence}.pdf", None))

    def hand_over(self, person: str, ref: str, key=None, **values) -> tuple[Event, ...]:
        return self.act(person, HandOver(self.task(ref, key).id, values))

    def sign(self, person: str, ref: str, key=None) -> tuple[Event, ...]:
        return self.act(person, self.signature(ref, key))

    def signature(self, ref: str, key=None) -> Sign:
        task = self.item(ref, key)
        return Sign(task.id, item_hash(task))

    def complete(self, person: str, task: str) -> tuple[Event, ...]:
        return self.act(person, Complete(f"{self.case}/{task}#1", "done"))

    def change(self, fact: str, value, person="H1") -> tuple[Event, ...]:
        plain, sealed = self.service.sealing.split(self.program, {fact: value})
        return self.act(person, ChangeFact(fact, plain.get(fact), sealed.get(fact), "because"))

    def resigned(self, **facts) -> Player:
        """A case whose first approval is through."""
        self.open(**facts)
        self.approve("M", "resignation.manager")
        if facts.get("grade", 0) >= 10:
            self.approve("V", "resignation.vp")
        self.approve("H1", "resignation.hr")
        return self

    def papers_done(self) -> Player:
        self.attach("L", "papers", "register")
        self.hand_over("L", "papers", summary="All filed")
        self.sign("H1", "papers")
        self.sign("M", "papers")
        return self

    def resigned_as_vp(self) -> Player:
        """The same for the vice president, who may waive for others."""
        self.open("H1", subject="V")
        self.approve("C", "resignation.manager")
        self.approve("H1", "resignation.hr")
        return self

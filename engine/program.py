"""A published rulebook made ready to run: declarations by id, expressions compiled once, indexes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from dsl.expressions.compile import Compiled, compile_expression
from dsl.expressions.lookup import rows_of
from dsl.expressions.tree import Expression, Wire
from dsl.expressions.uses import facts_of, rests_on_facts, uses_of
from dsl.model import (
    Approval,
    Choose,
    Content,
    Count,
    External,
    Flow,
    HeadOfDepartmentOf,
    HeldStage,
    HeldThing,
    Item,
    ManagerOf,
    OnMoment,
    Record,
    Role,
    Sla,
    StageMark,
    Step,
    Subject,
    Titles,
    Together,
    things_of,
)
from dsl.types import DateTimeType, DateType, ListType
from engine.artefact import Artefact
from engine.plan import Plan, PlanNode
from engine.triggers import Triggers


class _Declared(Protocol):
    @property
    def id(self) -> str: ...


_D = TypeVar("_D", bound=_Declared)


class Program:
    """One process of one artefact.

    Args:
        artefact: the published rulebook.
        process: the id of the process to run.
    """

    def __init__(self, artefact: Artefact, process: str) -> None:
        rulebook = artefact.rulebook
        self.artefact = artefact.hash
        self.places = artefact.places
        self.rulebook = rulebook
        self.zone = ZoneInfo(rulebook.timezone)
        self.plan: Plan = artefact.plans[process]
        self.process = by_id(rulebook.processes)[process]
        self.facts = by_id(rulebook.facts)
        self.records = by_id(rulebook.records)
        self.feeds = by_id(rulebook.feeds)
        self.roles = by_id(rulebook.roles)
        self.tables = by_id(rulebook.tables)
        self.items = by_id(rulebook.items)
        self.approvals = by_id(rulebook.approvals)
        self.gates = by_id(rulebook.gates)
        self.actions = by_id(rulebook.actions)
        self.accesses = by_id(rulebook.accesses)
        self.documents = by_id(rulebook.documents)
        self.steps: dict[str, tuple[Approval, Step]] = {
            f"{approval.id}.{step.id}": (approval, step)
            for approval in rulebook.approvals
            for step in approval.steps
        }
        self.stages = {
            stage: title
            for part in rulebook.inlined(process)
            for stage, title in _stage_titles(part.body).items()
        }
        self._slas = by_id(rulebook.slas)
        self._default_sla = next((sla for sla in rulebook.slas if sla.default), None)
        self._compiled: dict[int, Compiled] = {}
        self._choosers: dict[str, Callable[[Mapping[str, object]], tuple[int, ...]]] = {}
        self._hanging: dict[str, frozenset[str]] = {}
        self.dependents = _dependents(self)
        self.overseeing_roles = _overseeing_roles(self)
        self.triggers = Triggers(rulebook)
        self.placed_items = tuple(
            node.ref for node in self.plan.nodes.values() if node.kind == "item"
        )
        self.skipped_by = {
            node.id: self._items_only_behind(node)
            for node in self.plan.nodes.values()
            if node.kind == "choice"
        }

    @cached_property
    def pauses(self) -> bool:
        """True if a time limit can stand while a role is waited for."""
        return any(sla.pause_waiting_for is not None for sla in self.rulebook.slas)

    @cached_property
    def items_count_days(self) -> bool:
        """True if the turn of the day may bring or take away an item."""
        return any(uses_of((item.applies, item.each)).today for item in self.rulebook.items)

    @cached_property
    def reckoned_from(self) -> frozenset[str]:
        """The facts that are days or instants and that a deadline or a moment counts from."""
        rulebook = self.rulebook
        moments = (
            *(item.due for item in rulebook.items),
            *(action.on for action in rulebook.actions),
            *(moment for one in rulebook.accesses for moment in (one.grant_on, one.revoke_on)),
            *(node.until for node in self.plan.nodes.values()),
            *(rule.whenever for rule in rulebook.rules if isinstance(rule.whenever, OnMoment)),
        )
        read = facts_of(moments)
        return frozenset(
            fact for fact in read if isinstance(self.facts[fact].type, DateType | DateTimeType)
        )

    @cached_property
    def common_dues(self) -> dict[str, bytes]:
        """Of each item that is due at a moment that rests on facts alone: how that is said. Many say the same."""
        return {
            item.id: msgspec.json.encode(item.due)
            for item in self.rulebook.items
            if item.due is not None and rests_on_facts(item.due)
        }

    @cached_property
    def counts_days(self) -> bool:
        """True if something in a case may change when nothing happens but the turn of the day."""
        gates = any(uses_of(gate.until).today for gate in self.rulebook.gates)
        return gates or self.items_count_days or self.triggers.counts_days

    @cached_property
    def item_roles(self) -> dict[str, tuple[str, ...]]:
        """The roles that have a part in each item."""
        return {item.id: _roles_of(item) for item in self.rulebook.items}

    @cached_property
    def stated(self) -> dict[str, dict[str, Content | Count]]:
        """What the giver of each item states, by id."""
        return {item.id: by_id(item.stated) for item in self.rulebook.items}

    @cached_property
    def subject_roles(self) -> frozenset[str]:
        """The roles that are the subject's by their very meaning, not for want of somebody else."""
        return frozenset(
            role.id for role in self.rulebook.roles if isinstance(role.resolvers[0], Subject)
        )

    @cached_property
    def evidence_from_outside(self) -> dict[str, frozenset[str]]:
        """Of the items that need any: the evidence that comes from outside the company."""
        external = {
            role.id
            for role in self.rulebook.roles
            if any(isinstance(resolver, External) for resolver in role.resolvers)
        }
        found = {
            item.id: frozenset(one.id for one in item.evidence if one.source in external)
            for item in self.rulebook.items
        }
        return {item: evidence for item, evidence in found.items() if evidence}

    @cached_property
    def revocations(self) -> tuple[PlanNode, ...]:
        """The accesses of the plan that are taken back when a moment comes."""
        accesses = (node for node in self.plan.nodes.values() if node.kind == "access")
        return tuple(one for one in accesses if self.accesses[one.ref].revoke_on is not None)

    @cached_property
    def gated(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The nodes that a token can be held at, in the plan's order, each with the gates that hold it."""
        return tuple(
            (node.id, (node.ref,) if node.kind == "gate" else self.gates_of_stage(node.ref))
            for node in self.plan.nodes.values()
            if node.kind in ("gate", "stage")
        )

    def hanging_on(self, role: str) -> frozenset[str]:
        """The roles that `never` admit, or lie above, whoever is named for a role: they may be filled otherwise."""
        found = self._hanging.get(role)
        if found is None:
            found = self._hanging[role] = _hanging_on(self.roles, role)
        return found

    @cached_property
    def placed_approvals(self) -> frozenset[str]:
        """The approvals that the process itself comes to."""
        bodies = (one.body for one in self.rulebook.inlined(self.process.id))
        things = (part for body in bodies for part in things_of(body))
        return frozenset(part.id for part in things if part.kind == "approval" and part.id)

    def node(self, node: str) -> PlanNode:
        """A node of the plan."""
        return self.plan.nodes[node]

    def compiled(self, expression: Expression) -> Compiled:
        """The callable of one of the rulebook's expressions, compiled when first needed."""
        found = self._compiled.get(id(expression))
        if found is None:
            found = self._compiled[id(expression)] = compile_expression(expression, self.tables)
        return found

    def chooser(self, table: str) -> Callable[[Mapping[str, object]], tuple[int, ...]]:
        """What finds the rows of a decision table that fit, made when first needed."""
        if table not in self._choosers:
            self._choosers[table] = rows_of(self.tables[table])
        return self._choosers[table]

    def sla_of(self, item: str) -> Sla | None:
        """The ladder of an item: its own or the default one."""
        named = self.items[item].sla
        return self._slas[named] if named else self._default_sla

    def record_of(self, item: Item) -> Record:
        """The shape of the records that an item is made for."""
        assert item.each is not None
        over = self.facts[item.each.over].type
        assert isinstance(over, ListType)
        return self.records[over.record]

    def record_named(self, item: Item, record: Mapping[str, Wire]) -> str:
        """A record that an item is made for: its key and, if there is one, its first text."""
        declared = self.record_of(item)
        apart = (declared.key, declared.held_by)
        first = next((record.get(one.id) for one in declared.fields if one.id not in apart), None)
        key = str(record.get(declared.key))
        return f"{key} {first}" if isinstance(first, str) else key

    def gates_of(self, ref: str) -> tuple[str, ...]:
        """The gates that hold an action or access, or (by its id) a stage."""
        releases: tuple[str, ...] = ()
        if ref in self.actions:
            releases = self.actions[ref].releases
        elif ref in self.accesses:
            releases = ("access",)
        return self._holding(releases)

    def gates_of_document(self, document: str) -> tuple[str, ...]:
        """The gates that hold a document."""
        return self._holding(self.documents[document].releases)

    def _holding(self, releases: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(
            gate.id
            for gate in self.rulebook.gates
            if any(isinstance(held, HeldThing) and held.thing in releases for held in gate.holds)
        )

    def held_by(self, gate: str) -> frozenset[tuple[str, str]]:
        """The stages, actions, accesses and documents that a gate holds, as kinds and ids."""
        documents = (
            ("document", one) for one in self.documents if gate in self.gates_of_document(one)
        )
        actions = (
            ("action" if one in self.actions else "access", one)
            for one in (*self.actions, *self.accesses)
            if gate in self.gates_of(one)
        )
        stages = (("stage", one) for one in self.stages if gate in self.gates_of_stage(one))
        return frozenset((*documents, *actions, *stages))

    def gates_of_stage(self, stage: str) -> tuple[str, ...]:
        """The gates that hold a stage."""
        return tuple(gate.id for gate in self.rulebook.gates if HeldStage(stage) in gate.holds)

    def _items_only_behind(self, choice: PlanNode) -> tuple[tuple[str, ...], ...]:
        """For each way of a choice, the items that are met only on it."""
        reached = [self._reach(head) for head in choice.next]
        return tuple(
            tuple(
                self.plan.nodes[node].ref
                for node in mine
                if self.plan.nodes[node].kind == "item"
                and not any(node in others for others in reached if others is not mine)
            )
            for mine in reached
        )

    def _reach(self, head: str) -> dict[str, None]:
        seen: dict[str, None] = {}
        todo = [head]
        while todo:
            node = todo.pop()
            if node not in seen:
                seen[node] = None
                todo.extend(self.plan.nodes[node].next)
        return seen


def by_id(declarations: Iterable[_D]) -> dict[str, _D]:
    """Declarations by their ids, in order."""
    return {one.id: one for one in declarations}


def _roles_of(item: Item) -> tuple[str, ...]:
    named = (item.giver, item.receiver, *((item.accountable,) if item.accountable else ()))
    return tuple(dict.fromkeys((*named, *(role for turn in item.signers for role in turn))))


def _hanging_on(roles: Mapping[str, Role], named: str) -> frozenset[str]:
    found = {named}
    more = True
    while more:
        hang = {one.id for one in roles.values() if not found.isdisjoint(_asked_for(one))}
        more = not hang <= found
        found |= hang
    return frozenset(found - {named})


def _asked_for(role: Role) -> set[str]:
    """The roles whose people are looked up to fill a role."""
    above = (ManagerOf, HeadOfDepartmentOf)
    return {*role.never, *(one.role for one in role.resolvers if isinstance(one, above))}


def _overseeing_roles(program: Program) -> tuple[str, ...]:
    rulebook = program.rulebook
    waivers = (
        *(item.waiver for item in rulebook.items if item.waiver),
        *(gate.waiver for gate in rulebook.gates if gate.waiver),
    )
    setters = (role for fact in rulebook.facts for role in fact.set_by)
    readers = (role for item in rulebook.items for role in item.read_only_for)
    return tuple(dict.fromkeys((*program.process.managed_by, *waivers, *setters, *readers)))


def _stage_titles(body: tuple[Flow, ...]) -> dict[str, Titles]:
    found: dict[str, Titles] = {}
    for part in body:
        match part:
            case StageMark(stage, title):
                found[stage] = title
            case Together(branches):
                for branch in branches:
                    found |= _stage_titles(branch)
            case Choose(_, then, otherwise):
                found |= _stage_titles(then) | _stage_titles(otherwise)
            case _:
                pass
    return found


def _dependents(program: Program) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for item in program.rulebook.items:
        for before in item.after:
            found.setdefault(before, []).append(item.id)
    return {item: tuple(after) for item, after in found.items()}

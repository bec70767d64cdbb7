"""Every event in a sentence of the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from engine.events import (
    ActionCompleted,
    ActionOpened,
    ApprovalBegun,
    ApprovalEnded,
    Approved,
    Armed,
    AttemptRefused,
    BecameOverdue,
    CalledBack,
    CaseCancelled,
    CaseClosed,
    CaseOpened,
    CaseResumed,
    CaseSuspended,
    CaseWithdrawn,
    CauseAsked,
    CauseConfirmed,
    CauseDropped,
    CauseRefused,
    CauseStated,
    Commented,
    ContentProvided,
    CopiesGiven,
    Counted,
    DocumentDone,
    DocumentOpened,
    DocumentRefused,
    DueChanged,
    Escalated,
    Event,
    EvidenceAttached,
    GateOpened,
    GateShut,
    HandedOver,
    ItemApplies,
    ItemDone,
    ItemReady,
    ItemRefused,
    ItemsListed,
    ItemWaived,
    Moved,
    Named,
    NamingEnded,
    NamingOpened,
    RecordChanged,
    Rejected,
    Resubmitted,
    Returned,
    RevisionOpened,
    RoleFilled,
    RuleReset,
    Signed,
    StageEntered,
    StepEnded,
    StepOpened,
    StepSkipped,
    SystemFailed,
    TaskResumed,
    TaskSuspended,
    TimerFired,
)
from engine.views import rule_sentences
from engine.views.reader import Reader

Values = dict[str, str]
Describe = Callable[[Reader, Any], Values]

INNER: frozenset[type[Event]] = frozenset(
    {RuleReset, Moved, TimerFired, StepEnded, Armed, ItemReady, NamingEnded}
)
"""Events that only the engine needs; people are told what came of them."""


def sentence(reader: Reader, event: Event) -> str:
    """One event in words."""
    message, values = describe(reader, event)
    return reader.say(f"event.{message}", **values)


def describe(reader: Reader, event: Event) -> tuple[str, Values]:
    """The message id behind `event.` and the values of an event's sentence."""
    name = type(event).__name__
    variant = VARIANTS.get(type(event))
    message = f"{name}.{variant(event)}" if variant else name
    return message, DESCRIBE[type(event)](reader, event)


class _AboutTask(Protocol):
    @property
    def task(self) -> str | None: ...


class _ByPerson(_AboutTask, Protocol):
    @property
    def person(self) -> str: ...


def _task(reader: Reader, event: _AboutTask) -> Values:
    return {"task": reader.task_named(event.task)}


def _by(reader: Reader, event: _ByPerson) -> Values:
    return {"person": reader.person(event.person), "task": reader.task_named(event.task)}


def _opinion(reader: Reader, event: Approved | Rejected | Returned) -> Values:
    return {**_by(reader, event), "opinion": event.opinion or "—"}


def _reason(
    reader: Reader, event: ItemRefused | ItemWaived | DocumentRefused | CalledBack | CauseRefused
) -> Values:
    return {**_by(reader, event), "reason": event.reason}


def _opened(reader: Reader, event: CaseOpened) -> Values:
    return {"person": reader.person(event.opener), "subject": event.subject_name}


def _step_opened(reader: Reader, event: StepOpened) -> Values:
    people = [person for filled in event.roles.values() for person in filled.people]
    due = reader.when(event.due) if event.due else "—"
    told = {**_task(reader, event), "people": reader.people(dict.fromkeys(people)), "due": due}
    return told if event.chosen is None else {**told, "chosen": reader.chosen(event.chosen)}


def _skipped(reader: Reader, event: StepSkipped) -> Values:
    person = reader.person(event.person) if event.person else ""
    return {"step": reader.declared(f"{event.approval}.{event.step}"), "person": person}


def _approval(reader: Reader, event: ApprovalBegun | ApprovalEnded) -> Values:
    turn = str(getattr(event, "round", ""))
    return {"approval": reader.declared(event.approval), "round": turn}


def _revision(reader: Reader, event: RevisionOpened) -> Values:
    return {
        "approval": reader.declared(event.approval),
        "people": reader.people(event.filled.people),
    }


def _resubmitted(reader: Reader, event: Resubmitted) -> Values:
    task = reader.scope.state.tasks[event.task]
    return {
        "person": reader.person(event.person),
        "approval": reader.declared(task.ref),
        "comment": event.comment or "—",
    }


def _naming(reader: Reader, event: NamingOpened) -> Values:
    return {"role": reader.role(event.role), "people": reader.people(event.filled.people)}


def _named(reader: Reader, event: Named) -> Values:
    return {
        "items": reader.listed(reader.task_named(item) for item in event.items),
        "role": reader.role(event.role),
        "person": reader.person(event.person),
        "by": reader.person(event.by),
    }


def _listed(reader: Reader, event: ItemsListed) -> Values:
    rule = reader.rule(event.rule) if event.rule else ""
    count = str(len(event.instances))
    return {"item": reader.declared(event.item), "count": count, "rule": rule}


def _filled(reader: Reader, event: RoleFilled) -> Values:
    return {"role": reader.role(event.role), "people": reader.people(event.filled.people)}


def _contents(reader: Reader, event: ContentProvided) -> Values:
    task = reader.scope.state.tasks[event.task]
    declared = {one.id: one for one in reader.scope.program.items[task.ref].stated}
    parts = [
        f"{reader.title(declared[name].title)}: {reader.value(declared[name].type, wire)}"
        for name, wire in event.values.items()
    ]
    return {**_by(reader, event), "contents": reader.listed(parts)}


def _evidence(reader: Reader, event: EvidenceAttached) -> Values:
    task = reader.scope.state.tasks[event.task]
    declared = {one.id: one for one in reader.scope.program.items[task.ref].evidence}
    title = reader.title(declared[event.evidence].title)
    source = reader.role(event.received_from) if event.received_from else ""
    return {**_by(reader, event), "evidence": title, "file": event.name, "source": source}


def _due_changed(reader: Reader, event: DueChanged) -> Values:
    return {**_task(reader, event), "due": reader.when(event.due) if event.due else "—"}


def _action_opened(reader: Reader, event: ActionOpened) -> Values:
    people = reader.people(event.filled.people)
    due = reader.when(event.due) if event.due else "—"
    return {"action": reader.declared(event.ref), "people": people, "due": due}


def _completed(reader: Reader, event: ActionCompleted) -> Values:
    return {**_by(reader, event), "note": event.note or "—"}


def _failed(reader: Reader, event: SystemFailed) -> Values:
    return {**_task(reader, event), "system": event.system, "note": event.note or "—"}


def _gate(reader: Reader, event: GateOpened | GateShut) -> Values:
    person = getattr(event, "waived_by", None)
    return {
        "gate": reader.declared(event.gate),
        "person": reader.person(person) if person else "",
        "reason": getattr(event, "reason", None) or "",
    }


def _escalated(reader: Reader, event: Escalated) -> Values:
    return {**_task(reader, event), "people": reader.people(event.filled.people)}


def _comment(reader: Reader, event: Commented) -> Values:
    return {**_by(reader, event), "text": event.text}


def _withdrawn(reader: Reader, event: CaseWithdrawn) -> Values:
    return {"person": reader.person(event.person), "reason": event.reason}


def _case_rest(reader: Reader, event: CaseSuspended | CaseResumed | CaseCancelled) -> Values:
    return {"person": reader.person(event.person), "reason": event.reason}


def _task_suspended(reader: Reader, event: TaskSuspended) -> Values:
    return {**_by(reader, event), "reason": event.reason}


def _task_resumed(reader: Reader, event: TaskResumed) -> Values:
    due = reader.when(event.restarted.due) if event.restarted.due else "—"
    return {**_by(reader, event), "reason": event.reason, "due": due}


def _attempt(reader: Reader, event: AttemptRefused) -> Values:
    act = reader.say(f"act.{event.command}")
    return {**_by(reader, event), "act": act, "code": event.code}


def _handed_over(reader: Reader, event: HandedOver) -> Values:
    giver = reader.people(event.in_place_of or ())
    return {**_by(reader, event), "giver": giver, "reason": event.reason or "—"}


def _counted(reader: Reader, event: Counted) -> Values:
    task = reader.scope.state.tasks[event.task]
    counts = reader.scope.program.items[task.ref].counts
    count = next(one for one in counts if one.id == event.count)
    wires = {"found": event.found, "expected": event.expected, "difference": event.difference}
    shown = {name: reader.value(count.type, wire) for name, wire in wires.items()}
    signer = reader.role(event.signer) if event.signer else ""
    return {**_task(reader, event), **shown, "count": reader.title(count.title), "signer": signer}


def _copies(reader: Reader, event: CopiesGiven) -> Values:
    people = reader.people(event.people)
    return {**_task(reader, event), "number": str(event.number), "people": people}


def _cause_asked(reader: Reader, event: CauseAsked) -> Values:
    people = reader.people(event.filled.people)
    return {"task": reader.task_named(event.item), "people": people}


def _cause_stated(reader: Reader, event: CauseStated) -> Values:
    people = reader.people(event.filled.people)
    return {**_by(reader, event), "cause": event.cause, "people": people}


def _document(reader: Reader, event: DocumentOpened) -> Values:
    people = [person for filled in event.roles.values() for person in filled.people]
    template = reader.scope.program.documents[event.ref].template
    shown = reader.people(dict.fromkeys(people))
    return {"document": reader.declared(event.ref), "template": template, "people": shown}


def _stage(reader: Reader, event: StageEntered) -> Values:
    return {"stage": reader.stage(event.stage)}


def _nothing(reader: Reader, event: Event) -> Values:
    del reader, event
    return {}


def _how_listed(event: ItemsListed) -> str:
    if not event.instances:
        return "none"
    return "added" if event.rule else "some"


DESCRIBE: dict[type[Event], Describe] = {
    CaseOpened: _opened,
    StageEntered: _stage,
    ApprovalBegun: _approval,
    ApprovalEnded: _approval,
    StepOpened: _step_opened,
    StepSkipped: _skipped,
    Approved: _opinion,
    Rejected: _opinion,
    Returned: _opinion,
    RevisionOpened: _revision,
    Resubmitted: _resubmitted,
    NamingOpened: _naming,
    Named: _named,
    ItemsListed: _listed,
    ItemApplies: _task,
    RecordChanged: _task,
    RoleFilled: _filled,
    ContentProvided: _contents,
    EvidenceAttached: _evidence,
    HandedOver: _handed_over,
    CalledBack: _reason,
    Counted: _counted,
    CopiesGiven: _copies,
    CauseAsked: _cause_asked,
    CauseStated: _cause_stated,
    CauseConfirmed: _by,
    CauseRefused: _reason,
    CauseDropped: _task,
    Signed: _by,
    ItemRefused: _reason,
    ItemWaived: _reason,
    ItemDone: _task,
    DueChanged: _due_changed,
    ActionOpened: _action_opened,
    DocumentOpened: _document,
    DocumentRefused: _reason,
    DocumentDone: _task,
    ActionCompleted: _completed,
    SystemFailed: _failed,
    GateOpened: _gate,
    GateShut: _gate,
    BecameOverdue: _task,
    Escalated: _escalated,
    **rule_sentences.DESCRIBE,
    Commented: _comment,
    CaseWithdrawn: _withdrawn,
    CaseClosed: _nothing,
    CaseSuspended: _case_rest,
    CaseResumed: _case_rest,
    CaseCancelled: _case_rest,
    TaskSuspended: _task_suspended,
    TaskResumed: _task_resumed,
    AttemptRefused: _attempt,
}

VARIANTS: dict[type[Event], Callable[[Any], str]] = {
    ApprovalBegun: lambda event: "first" if event.round == 1 else "again",
    ApprovalEnded: lambda event: event.outcome,
    StepOpened: lambda event: "named" if event.chosen is None else "chosen",
    StepSkipped: lambda event: event.why,
    ItemApplies: lambda event: "yes" if event.applies else event.why,
    EvidenceAttached: lambda event: "received" if event.received_from else "own",
    ActionOpened: lambda event: event.operation,
    GateOpened: lambda event: "waived" if event.waived_by else "conditions",
    ItemsListed: _how_listed,
    **rule_sentences.VARIANTS,
    HandedOver: lambda event: "own" if event.in_place_of is None else "in_place",
    Named: lambda event: "items" if event.items else "all",
    Counted: lambda event: "differs" if event.signer else "agrees",
    Commented: lambda event: "task" if event.task else "case",
    CaseClosed: lambda event: event.outcome,
}

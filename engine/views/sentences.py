"""Every event in a sentence of the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

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
    CaseClosed,
    CaseOpened,
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
    ItemInstance,
    ItemReady,
    ItemRefused,
    ItemsListed,
    ItemWaived,
    Moved,
    Named,
    NamingEnded,
    NamingOpened,
    People,
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
    TimerFired,
)
from engine.views import arranging, life_sentences, rule_sentences
from engine.views.reader import Reader
from engine.views.telling import Describe, Values, about_task, by_person, noted, said

INNER: frozenset[type[Event]] = frozenset(
    {RuleReset, Moved, TimerFired, StepEnded, Armed, NamingEnded}
)
"""Events that only the engine needs; people are told what came of them."""
T = TypeVar("T")


def told(records: Iterable[T], event_of: Callable[[T], Event]) -> Iterator[T]:
    """What people are told of: not the engine's own steps, nor again who fills a role, for however many tasks."""
    known: set[tuple[str, People]] = set()
    for record in records:
        event = event_of(record)
        if isinstance(event, RoleFilled):
            if (event.role, event.filled.people) not in known:
                known.add((event.role, event.filled.people))
                yield record
        elif type(event) not in INNER:
            if not isinstance(event, NamingOpened):
                known = {(event.role, (event.person,))} if isinstance(event, Named) else set()
            yield record


def sentence(reader: Reader, event: Event) -> str:
    """One event in words."""
    message, values = describe(reader, event)
    return reader.say(f"event.{message}", **values)


def describe(reader: Reader, event: Event) -> tuple[str, Values]:
    """The message id behind `event.` and the values of an event's sentence."""
    name = type(event).__name__
    variant = VARIANTS[type(event)](event) if type(event) in VARIANTS else ""
    message = f"{name}.{variant}" if variant else name
    return message, DESCRIBE[type(event)](reader, event)


def _opinion(reader: Reader, event: Approved | Rejected | Returned) -> Values:
    by = getattr(event, "by", None)
    hand = {"by": reader.person(by)} if by else {}
    return {**by_person(reader, event), **hand, "opinion": said(reader, event.opinion)}


def _reason(
    reader: Reader,
    event: ItemRefused | ItemWaived | DocumentRefused | CalledBack | CauseRefused,
) -> Values:
    return {**by_person(reader, event), "reason": event.reason}


def _opened(reader: Reader, event: CaseOpened) -> Values:
    return {
        "person": reader.person(event.opener),
        "subject": event.subject_name,
        "case": event.reopens or reader.listed(event.beside),
        "reason": event.reason,
    }


def _how_begun(event: CaseOpened) -> str:
    if event.reopens is not None:
        return "again"
    return "beside" if event.beside else "first"


def _step_opened(reader: Reader, event: StepOpened) -> Values:
    people = [person for filled in event.roles.values() for person in filled.people]
    told = {
        **about_task(reader, event),
        "people": reader.people(dict.fromkeys(people)),
        "until": reader.until(event.due),
        "barred": reader.listed(reader.barred(one) for one in event.roles.values() if one.barred),
    }
    return told if event.chosen is None else {**told, "chosen": reader.chosen(event.chosen)}


def _how_opened(event: StepOpened) -> str:
    if event.chosen is not None:
        return "chosen"
    return "barred" if any(one.barred for one in event.roles.values()) else "named"


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
        "comment": said(reader, event.comment),
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
    count = str(len(_applying(event)))
    return {"item": reader.declared(event.item), "count": count, "rule": rule}


def _filled(reader: Reader, event: RoleFilled) -> Values:
    return {"role": reader.role(event.role), "people": reader.people(event.filled.people)}


def _contents(reader: Reader, event: ContentProvided) -> Values:
    task = reader.scope.state.tasks[event.task]
    declared = {one.id: one for one in reader.scope.program.items[task.ref].stated}
    parts = [
        reader.labelled(reader.title(declared[name].title), reader.value(declared[name].type, wire))
        for name, wire in event.values.items()
    ]
    return {**by_person(reader, event), "contents": reader.listed(parts)}


def _evidence(reader: Reader, event: EvidenceAttached) -> Values:
    task = reader.scope.state.tasks[event.task]
    declared = {one.id: one for one in reader.scope.program.items[task.ref].evidence}
    title = reader.title(declared[event.evidence].title)
    source = reader.role(event.received_from) if event.received_from else ""
    return {**by_person(reader, event), "evidence": title, "file": event.name, "source": source}


def _ready(reader: Reader, event: ItemReady) -> Values:
    return {**about_task(reader, event), "until": reader.until(event.due)}


def _due_changed(reader: Reader, event: DueChanged) -> Values:
    return {**about_task(reader, event), "due": reader.due(event.due)}


def _action_opened(reader: Reader, event: ActionOpened) -> Values:
    people = reader.people(event.filled.people)
    until = reader.until(event.due)
    return {"action": reader.declared(event.ref), "people": people, "until": until}


def _completed(reader: Reader, event: ActionCompleted) -> Values:
    return {**by_person(reader, event), "note": noted(reader, event.note)}


def _failed(reader: Reader, event: SystemFailed) -> Values:
    return {**about_task(reader, event), "system": event.system, "note": noted(reader, event.note)}


def _gate(reader: Reader, event: GateOpened | GateShut) -> Values:
    person = getattr(event, "waived_by", None)
    return {
        "gate": reader.declared(event.gate),
        "person": reader.person(person) if person else "",
        "reason": getattr(event, "reason", None) or "",
    }


def _escalated(reader: Reader, event: Escalated) -> Values:
    return {**about_task(reader, event), "people": reader.people(event.filled.people)}


def _comment(reader: Reader, event: Commented) -> Values:
    return {**by_person(reader, event), "text": event.text}


def _attempt(reader: Reader, event: AttemptRefused) -> Values:
    act = reader.say(f"act.{event.command}")
    return {**by_person(reader, event), "act": act, "code": event.code}


def _handed_over(reader: Reader, event: HandedOver) -> Values:
    giver = reader.people(event.in_place_of or ())
    return {**by_person(reader, event), "giver": giver, "reason": event.reason or "—"}


def _counted(reader: Reader, event: Counted) -> Values:
    task = reader.scope.state.tasks[event.task]
    counts = reader.scope.program.items[task.ref].counts
    count = next(one for one in counts if one.id == event.count)
    wires = {"found": event.found, "expected": event.expected, "difference": event.difference}
    shown = {name: reader.value(count.type, wire) for name, wire in wires.items()}
    signer = reader.role(event.signer) if event.signer else ""
    return {
        **about_task(reader, event),
        **shown,
        "count": reader.title(count.title),
        "signer": signer,
    }


def _copies(reader: Reader, event: CopiesGiven) -> Values:
    people = reader.people(event.people)
    return {**about_task(reader, event), "number": str(event.number), "people": people}


def _cause_asked(reader: Reader, event: CauseAsked) -> Values:
    people = reader.people(event.filled.people)
    return {"task": reader.task_named(event.item), "people": people}


def _cause_stated(reader: Reader, event: CauseStated) -> Values:
    people = reader.people(event.filled.people)
    return {**by_person(reader, event), "cause": event.cause, "people": people}


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


def _applying(event: ItemsListed) -> list[ItemInstance]:
    return [one for one in event.instances if one.status != "not_applicable"]


def _how_listed(event: ItemsListed) -> str:
    if not _applying(event):
        return "idle" if event.instances else "none"
    return "added" if event.rule else "some"


DESCRIBE: dict[type[Event], Describe] = {
    **arranging.DESCRIBE,
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
    ItemReady: _ready,
    ItemApplies: about_task,
    RecordChanged: about_task,
    RoleFilled: _filled,
    ContentProvided: _contents,
    EvidenceAttached: _evidence,
    HandedOver: _handed_over,
    CalledBack: _reason,
    Counted: _counted,
    CopiesGiven: _copies,
    CauseAsked: _cause_asked,
    CauseStated: _cause_stated,
    CauseConfirmed: by_person,
    CauseRefused: _reason,
    CauseDropped: about_task,
    Signed: by_person,
    ItemRefused: _reason,
    ItemWaived: _reason,
    ItemDone: about_task,
    DueChanged: _due_changed,
    ActionOpened: _action_opened,
    DocumentOpened: _document,
    DocumentRefused: _reason,
    DocumentDone: about_task,
    ActionCompleted: _completed,
    SystemFailed: _failed,
    GateOpened: _gate,
    GateShut: _gate,
    BecameOverdue: about_task,
    Escalated: _escalated,
    **rule_sentences.DESCRIBE,
    Commented: _comment,
    CaseClosed: _nothing,
    **life_sentences.DESCRIBE,
    AttemptRefused: _attempt,
}

VARIANTS: dict[type[Event], Callable[[Any], str]] = {
    **arranging.VARIANTS,
    CaseOpened: _how_begun,
    ApprovalBegun: lambda event: "first" if event.round == 1 else "again",
    ApprovalEnded: lambda event: event.outcome,
    StepOpened: _how_opened,
    StepSkipped: lambda event: event.why,
    ItemApplies: lambda event: "yes" if event.applies else event.why,
    RoleFilled: lambda event: event.filled.lacking or "people",
    EvidenceAttached: lambda event: "received" if event.received_from else "own",
    DueChanged: lambda event: "day" if event.due else "none",
    ActionOpened: lambda event: event.operation,
    GateOpened: lambda event: "waived" if event.waived_by else "conditions",
    ItemsListed: _how_listed,
    **rule_sentences.VARIANTS,
    HandedOver: lambda event: "own" if event.in_place_of is None else "in_place",
    Named: lambda event: "items" if event.items else "all",
    Counted: lambda event: "differs" if event.signer else "agrees",
    Commented: lambda event: "task" if event.task else "case",
    CaseClosed: lambda event: event.outcome,
    Approved: lambda event: "by" if event.by else "",
    Rejected: lambda event: "by" if event.by else "",
}

"""A task as its people see it: what is asked, what is missing, by when, and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from msgspec import Struct

from dsl.model import Content, Count, EndOnReject, Evidence
from engine.authority import giver_is_gone, managers, stand_ins, waivers
from engine.commands import CommandName
from engine.completeness import missing_parts
from engine.seen import application_hash, signed_hash
from engine.signing import parts_of
from engine.state import (
    ActionTask,
    CauseTask,
    DocumentTask,
    ItemTask,
    RevisionTask,
    SignedTask,
    StepTask,
    Task,
)
from engine.views.origins import origins
from engine.views.reader import Reader
from engine.views.rest import stands_still, why_at_rest
from engine.views.whose import arrangements, why_they
from engine.waiting import next_signers, owners_awaited, people_awaited

STATUS = Literal[
    "waiting",
    "open",
    "handed_over",
    "done",
    "waived",
    "not_applicable",
    "cancelled",
    "overdue",
    "suspended",
    "rejected",
    "returned",
]


class PartView(Struct, frozen=True):
    """One content or evidence of an item: what was given, or that it is still missing."""

    id: str
    title: str
    kind: Literal["content", "evidence"]
    given: str | None
    missing: bool


class TaskView(Struct, frozen=True):
    """One task, for one reader.

    Attributes:
        ref: the declaration that it comes from, as the plan's nodes name it.
        provisional: the holidays of the year in which it is due are not announced yet.
        seen: the content hash to approve or sign with; empty where nothing is signed.
        acts: the commands that the viewer may give now.
        why: why the task is there, or why nothing can be done about it, in sentences.
        origin: which lines of the rulebook ask for it, and of whom.
    """

    id: str
    case: str
    kind: str
    ref: str
    title: str
    status: STATUS
    opened_at: datetime
    ended_at: datetime | None
    due: datetime | None
    provisional: bool
    waits_for: tuple[str, ...]
    people: tuple[str, ...]
    parts: tuple[PartView, ...]
    seen: str
    acts: tuple[CommandName, ...]
    why: tuple[str, ...]
    origin: tuple[str, ...]


def task_view(reader: Reader, task: Task, viewer: str) -> TaskView:
    """A task as the viewer sees it."""
    scope = reader.scope
    people = people_awaited(scope.program, task)
    seen = ""
    if isinstance(task, StepTask):
        seen = application_hash(scope.state)
    elif isinstance(task, SignedTask):
        seen = signed_hash(scope.state, task)
    return TaskView(
        id=task.id,
        case=scope.state.id,
        kind=task.kind,
        ref=task.ref,
        title=reader.task(task),
        status=_status(reader, task),
        opened_at=task.opened_at,
        ended_at=task.ended_at,
        due=task.due,
        provisional=reader.provisional(task.due),
        waits_for=tuple(reader.person(one) for one in people),
        people=people,
        parts=_parts(reader, task) if isinstance(task, ItemTask) else (),
        seen=seen,
        acts=_acts(reader, task, viewer, people),
        why=tuple(_why(reader, task, people)),
        origin=origins(reader, task),
    )


def _parts(reader: Reader, task: ItemTask) -> tuple[PartView, ...]:
    item = reader.scope.program.items[task.ref]
    missing = {one.id for one in missing_parts(reader.scope, task)}
    contents = (_content(reader, task, one, one.id in missing) for one in item.stated)
    files = (_evidence(reader, task, one, one.id in missing) for one in item.evidence)
    return (*contents, *files)


def _content(reader: Reader, task: ItemTask, part: Content | Count, missing: bool) -> PartView:  # noqa: FBT001
    wire = task.contents.get(part.id)
    given = None if wire is None else reader.value(part.type, wire)
    return PartView(part.id, reader.title(part.title), "content", given, missing)


def _evidence(reader: Reader, task: ItemTask, part: Evidence, missing: bool) -> PartView:  # noqa: FBT001
    files = task.evidence.get(part.id, ())
    given = reader.listed(one.name for one in files) if files else None
    return PartView(part.id, reader.title(part.title), "evidence", given, missing)


def _acts(
    reader: Reader, task: Task, viewer: str, awaited: tuple[str, ...]
) -> tuple[CommandName, ...]:
    if task.ended:
        return ()
    acts: list[CommandName] = []
    still = stands_still(reader, task)
    running = reader.scope.state.status == "open" and reader.scope.state.suspended is None
    if running and viewer in managers(reader.scope):
        acts.append("resume" if still else "suspend")
    if still:
        return tuple(acts)
    if viewer in awaited or viewer in owners_awaited(reader.scope.program, task):
        acts = [*_own_acts(reader, task), *acts]
    if isinstance(task, ItemTask):
        acts += _item_acts(reader, task, viewer, awaited)
    return (*acts, *arrangements(reader, task, viewer, awaited))


def _item_acts(
    reader: Reader, task: ItemTask, viewer: str, awaited: tuple[str, ...]
) -> Iterable[CommandName]:
    """What people may do with an item besides those whom it waits for."""
    scope = reader.scope
    giver = scope.program.items[task.ref].giver
    if task.status == "open" and viewer not in awaited and viewer in stand_ins(scope, task):
        yield "hand_over"
    accepted = any(giver not in one.roles for one in task.signatures)
    if task.status == "handed_over" and not accepted and viewer in task.roles[giver].people:
        yield "call_back"
    if viewer in _waivers(reader, task):
        yield "waive"


def _own_acts(reader: Reader, task: Task) -> tuple[CommandName, ...]:
    match task:
        case StepTask():
            back = reader.scope.program.approvals[task.approval].on_reject
            ends = isinstance(back, EndOnReject | None)
            return ("approve", "reject") if ends else ("approve", "reject", "return")
        case ItemTask() if task.status == "handed_over":
            return ("sign", "refuse")
        case DocumentTask():
            return ("sign", "refuse")
        case CauseTask() if task.status == "handed_over":
            return ("confirm_cause", "refuse_cause")
        case CauseTask():
            return ("state_cause",)
        case ItemTask():
            item = reader.scope.program.items[task.ref]
            stated: tuple[CommandName, ...] = ("provide",) if item.stated else ()
            attached: tuple[CommandName, ...] = ("attach",) if item.evidence else ()
            return (*stated, *attached, "hand_over")
        case ActionTask():
            return ("complete",)
        case _:
            return ("name",) if task.kind == "naming" else ("resubmit",)


def _status(reader: Reader, task: Task) -> STATUS:
    if stands_still(reader, task):
        return "suspended"
    if task.overdue:
        return "overdue"
    if isinstance(task, StepTask) and task.outcome in ("rejected", "returned"):
        return task.outcome
    return task.status


def _waivers(reader: Reader, task: ItemTask) -> tuple[str, ...]:
    return waivers(reader.scope, reader.scope.program.items[task.ref].waiver)


def _why(reader: Reader, task: Task, people: tuple[str, ...]) -> list[str]:
    """In order: where it stands, what it waits for, what is missing, the rulebook's own reason."""
    found = [*why_at_rest(reader, task), *_why_kind(reader, task), *_why_rules(reader, task)]
    if not task.ended:
        found += why_they(reader, task)
    if not people and task.status in ("open", "handed_over"):
        found += _why_nobody(reader, task) or [reader.say("why.no_one_left")] * (not found)
    if task.late and not task.ended and task.due is not None:  # what waits for others too
        found.append(reader.say("why.overdue", due=reader.when(task.due)))
    if not task.ended and reader.provisional(task.due):
        found.append(reader.say("why.provisional"))
    because = _because(reader, task)
    if because is not None:
        found.append(reader.say("why.because", because=because))
    return found


def _why_rules(reader: Reader, task: Task) -> list[str]:
    """Which rule has brought the task, or what a rule makes it wait for."""
    state = reader.scope.state
    found: list[str] = []
    if isinstance(task, ItemTask) and task.ref in state.added_by:
        found.append(_rule_says(reader, "why.added", state.added_by[task.ref]))
    for held, approvals in state.required.items():
        kind, _, ref = held.partition(":")
        for approval, rule in approvals.items():
            mine = isinstance(task, StepTask | RevisionTask) and task.approval == approval
            if mine or (ref == task.ref and approval in state.unapproved(kind, ref)):
                values = {"approval": reader.declared(approval), "target": reader.named(ref)}
                answer = state.approvals.get(approval)
                refused = answer is not None and answer.status == "rejected"
                message = "why.required_refused" if refused else "why.required"
                found.append(_rule_says(reader, message, rule, **values))
    return found


def _rule_says(reader: Reader, message: str, rule: str, **values: str) -> str:
    why = reader.because(reader.scope.program.triggers.rules[rule].because)
    return reader.say(message, rule=reader.rule(rule), why=why, **values)


def _why_kind(reader: Reader, task: Task) -> list[str]:
    match task:
        case ItemTask():
            return _why_item(reader, task)
        case DocumentTask():
            return _why_document(reader, task)
        case CauseTask():
            return _why_cause(reader, task)
        case StepTask():
            return _why_step(reader, task)
        case _:
            return []


def _why_item(reader: Reader, task: ItemTask) -> list[str]:
    program, state = reader.scope.program, reader.scope.state
    item = program.items[task.ref]
    if task.status == "waiting":
        first = [one for one in item.after if one in state.unlisted or state.undone.get(one)]
        return [reader.say("why.after", items=reader.listed(reader.declared(one) for one in first))]
    if task.status == "open":
        missing = [reader.title(one.title) for one in missing_parts(reader.scope, task)]
        lines = [reader.say("why.missing", parts=reader.listed(missing))] if missing else []
        if giver_is_gone(reader.scope, task):
            people = reader.people(stand_ins(reader.scope, task))
            lines.append(reader.say("why.giver_gone", people=people))
        return [*lines, *([reader.say("why.refused")] if task.round > 1 else [])]
    if task.status == "handed_over":
        roles = next_signers(program, task)
        lines = [reader.say("why.signatures", roles=reader.roles(roles))]
        return [*_how_given(reader, task), *lines, *_why_unaccepted(reader, task)]
    if task.status == "not_applicable":
        return [_why_left_out(reader, task)]
    return []


def _how_given(reader: Reader, task: ItemTask) -> list[str]:
    """Who handed it over for whom, and what was counted otherwise than it should be."""
    lines = [
        reader.say(
            "why.in_place",
            person=reader.person(one.person),
            giver=reader.people(one.in_place_of),
        )
        for one in task.signatures
        if one.in_place_of is not None
    ]
    for count in reader.scope.program.items[task.ref].counts:
        tally = task.tallies.get(count.id)
        if tally is not None and tally.signer is not None:
            wires = ("found", tally.found), ("expected", tally.expected)
            shown = {name: reader.value(count.type, wire) for name, wire in wires}
            difference = reader.value(count.type, tally.difference)
            values = {**shown, "difference": difference, "signer": reader.role(tally.signer)}
            lines.append(reader.say("why.differs", count=reader.title(count.title), **values))
    return lines


def _why_unaccepted(reader: Reader, task: ItemTask) -> list[str]:
    item = reader.scope.program.items[task.ref]
    if item.accepted is None or reader.scope.holds(item.accepted, task):
        return []
    titles = {one.id: reader.title(one.title) for one in item.stated}
    parts = dict.fromkeys(parts_of(item.accepted, task.ref))
    shown = reader.listed(titles.get(one) or reader.declared(one) for one in parts)
    return [reader.say("why.unaccepted", parts=shown)]


def _why_left_out(reader: Reader, task: ItemTask) -> str:
    each = reader.scope.program.items[task.ref].each
    if task.recordless and each is not None:
        return reader.say("why.left_out.record", list=reader.declared(each.over))
    return reader.say("why.left_out.condition")


def _why_cause(reader: Reader, task: CauseTask) -> list[str]:
    lines = [reader.say("why.cause_asked")]
    if task.status == "handed_over":
        person = reader.person(task.stated_by)
        return [*lines, reader.say("why.cause_stated", person=person, cause=task.cause)]
    return [*lines, *([reader.say("why.cause_refused")] if task.round > 1 else [])]


def _why_document(reader: Reader, task: DocumentTask) -> list[str]:
    if task.ended:
        return []
    roles = next_signers(reader.scope.program, task)
    lines = [reader.say("why.signatures", roles=reader.roles(roles))]
    return [*lines, *([reader.say("why.document_refused")] if task.round > 1 else [])]


def _why_step(reader: Reader, task: StepTask) -> list[str]:
    yes = [reader.person(vote.person) for vote in task.votes if vote.approves]
    lines = _why_chosen(reader, task)
    lines += [reader.say("why.approved_so_far", people=reader.listed(yes))] if yes else []
    short = [slot for slot in task.slots if len(task.people_of(slot)) < task.need_of(slot)]
    lines += [
        reader.say(
            "why.quorum",
            need=task.need_of(slot),
            count=len(task.people_of(slot)),
            roles=reader.roles(slot.roles),
        )
        for slot in short
    ]
    turns = sorted({slot.turn for slot in task.slots})
    if len(turns) > 1:
        order = (reader.people(_of_turn(task, turn)) for turn in turns)
        lines.append(reader.say("why.turns", people=" → ".join(order)))
    return lines


def _of_turn(task: StepTask, turn: int) -> tuple[str, ...]:
    found = [one for slot in task.slots if slot.turn == turn for one in task.people_of(slot)]
    return tuple(dict.fromkeys(found))


def _why_chosen(reader: Reader, task: StepTask) -> list[str]:
    """What chose the roles of a step, and where the row that did is written."""
    if task.chosen is None:
        return []
    roles = reader.roles(task.roles) or reader.say("reader.nobody")
    return [reader.say("why.chosen", chosen=reader.chosen(task.chosen), roles=roles)]


def _why_nobody(reader: Reader, task: Task) -> list[str]:
    lines = []
    for role, filled in task.roles.items():
        if filled.lacking is not None:
            lines.append(reader.say(f"why.{filled.lacking}", role=reader.role(role)))
    return lines


def _because(reader: Reader, task: Task) -> str | None:
    program = reader.scope.program
    declared = (
        program.items.get(task.ref)
        or program.actions.get(task.ref)
        or program.accesses.get(task.ref)
    )
    if isinstance(task, DocumentTask):
        return program.documents[task.ref].because
    if isinstance(task, StepTask):
        return program.approvals[task.approval].because
    return declared.because if declared is not None else None

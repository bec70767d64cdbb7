"""Items: listing, roles, content, evidence, signatures, ends."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from datetime import datetime
from functools import lru_cache
from sys import intern
from typing import Any, TypeVar

from engine.events import (
    CalledBack,
    ContentProvided,
    CopiesGiven,
    Counted,
    Event,
    EvidenceAttached,
    Filled,
    HandedOver,
    ItemApplies,
    ItemDone,
    ItemReady,
    ItemRefused,
    ItemsListed,
    ItemWaived,
    Named,
    NamingEnded,
    NamingOpened,
    RecordChanged,
    RoleFilled,
    Signed,
    TimerSet,
)
from engine.rest import Clock
from engine.state import (
    Attachment,
    CaseState,
    Given,
    ItemTask,
    Signature,
    SignedTask,
    StepTask,
    Tally,
    Task,
)
from engine.tasks import NOTHING

T = TypeVar("T", bound=Hashable)


def items_listed(state: CaseState, event: ItemsListed, at: datetime) -> None:
    """Every instance is in the case from now on."""
    ref = intern(event.item)
    state.unlisted.discard(ref)
    ids = [one.task for one in event.instances]
    state.items[ref] = (*state.items.get(ref, ()), *ids)
    roles = _one_object(tuple(event.roles.items()))
    if event.rule is not None:
        state.added_by = {**state.added_by, event.item: event.rule}
    for instance in event.instances:
        task = ItemTask(
            id=instance.task,
            kind="item",
            ref=ref,
            opened_at=at,
            status=instance.status,
            due=_one_value(instance.due),
            roles=roles,
            key=instance.key,
            record=instance.record,
        )
        state.add(task, _one_value(instance.timers))


@lru_cache(4096)
def _one_object(roles: tuple[tuple[str, Filled], ...]) -> Mapping[str, Filled]:
    """The same roles, filled alike, are one object in all the cases at hand."""
    return dict(roles)


@lru_cache(4096)
def _one_value(value: T) -> T:
    """The same deadline, with the same timers, is one object too; so are the roles of a signature."""
    return value


def item_ready(state: CaseState, event: ItemReady, at: datetime) -> None:
    """The item need not wait any more."""
    task = state.tasks[event.task]
    state.change(task, "open", at)
    if event.due is not None:
        _begin(state, task, event.due, event.timers, at)


def _begin(
    state: CaseState, task: Task, due: datetime | None, timers: tuple[TimerSet, ...], at: datetime
) -> None:
    """A task's time begins now, whatever it has used up before."""
    task.opened_at = at
    suspended = None if task.clock is None else task.clock.suspended
    task.clock = None if suspended is None else Clock(since=at, suspended=suspended)
    state.set_due(task, due, at)
    state.set_timers(task.id, timers)


def item_applies(state: CaseState, event: ItemApplies, at: datetime) -> None:
    """An item comes into the case or leaves it, after a fact has changed."""
    task = state.tasks[event.task]
    if event.applies:
        state.change(task, "waiting" if event.waiting else "open", at)
        _begin(state, task, event.due, event.timers, at)
        _item(state, event.task).recordless = False
        state.join(*task.owners)
    else:
        state.change(task, "not_applicable", at)
        _item(state, event.task).recordless = event.why == "record"


def record_changed(state: CaseState, event: RecordChanged, at: datetime) -> None:
    """The instance is about the new values; what has been given for it stays."""
    del at
    _item(state, event.task).record = event.record


def role_filled(state: CaseState, event: RoleFilled, at: datetime) -> None:
    """The role's people stand in each of the tasks; what others had arranged there is void."""
    del at
    for task_id in event.tasks:
        task = state.tasks[task_id]
        if event.role in task.fixed and _all_others(task.roles[event.role], event.filled):
            task.fixed = tuple(one for one in task.fixed if one != event.role)
        task.roles = {**task.roles, event.role: event.filled}
        if task.status != "not_applicable":
            state.join(*event.filled.people)
        if event.slots and isinstance(task, StepTask):
            task.slots = event.slots
        owners = task.owners
        task.claims = tuple(one for one in task.claims if one in owners)
        task.stand_ins = tuple(one for one in task.stand_ins if one.person in owners)


def _all_others(before: Filled, after: Filled) -> bool:
    """Nobody who was chosen is left: the role is as the rulebook says again."""
    return not set(before.people).intersection(after.people)


def naming_opened(state: CaseState, event: NamingOpened, at: datetime) -> None:
    """Somebody must name the role's person."""
    task = Task(
        id=event.task,
        kind="naming",
        ref=event.role,
        opened_at=at,
        due=event.due,
        roles={event.by: event.filled},
    )
    state.add(task, event.timers)


def named(state: CaseState, event: Named, at: datetime) -> None:
    """The role has its person, in the whole case or for some items."""
    for item in event.items:
        task = _item(state, item)
        task.named = {**task.named, event.role: event.person}
    if not event.items:
        state.change(state.tasks[event.task], "done", at)
        state.named = {**state.named, event.role: event.person}
    state.forget_roles()
    state.join(event.person, event.by)


def naming_ended(state: CaseState, event: NamingEnded, at: datetime) -> None:
    """Nobody need be named any more."""
    state.change(state.tasks[event.task], "done", at)


def content_provided(state: CaseState, event: ContentProvided, at: datetime) -> None:
    """What is said later stands."""
    del at
    task = _item(state, event.task)
    task.contents = {**task.contents, **event.values}
    state.join(event.person)


def evidence_attached(state: CaseState, event: EvidenceAttached, at: datetime) -> None:
    """Earlier files stay beside the new one."""
    del at
    attachment = Attachment(
        sha256=event.sha256,
        size=event.size,
        name=event.name,
        person=event.person,
        received_from=event.received_from,
    )
    task = _item(state, event.task)
    found = task.evidence.get(event.evidence, ())
    task.evidence = {**task.evidence, event.evidence: (*found, attachment)}
    state.join(event.person)


def handed_over(state: CaseState, event: HandedOver, at: datetime) -> None:
    """Handing over is the giver's signature, whoever does it."""
    task = _item(state, event.task)
    state.change(task, "handed_over", at)
    if event.roles:
        signature = Signature(
            person=intern(event.person),
            roles=_one_value(event.roles),
            at=at,
            in_place_of=event.in_place_of,
        )
        task.signatures += (signature,)
    state.join(event.person)


def signed(state: CaseState, event: Signed, at: datetime) -> None:
    """One more signature, under an item or a document."""
    task = state.tasks[event.task]
    assert isinstance(task, SignedTask)
    signature = Signature(person=intern(event.person), roles=_one_value(event.roles), at=at)
    task.signatures += (signature,)
    state.join(event.person)


def counted(state: CaseState, event: Counted, at: datetime) -> None:
    """What the count came to stands until the item is handed over again."""
    del at
    task = _item(state, event.task)
    tally = Tally(
        found=event.found,
        expected=event.expected,
        difference=event.difference,
        signer=event.signer,
    )
    task.tallies = {**task.tallies, event.count: tally}


def copies_given(state: CaseState, event: CopiesGiven, at: datetime) -> None:
    """Whoever has a copy has a part in the case."""
    del at
    state.join(*event.people)


def item_reopened(state: CaseState, event: ItemRefused | CalledBack, at: datetime) -> None:
    """Open again; content and evidence stay, signatures and what was counted do not."""
    task = _item(state, event.task)
    state.change(task, "open", at)
    task.earlier += (Given(task.record, task.contents, task.evidence),)
    task.signatures = ()
    task.tallies = NOTHING
    task.round += 1
    state.join(event.person)


def item_waived(state: CaseState, event: ItemWaived, at: datetime) -> None:
    """Done without."""
    state.change(state.tasks[event.task], "waived", at)
    state.join(event.person)


def item_done(state: CaseState, event: ItemDone, at: datetime) -> None:
    """Signed by all."""
    state.change(state.tasks[event.task], "done", at)


def _item(state: CaseState, task: str) -> ItemTask:
    found = state.tasks[task]
    assert isinstance(found, ItemTask)
    return found


APPLIERS: dict[type[Event], Callable[[CaseState, Any, datetime], None]] = {
    ItemsListed: items_listed,
    ItemReady: item_ready,
    ItemApplies: item_applies,
    RecordChanged: record_changed,
    RoleFilled: role_filled,
    NamingOpened: naming_opened,
    Named: named,
    NamingEnded: naming_ended,
    ContentProvided: content_provided,
    EvidenceAttached: evidence_attached,
    HandedOver: handed_over,
    Signed: signed,
    ItemRefused: item_reopened,
    CalledBack: item_reopened,
    Counted: counted,
    CopiesGiven: copies_given,
    ItemWaived: item_waived,
    ItemDone: item_done,
}

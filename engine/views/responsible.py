"""Who was responsible for something on a day, through any number of hand-overs, with the proof."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from engine.events import ItemDone, People
from engine.replay import event_of
from engine.state import ItemTask
from engine.store.port import StoredEvent
from engine.views.reader import Reader
from engine.waiting import next_signers, people_awaited


class Proof(Struct, frozen=True):
    """Where a hand-over is recorded: the act's place in its stream, and the hash of what lies before."""

    case: str
    sequence: int
    hash_before: str


class HandOverRecord(Struct, frozen=True):
    """One hand-over of one thing, finished or not.

    Attributes:
        thing: what is handed over, the same in every case: a record by its shape and key, else an item
            of a person.
        giver, receiver: the people, by id; `giver_names` and `receiver_names` by name.
        since: when the case was opened: from then on the giver is on record for it.
        done: when the receiver took it over; None while that has not happened.
        unsigned: whose signature it waits for, by name, once it is handed over.
        proof: the act with which it was done.
    """

    thing: str
    title: str
    task: str
    giver: People
    receiver: People
    giver_names: tuple[str, ...]
    receiver_names: tuple[str, ...]
    since: datetime
    done: datetime | None
    day: date | None
    proof: Proof | None
    unsigned: tuple[str, ...] = ()


class Answer(Struct, frozen=True):
    """Who was responsible for a thing on a day.

    `how`: `received` in a finished hand-over, or `giver` of one that was finished later or not yet.
    `unsigned`: whose signature it waits for now, by name, where it has been handed over.
    """

    thing: str
    title: str
    people: tuple[str, ...]
    how: Literal["received", "giver"]
    since: datetime
    until: datetime | None
    task: str
    proof: Proof | None
    unsigned: tuple[str, ...] = ()


def is_meant(reader: Reader, task: ItemTask, text: str) -> bool:
    """True if somebody means this item: by its id, its title, its record's key, or both (`item[key]`)."""
    item = reader.scope.program.items[task.ref]
    names = {task.ref, *item.title.values(), task.id, reader.task(task)}
    if task.key is not None:
        shape = reader.scope.program.record_of(item)
        kinds = (task.ref, *item.title.values(), shape.id, *shape.title.values())
        names |= {task.key, *(f"{kind}[{task.key}]" for kind in kinds)}
    return text in names


def hand_overs(
    reader: Reader, text: str | None, stored: Iterable[StoredEvent]
) -> list[HandOverRecord]:
    """The hand-overs of a case that somebody means, all of them by None.

    Its events are read only if there are any.
    """
    state = reader.scope.state
    meant = [
        task
        for task in state.tasks.values()
        if isinstance(task, ItemTask)
        and task.status in ("waiting", "open", "handed_over", "done")
        and (text is None or is_meant(reader, task, text))
    ]
    if not meant:
        return []
    proofs = _proofs(stored)
    return [_record(reader, task, proofs.get(task.id)) for task in meant]


def responsible(records: Iterable[HandOverRecord], day: date) -> list[Answer]:
    """For each thing, whoever had it at the end of the day.

    That is the receiver of the last hand-over finished by then; before the first, its giver.
    """
    by_thing: dict[str, list[HandOverRecord]] = {}
    for one in records:
        by_thing.setdefault(one.thing, []).append(one)
    return [_answer(sorted(chain, key=_order), day) for chain in by_thing.values()]


def receivers(reader: Reader, task: ItemTask) -> People:
    """Who has taken an item over, or will: whoever signed as its receiver, else the receiver's people."""
    receiver = reader.scope.program.items[task.ref].receiver
    signed = tuple(one.person for one in task.signatures if receiver in one.roles)
    return signed or task.roles[receiver].people


def thing_of(reader: Reader, task: ItemTask) -> str:
    """What an item hands over, the same in every case."""
    if task.key is None:
        return f"{task.ref}@{reader.scope.state.subject}"
    return f"{reader.scope.program.record_of(reader.scope.program.items[task.ref]).id}[{task.key}]"


def _order(record: HandOverRecord) -> tuple[bool, datetime]:
    return record.done is None, record.done or record.since


def _answer(chain: list[HandOverRecord], day: date) -> Answer:
    before = [one for one in chain if one.day is not None and one.day <= day]
    after = [one for one in chain if one not in before]
    until = after[0].done if after else None
    if before:
        last = before[-1]
        assert last.done is not None
        return Answer(
            last.thing, last.title, last.receiver_names, "received", last.done, until, last.task,
            last.proof,
        )  # fmt: skip
    first = after[0]
    return Answer(
        first.thing, first.title, first.giver_names, "giver", first.since, until, first.task,
        first.proof, first.unsigned,
    )  # fmt: skip


def _record(reader: Reader, task: ItemTask, found: tuple[datetime, Proof] | None) -> HandOverRecord:
    scope = reader.scope
    item = scope.program.items[task.ref]
    receiver = receivers(reader, task)
    giver = task.roles[item.giver].people
    assert scope.state.opened_at is not None
    done = found[0] if found else None
    return HandOverRecord(
        thing=thing_of(reader, task),
        title=reader.task(task),
        task=task.id,
        giver=giver,
        receiver=receiver,
        giver_names=tuple(reader.person(one) for one in giver),
        receiver_names=tuple(reader.person(one) for one in receiver),
        since=scope.state.opened_at,
        done=done,
        day=None if done is None else done.astimezone(scope.program.zone).date(),
        proof=found[1] if found else None,
        unsigned=_unsigned(reader, task),
    )


def _unsigned(reader: Reader, task: ItemTask) -> tuple[str, ...]:
    """By name whose signature a hand-over waits for, by role where that is nobody."""
    if task.status != "handed_over":
        return ()
    program = reader.scope.program
    people = people_awaited(program, task)
    return tuple(map(reader.person, people)) or tuple(map(reader.role, next_signers(program, task)))


def _proofs(stored: Iterable[StoredEvent]) -> dict[str, tuple[datetime, Proof]]:
    """Per item the act with which it was done."""
    found: dict[str, tuple[datetime, Proof]] = {}
    for one in stored:
        event = event_of(one)
        if isinstance(event, ItemDone):
            found[event.task] = (one.occurred_at, Proof(one.stream, one.sequence, one.previous))
    return found

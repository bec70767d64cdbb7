"""Counting the votes of a step."""

from __future__ import annotations

from typing import Literal

from engine.events import Slot
from engine.state import StepTask


def tally(task: StepTask, *, distinct: bool) -> Literal["approved", "rejected"] | None:
    """The answer of a step, or None while it is open.

    A slot that needs one person is decided by the first who answers. A slot that needs more is lost
    when a no leaves too few who could fill it.

    Args:
        task: the step.
        distinct: one person fills one slot only.
    """
    if any(_lost(task, slot) for slot in task.slots):
        return "rejected"
    return None if _unfilled(task, distinct=distinct) else "approved"


def waited_for(task: StepTask, *, distinct: bool) -> tuple[str, ...]:
    """Everybody whose yes could still bring the step on."""
    voted = {vote.person for vote in task.votes}
    found = [
        person
        for slot in _unfilled(task, distinct=distinct)
        for person in task.people_of(task.slots[slot])
        if person not in voted
    ]
    return tuple(dict.fromkeys(found))


def _unfilled(task: StepTask, *, distinct: bool) -> list[int]:
    """The slots (by index) that a further yes would help, be it that somebody else moves over."""
    people = [set(task.people_of(slot)) for slot in task.slots]
    yes = [vote.person for vote in task.votes if vote.approves]
    if not distinct:
        counts = [sum(person in fitting for person in yes) for fitting in people]
        return [i for i, slot in enumerate(task.slots) if counts[i] < slot.need]
    placed: list[list[str]] = [[] for _ in task.slots]
    for person in yes:
        _place(task, people, placed, person)
    short = [i for i, slot in enumerate(task.slots) if len(placed[i]) < slot.need]
    return [i for i in range(len(task.slots)) if set(_ways(people, placed, i)) & set(short)]


def _place(task: StepTask, people: list[set[str]], placed: list[list[str]], person: str) -> None:
    """Give a voter a slot with room, moving others over where that makes room."""
    for start in (i for i, fitting in enumerate(people) if person in fitting):
        ways = _ways(people, placed, start)
        end = next((i for i in ways if len(placed[i]) < task.slots[i].need), None)
        if end is None:
            continue
        while end != start:
            before = ways[end]
            mover = next(one for one in placed[before] if one in people[end])
            placed[before].remove(mover)
            placed[end].append(mover)
            end = before
        placed[start].append(person)
        return


def _ways(people: list[set[str]], placed: list[list[str]], start: int) -> dict[int, int]:
    """The slots that moving voters over leads to from one slot, each with the slot before it."""
    ways = {start: start}
    todo = [start]
    while todo:
        slot = todo.pop(0)
        for other, fitting in enumerate(people):
            if other not in ways and not fitting.isdisjoint(placed[slot]):
                ways[other] = slot
                todo.append(other)
    return ways


def _lost(task: StepTask, slot: Slot) -> bool:
    people = task.people_of(slot)
    no = sum(1 for vote in task.votes if not vote.approves and vote.person in people)
    return no > 0 and (slot.need == 1 or no > len(people) - slot.need)

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
    """Everybody whose yes could still bring the step on; a claim is a yes held back."""
    asked = asked_now(task, distinct=distinct)
    claims = tuple(person for person in task.claims if person in asked)
    if not claims:
        return asked
    turn = present_turn(task, distinct=distinct)
    rest = [task.slots[i] for i in _unfilled(task, distinct=distinct, held_back=claims)]
    open_to = {one for slot in rest if slot.turn == turn for one in task.people_of(slot)}
    return tuple(person for person in asked if person in claims or person in open_to)


def asked_now(task: StepTask, *, distinct: bool) -> tuple[str, ...]:
    """The same, as if nobody had claimed it: all whom the present turn asks."""
    voted = {hand for vote in task.votes for hand in (vote.hands if distinct else (vote.person,))}
    unfilled = [task.slots[i] for i in _unfilled(task, distinct=distinct)]
    turn = min((slot.turn for slot in unfilled), default=0)
    found = [one for slot in unfilled if slot.turn == turn for one in task.people_of(slot)]
    return tuple(person for person in dict.fromkeys(found) if person not in voted)


def present_turn(task: StepTask, *, distinct: bool) -> int:
    """The lowest turn that still lacks a yes."""
    return min((task.slots[i].turn for i in _unfilled(task, distinct=distinct)), default=0)


def _unfilled(task: StepTask, *, distinct: bool, held_back: tuple[str, ...] = ()) -> list[int]:
    """The slots (by index) that a further yes would help, be it that somebody else moves over."""
    if not task.votes and not held_back:
        return list(range(len(task.slots)))
    people = [set(task.people_of(slot)) for slot in task.slots]
    needs = [task.need_of(slot) for slot in task.slots]
    yes = [vote.person for vote in task.votes if vote.approves] + list(held_back)
    if not distinct:
        counts = [sum(person in fitting for person in yes) for fitting in people]
        return [i for i, need in enumerate(needs) if counts[i] < need]
    placed: list[list[str]] = [[] for _ in needs]
    for person in yes:
        _place(needs, people, placed, person)
    short = {i for i, need in enumerate(needs) if len(placed[i]) < need}
    return [i for i in range(len(needs)) if short.intersection(_ways(people, placed, i))]


def _place(needs: list[int], people: list[set[str]], placed: list[list[str]], person: str) -> None:
    """Give a voter a slot with room, moving others over where that makes room."""
    for start in (i for i, fitting in enumerate(people) if person in fitting):
        ways = _ways(people, placed, start)
        end = next((i for i in ways if len(placed[i]) < needs[i]), None)
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
    need = task.need_of(slot)
    return no > 0 and (need == 1 or no > len(people) - need)

"""Counting the votes of a step."""

from __future__ import annotations

from typing import Literal

from engine.events import Slot
from engine.state import StepTask


def tally(task: StepTask, *, distinct: bool) -> Literal["approved", "rejected"] | None:
    """The answer of a step, or None while it is open.

    A slot that needs one person is decided by the first who answers. A slot that needs more is lost
    when those who are left cannot fill it any more.

    Args:
        task: the step.
        distinct: one person fills one slot only.
    """
    if any(_lost(task, slot) for slot in task.slots):
        return "rejected"
    return None if _unfilled(task, distinct=distinct) else "approved"


def waited_for(task: StepTask) -> tuple[str, ...]:
    """Everybody whose vote could still fill a slot."""
    voted = {vote.person for vote in task.votes}
    found = [
        person
        for slot in _unfilled(task, distinct=False)
        for person in task.people_of(slot)
        if person not in voted
    ]
    return tuple(dict.fromkeys(found))


def _unfilled(task: StepTask, *, distinct: bool) -> list[Slot]:
    yes = [vote.person for vote in task.votes if vote.approves]
    open_slots: list[Slot] = []
    used: set[str] = set()
    # The slots with the fewest people choose first, so that a wide slot does not take their voter.
    for slot in sorted(task.slots, key=lambda one: len(task.people_of(one))):
        people = task.people_of(slot)
        mine = [person for person in yes if person in people and person not in used]
        if len(mine) < slot.need:
            open_slots.append(slot)
        elif distinct:
            used.update(mine[: slot.need])
    return open_slots


def _lost(task: StepTask, slot: Slot) -> bool:
    people = task.people_of(slot)
    no = sum(1 for vote in task.votes if not vote.approves and vote.person in people)
    if slot.need == 1:
        return no > 0
    return no > len(people) - slot.need

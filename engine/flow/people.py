"""People come, go and are away: roles filled anew, substitutes, and the days on which that changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from msgspec.structs import replace

from engine.commands import CLOCKWORK
from engine.events import (
    ActionOpened,
    ApproverAdded,
    Armed,
    Bar,
    Escalated,
    Event,
    Filled,
    ItemsListed,
    Named,
    NamingOpened,
    People,
    Reassigned,
    Released,
    RevisionOpened,
    RoleFilled,
    Slot,
    StandInEnded,
    StepOpened,
    Substituted,
    TimerSet,
)
from engine.filling import excluded_in, fill_in, has_part, kept_out_by
from engine.flow.namings import ask_for_names
from engine.run import Run
from engine.state import CauseTask, ItemTask, SignedTask, StepTask, Task

BRINGING = (
    StepOpened, RevisionOpened, NamingOpened, ActionOpened, ItemsListed, RoleFilled, Escalated,
    Reassigned, ApproverAdded,
)  # fmt: skip
"""Events that bring people into tasks."""


def welcome(run: Run, event: Event) -> None:
    """Whoever has come into a task may be away, or go away one day."""
    if run.context.directory.turning:
        for task in _tasks_of(run, event):
            attend(run, task)


def reassess_case(run: Run) -> None:
    """Fill the roles of every task anew, as far as nobody has touched them."""
    for task in [run.state.tasks[one] for one in run.state.active]:
        reassess(run, task)


def turn(run: Run, person: str) -> None:
    """A day has come on which somebody goes, leaves or is back."""
    for task in [run.state.tasks[one] for one in run.state.active]:
        if person in task.owners or any(one.by == person for one in task.stand_ins):
            reassess(run, task)


def keep_apart(run: Run, event: Named) -> None:
    """Whoever has been named may be kept out of other roles by that, also where they stand in them already."""
    hanging = run.program.hanging_on(event.role)
    for task in [run.state.tasks[one] for one in run.state.active] if hanging else ():
        if not hanging.isdisjoint(task.roles):
            reassess(run, task)


def reassess(run: Run, task: Task) -> None:
    """Fill a task's roles anew; then see who is away. Whoever has left or is kept out holds no claim."""
    for person in task.claims:
        theirs = [role for role, filled in task.roles.items() if person in filled.people]
        kept_out = theirs and all(person in excluded_in(run, task, role) for role in theirs)
        if kept_out or not run.roles.present(person):
            run.emit(Released(task.id, person, CLOCKWORK))
    for role, before in list(task.roles.items()):
        after = _again(run, task, role, before)
        if after != before:
            run.emit(RoleFilled(role, (task.id,), after, _slots(run, task, role, after)))
            ask_for_names(run, {role: after})
    attend(run, task)


def attend(run: Run, task: Task) -> None:
    """Let substitutes stand in for those who are away today, and wake up when that changes."""
    for owner in task.owners:
        _stand_in(run, task, owner)
        _watch(run, owner)
    for stand_in in task.stand_ins:
        _watch(run, stand_in.by)


def _again(run: Run, task: Task, role: str, before: Filled) -> Filled:
    """What somebody has done in a role stays theirs, and so does what a manager has arranged.

    Of such a role only those go who have left, or who are kept out of it and have done nothing; if that
    leaves nobody, it is filled anew.
    """
    acted = _acted(task)
    if role not in task.fixed and acted.union(task.claims).isdisjoint(before.people):
        found = fill_in(run, task, role)
        # Managers confirm where nobody else of the role may; they go on doing so.
        if found.people or not isinstance(task, CauseTask):
            return found
    present, banned = run.roles.present, excluded_in(run, task, role)
    stay = tuple(
        one for one in before.people if one in acted or (present(one) and one not in banned)
    )
    gone = tuple(one for one in before.people if one not in stay)
    if not gone:
        return before
    found = before if any(present(one) for one in stay) else fill_in(run, task, role)
    new = () if found is before else found.people
    people = tuple(dict.fromkeys((*stay, *new)))
    why: dict[bool, Bar] = {True: "excluded", False: "left"}
    barred = (*before.barred, *((one, why[present(one)]) for one in gone))
    via = found.via if new else before.via
    return Filled(people, via, None if people else "nobody", barred)


def _slots(run: Run, task: Task, role: str, filled: Filled) -> tuple[Slot, ...]:
    """A step's places, where other resolvers ask for another number of the role's people."""
    if not isinstance(task, StepTask):
        return ()
    need = run.roles.need(role, filled)
    slots = tuple(
        replace(slot, need=need) if slot.roles == (role,) and slot.need in {None, 1} else slot
        for slot in task.slots
    )
    return () if slots == task.slots else slots


def _acted(task: Task) -> set[str]:
    """Everybody who has done something about a task that must not be lost."""
    if isinstance(task, StepTask):
        return {vote.person for vote in task.votes}
    signed = {one.person for one in task.signatures} if isinstance(task, SignedTask) else set()
    if isinstance(task, ItemTask):
        signed |= {file.person for files in task.evidence.values() for file in files}
    return signed


def _stand_in(run: Run, task: Task, owner: str) -> None:
    current = task.stand_in(owner)
    if current is not None and current.how == "delegate" and run.roles.present(current.by):
        return
    wanted = _substitute(run, task, owner)
    if current is not None and current.by != wanted:
        run.emit(StandInEnded(task.id, owner, current.by))
    if wanted is not None and (current is None or current.by != wanted):
        run.emit(Substituted(task.id, owner, wanted))


def _substitute(run: Run, task: Task, owner: str) -> str | None:
    """Who stands in today: the substitute, or theirs if they are away too. Nobody who is kept out."""
    directory = run.context.directory
    seen = {owner}
    found = directory.substitute_on(owner, run.today)
    while found is not None and found not in seen:
        seen.add(found)
        further = directory.substitute_on(found, run.today)
        if further is None:
            break
        found = further
    if found in {None, owner} or not run.roles.present(found or ""):
        return None
    assert found is not None
    barred = has_part(task, found, owner) or kept_out_by(run, task, found, owner)
    return None if barred else found


def _watch(run: Run, person: str) -> None:
    """Wake up on the next day on which somebody goes, leaves or is back."""
    if run.state.status != "open" and not run.state.active:
        return
    owner = f"absence:{person}"
    day = run.context.directory.next_turn(person, run.today)
    wanted = () if day is None else (TimerSet(_morning(run, day), "turn"),)
    if wanted != run.state.timers.get(owner, ()):
        run.emit(Armed(owner, wanted))


def _morning(run: Run, day: date) -> datetime:
    return run.context.calendar.at_time(day, "00:00")


def _tasks_of(run: Run, event: Event) -> Iterable[Task]:
    if isinstance(event, ItemsListed):
        ids: People = tuple(one.task for one in event.instances)
    elif isinstance(event, RoleFilled):
        ids = event.tasks
    else:
        ids = (event.task,)  # type: ignore[attr-defined]
    return [run.state.tasks[one] for one in ids if not run.state.tasks[one].ended]

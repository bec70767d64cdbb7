"""What a person may do in a case. Exclusion beats every grant, also for whoever acts for another."""

from __future__ import annotations

from collections.abc import Iterable

from engine.commands import CLOCKWORK, SYSTEM
from engine.events import People
from engine.filling import barred_from
from engine.rejection import PARTED, Refusal
from engine.run import Run
from engine.scope import Scope
from engine.state import CauseTask, ItemTask, StepTask, Task


def names(scope: Scope, people: Iterable[str]) -> str:
    """People as a reader knows them: name and id, in the order given."""
    found = (scope.context.directory.person(person) for person in people)
    return PARTED.join(f"{one.name} ({one.id})" for one in found if one is not None)


def refuse_unless(run: Run, people: People, what: str) -> Refusal | None:
    """R101 unless the actor, or the person acted for, is one of the people."""
    if run.authority in people:
        return None
    return Refusal(
        "R101",
        "authority",
        {"what": what, "person": names(run, [run.actor]), "who": names(run, people)},
        people,
    )


def refuse_gone(run: Run) -> Refusal | None:
    """R135 if whoever acts, or is acted for, works here no more, whatever account they still have."""
    actor = run.request.actor
    if actor.person == CLOCKWORK or actor.person.startswith(SYSTEM):
        return None
    for one in actor.hands:
        if not run.roles.present(one):
            return Refusal("R135", "authority", {"person": names(run, [one]) or one}, (one,))
    return None


def refuse_own(run: Run, role: str) -> Refusal | None:
    """R102 if the person whom the case is about decides about it in the place of a role."""
    return _kept_out_of(run, role) if run.actor == run.state.subject else None


def _kept_out_of(run: Run, role: str) -> Refusal:
    values = {"person": names(run, [run.actor]), "role": role}
    return Refusal("R102", "authority", values, (role,))


def refuse_excluded(run: Run, task: Task, roles: Iterable[str]) -> Refusal | None:
    """R102 if whoever acts, or is acted for, is kept out of every role that they could act in."""
    actor, authority = run.actor, run.authority
    if actor == authority and not isinstance(task, StepTask | CauseTask):
        return None
    listed = tuple(roles)
    through = tuple(role for role in listed if authority in run.role_in(role, task)) or listed
    for role in through:
        banned = run.roles.excluded(run.program.roles[role]) if actor != authority else set()
        banned |= barred_from(run, task, role).keys()
        if not banned & {actor, authority}:
            return None
    return _kept_out_of(run, through[0]) if through else None


def refuse_unless_manager(run: Run, what: str, others: People = ()) -> Refusal | None:
    """R101 unless the actor manages the process or is one of the others; R102 in their own case."""
    allowed = tuple(dict.fromkeys((*others, *managers(run))))
    return refuse_unless(run, allowed, what) or (
        None if run.authority in others else refuse_own(run, run.program.process.managed_by[0])
    )


def managers(scope: Scope) -> People:
    """Everybody who manages the process; nobody manages a case of their own."""
    return _not_subject(scope, people_of(scope, scope.program.process.managed_by))


def setters(scope: Scope, roles: Iterable[str]) -> People:
    """Who may change a fact that is `set by` roles: the subject only as the subject, and managers."""
    found = [
        person
        for role in roles
        for person in scope.roles.people(role)
        if person != scope.state.subject or role in scope.program.subject_roles
    ]
    return tuple(dict.fromkeys((*found, *managers(scope))))


def waivers(scope: Scope, waiver: str | None) -> People:
    """Whoever may do without something: the role named, else the managers; never for themselves."""
    if waiver is None:
        return managers(scope)
    return _not_subject(scope, scope.roles.people(waiver))


def _not_subject(scope: Scope, people: People) -> People:
    return tuple(person for person in people if person != scope.state.subject)


def stand_ins(scope: Scope, task: ItemTask) -> People:
    """Who may hand an item over in its giver's place: whoever is accountable, else the managers."""
    accountable = scope.program.items[task.ref].accountable
    return managers(scope) if accountable is None else scope.role_in(accountable, task)


def giver_is_gone(scope: Scope, task: ItemTask) -> bool:
    """True if nobody is left who could hand the item over as its giver."""
    found = map(
        scope.context.directory.person, task.roles[scope.program.items[task.ref].giver].people
    )
    return not any(one is not None and one.works_on(scope.today) for one in found)


def overseers(scope: Scope) -> People:
    """Everybody whose part in a case does not wait for a task: they manage, set, waive or read."""
    return people_of(scope, scope.program.overseeing_roles)


def people_of(scope: Scope, roles: Iterable[str]) -> People:
    """The people of some roles as they resolve now."""
    book = scope.roles
    return tuple(dict.fromkeys(person for role in roles for person in book.people(role)))

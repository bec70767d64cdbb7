"""Rules: heard at each event, acting when all else is settled, in the order of their declaration."""

from __future__ import annotations

from heapq import heappop, heappush

from dsl.model import Always, OnMoment, Rule
from engine.deadlines import moment_of
from engine.events import (
    ApprovalBegun,
    ApprovalEnded,
    Armed,
    CaseClosed,
    Event,
    FactChanged,
    ItemsListed,
    Moved,
    RuleActed,
    RuleReset,
    RulesHalted,
    TimerFired,
    TimerSet,
)
from engine.flow.effects import EFFECTS
from engine.flow.notices import Notice, notify
from engine.run import Run
from engine.state import ItemTask
from engine.triggers import Listener

MOST = 100
"""So many rules act on one command."""
NO_ITEM = ""


def hear(run: Run, event: Event) -> None:
    """Remember which rules an event concerns."""
    about_which = run.program.triggers.heard.get(type(event))
    if about_which is None:
        return
    about = _about(run, event)
    if about == NO_ITEM:
        return
    for listener in (*about_which.get(about, ()), *(about_which.get(None, ()) if about else ())):
        if listener.outcome in (None, getattr(event, "outcome", None)):
            _concern(run, listener, event)


def act(run: Run) -> None:
    """Let the first of the rules that wait act, if it still has reason to."""
    number, task_id = heappop(run.waiting)
    run.queued.discard((number, task_id))
    entry = run.program.triggers.entries[number]
    task = run.state.item(task_id)
    if isinstance(entry, Always):
        people = [person for role in entry.roles for person in run.roles.people(role)]
        notify(run, Notice("always", "inbox", task), tuple(people))
    elif _is_due(run, entry, task):
        run.acts += 1
        if run.acts > MOST:
            run.emit(RulesHalted(len(run.waiting) + 1))
            run.waiting.clear()
            return
        run.emit(RuleActed(entry.id, task_id or None))
        for effect in entry.does:
            EFFECTS[type(effect)](run, entry, effect, task)


def call(run: Run, number: int, task: str = "") -> None:
    """A rule is to act as soon as all else is settled."""
    if (number, task) not in run.queued:
        run.queued.add((number, task))
        heappush(run.waiting, (number, task))


def _is_due(run: Run, rule: Rule, task: ItemTask | None) -> bool:
    holds = run.holds(rule.when, task)
    if rule.whenever is not None:
        return holds
    acted = rule.id in run.state.acted
    if acted and not holds:
        run.emit(RuleReset(rule.id))
    return holds and not acted


def _concern(run: Run, listener: Listener, event: Event) -> None:
    if run.state.status != "open" and not isinstance(event, CaseClosed):
        return
    match listener.mode:
        case "event":
            task = getattr(event, "task", None)
            call(run, listener.number, task or "")
        case "condition":
            call(run, listener.number)
        case "moment":
            _arm(run, listener.number)


def _about(run: Run, event: Event) -> str | None:
    """What an event is about; `NO_ITEM` if it is about a task that is no item."""
    match event:
        case FactChanged(fact=fact):
            return fact
        case ApprovalEnded(approval=approval) | ApprovalBegun(approval=approval):
            return approval
        case ItemsListed(item=item):
            return item
        case TimerFired(timer=timer):
            return timer.kind
        case Moved(skipped=skipped):
            return None if skipped else NO_ITEM
        case _:
            return _about_task(run, event)


def _about_task(run: Run, event: Event) -> str | None:
    task = getattr(event, "task", None)
    if task is None:
        return None
    found = run.state.tasks.get(task)
    if isinstance(found, ItemTask):
        return found.ref
    return NO_ITEM if found is not None and found.kind != "naming" else None


def _arm(run: Run, number: int) -> None:
    """The timer of a rule's moment stands anew; one that has passed is now."""
    entry = run.program.triggers.entries[number]
    event = entry.event if isinstance(entry, Always) else entry.whenever
    assert isinstance(event, OnMoment)
    at = moment_of(run, event.moment)
    owner = f"@rule-{number}"
    over = at is not None and at <= run.now
    timers = () if at is None or over else (TimerSet(at, "rule", number),)
    if timers or owner in run.state.timers:
        run.emit(Armed(owner, timers))
    if over:
        call(run, number)

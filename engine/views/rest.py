"""What stands still, in words: who has suspended it, what is waited for, how much time is left."""

from __future__ import annotations

from engine.clocks import remaining
from engine.state import Task, takes_back
from engine.views.reader import Reader

_MINUTE, _HOUR = 60, 3600


def suspension(reader: Reader) -> str | None:
    """Since when, by whom and why the case stands still; None if it does not."""
    found = reader.scope.state.suspended
    if found is None:
        return None
    return reader.say(
        "why.case_suspended",
        person=reader.person(found.person),
        since=reader.when(found.at),
        reason=found.reason,
    )


def stands_still(reader: Reader, task: Task) -> bool:
    """True if nothing can be done about a task because it, or its case, is suspended."""
    state, clock = reader.scope.state, task.clock
    if task.ended:
        return False
    alone = clock is not None and clock.suspended is not None
    return alone or (state.suspended is not None and not takes_back(task, task.id))


def why_at_rest(reader: Reader, task: Task) -> list[str]:
    """Why a task stands still, and what is left of its budget; empty if it goes on."""
    state, clock = reader.scope.state, task.clock
    if task.ended:
        return []
    lines = []
    case = None if takes_back(task, task.id) else suspension(reader)
    if case is not None:
        lines.append(case)
    if clock is not None and clock.suspended is not None:
        alone = clock.suspended
        person, since = reader.person(alone.person), reader.when(alone.at)
        lines.append(
            reader.say("why.task_suspended", person=person, since=since, reason=alone.reason)
        )
    if clock is not None and clock.waits_for is not None:
        lines.append(reader.say("why.budget_paused", role=reader.role(clock.waits_for)))
    left = remaining(reader.scope, task) if state.rests(task.id) else None
    if left is not None:
        hours, minutes = left // _HOUR, left % _HOUR // _MINUTE
        lines.append(reader.say("why.remaining", hours=hours, minutes=minutes))
    return lines

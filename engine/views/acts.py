"""What a viewer may do about a gate or about a case as a whole."""

from __future__ import annotations

from engine.authority import managers, people_of, waivers
from engine.commands import CommandName
from engine.scope import Scope


def gate_acts(scope: Scope, gate: str, viewer: str) -> tuple[CommandName, ...]:
    """The commands that the viewer may give about a gate now."""
    declared = scope.program.gates[gate]
    running = scope.state.status == "open" and scope.state.suspended is None
    shut = running and not scope.state.is_open(gate)
    return ("waive",) if shut and viewer in waivers(scope, declared.waiver) else ()


def case_acts(scope: Scope, viewer: str) -> tuple[CommandName, ...]:
    """The commands that the viewer may give about the whole case now."""
    state = scope.state
    if state.status != "open":
        again = state.reopened_as is None and viewer in managers(scope)
        return ("reopen",) if again else ()
    acts: list[CommandName] = ["comment"]
    setters = people_of(
        scope, [one for fact in scope.program.facts.values() for one in fact.set_by]
    )
    if viewer in managers(scope) or viewer in setters:
        acts.append("change_fact")
    if viewer in (state.subject, state.opener):
        acts.append("withdraw")
    if viewer in managers(scope):
        acts += ["suspend" if state.suspended is None else "resume", "cancel"]
    return tuple(acts)

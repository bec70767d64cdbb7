"""Changing facts: who may, to what value, and how it is recorded."""

from __future__ import annotations

from dsl.expressions.tree import Wire
from dsl.model import Fact
from dsl.values import ValueProblem, decode
from engine.authority import refuse_own, refuse_unless, setters
from engine.commands import CLOCKWORK
from engine.events import FactChanged
from engine.rejection import Refusal, wrong_value
from engine.run import Run
from engine.seen import application_hash
from engine.store.port import Sealed


def refuse_change(
    run: Run, fact: str, value: Wire, sealed: Sealed | None, *, revising: bool = False
) -> Refusal | None:
    """Why the actor may not give the fact that value; `revising` opens facts that nobody is set over."""
    declared = run.program.facts.get(fact)
    if declared is None:
        return Refusal("R111", "invalid", {"facts": fact}, (fact,))
    fed = run.actor == CLOCKWORK and declared.feed is not None
    if not fed and not (revising and not declared.set_by and declared.feed is None):
        refusal = _refuse_setting(run, declared)
        if refusal is not None:
            return refusal
    wire = value if sealed is None else run.context.unseal(sealed)
    if wire is None:
        return None if declared.optional else Refusal("R112", "missing", {"facts": fact}, (fact,))
    return check_value(run, declared, wire)


def _refuse_setting(run: Run, fact: Fact) -> Refusal | None:
    """R101 for whoever is not set over the fact, R102 for the subject behind somebody else's back."""
    allowed = setters(run, fact.set_by)
    refusal = refuse_unless(run, allowed, fact.id)
    if refusal is None and run.actor not in allowed:
        refusal = refuse_own(run, run.program.process.managed_by[0])
    return refusal


def record_change(run: Run, fact: str, value: Wire, sealed: Sealed | None, reason: str) -> None:
    """Record the change; a value that is the same already changes nothing."""
    old = run.state.facts.get(fact)
    if sealed is None and fact not in run.state.sealed and old == value:
        return
    run.emit(
        FactChanged(
            fact=fact,
            before=application_hash(run.state),
            person=run.authority,
            reason=reason,
            old=old,
            new=value,
            sealed=sealed,
        )
    )


def check_value(run: Run, fact: Fact, wire: Wire) -> Refusal | None:
    """R113 if a wire value is not one of the fact's type."""
    value = decode(fact.type, wire, run.program.records, run.program.zone)
    return wrong_value(fact.id, value) if isinstance(value, ValueProblem) else None

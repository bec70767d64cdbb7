"""Acts of people read back from what they left: the command that must have been given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from engine import commands, events
from engine.commands import CLOCKWORK, GATE, SYSTEM, Actor, Command
from engine.events import Event
from engine.replay import event_of
from engine.store.port import KeptFile, StoredEvent


class Act(NamedTuple):
    """What somebody did, and when.

    An answer of another system names the task in the place of the operation: which call that was, the
    case tells.
    """

    at: datetime
    actor: Actor
    command: Command


def acts_of(stored: Iterable[StoredEvent]) -> Iterator[Act]:
    """The acts of people and other systems behind the events of a case, in order.

    What the clock did is left out: it follows by itself. So is what left no trace in the case.
    """
    for _, some in groupby(stored, key=lambda one: one.command_id):
        told = list(some)
        first = told[0]
        if first.actor == CLOCKWORK:
            continue
        command = _command([event_of(one) for one in told], first.actor)
        if command is not None:
            actor = Actor(first.actor, first.authenticated, first.host, first.on_behalf_of)
            yield Act(first.occurred_at, actor, command)


def _command(left: list[Event], actor: str) -> Command | None:
    """The command of the event that stands highest in the list: others go along with it."""
    for kind, make in _MAKERS.items():
        for event in left:
            if type(event) is kind and not getattr(event, "rule", None):
                return make(event, left, actor)
    return None


def _open(event: Any, _left: list[Event], _actor: str) -> Command:  # noqa: ANN401 (as its type says)
    return commands.Open(
        process=event.process,
        subject=event.subject,
        facts=event.facts,
        sealed=event.sealed,
        reopens=event.reopens,
        reason=event.reason,
    )


def _resubmit(event: Any, left: list[Event], _actor: str) -> Command:  # noqa: ANN401 (as above)
    changed = [one for one in left if isinstance(one, events.FactChanged) and not one.rule]
    facts = {one.fact: one.new for one in changed if one.sealed is None}
    sealed = {one.fact: one.sealed for one in changed if one.sealed is not None}
    return commands.Resubmit(event.task, event.comment, facts, sealed)


def _change_fact(event: Any, _left: list[Event], _actor: str) -> Command:  # noqa: ANN401 (as above)
    return commands.ChangeFact(event.fact, event.new, event.sealed, event.reason)


def _hand_over(event: Any, left: list[Event], _actor: str) -> Command:  # noqa: ANN401 (as above)
    stated = (one for one in left if isinstance(one, events.ContentProvided))
    values = {name: value for one in stated for name, value in one.values.items()}
    files = tuple(
        _attach(one, left, "") for one in left if isinstance(one, events.EvidenceAttached)
    )
    return commands.HandOver(event.task, values, event.reason, files)


def _attach(event: Any, _left: list[Event], _actor: str) -> commands.Attach:  # noqa: ANN401 (as above)
    file = KeptFile(event.sha256, event.size)
    return commands.Attach(event.task, event.evidence, file, event.name, event.received_from)


def _complete(event: Any, _left: list[Event], actor: str) -> Command:  # noqa: ANN401 (as above)
    if actor.startswith(SYSTEM):
        return commands.Answer(actor.removeprefix(SYSTEM), event.task, ok=True, note=event.note)
    return commands.Complete(event.task, event.note)


def _fail(event: Any, _left: list[Event], _actor: str) -> Command:  # noqa: ANN401 (as above)
    return commands.Answer(event.system, event.task, ok=False, note=event.note)


def _waive_gate(event: Any, _left: list[Event], _actor: str) -> Command | None:  # noqa: ANN401 (as above)
    if event.waived_by is None:
        return None
    return commands.Waive(f"{GATE}{event.gate}", event.reason or "")


def _with(command: Callable[..., Command], *fields: str, **fixed: object) -> Maker:
    """The command whose fields are those of the event."""

    def make(event: Any, _left: list[Event], _actor: str) -> Command:  # noqa: ANN401 (as above)
        return command(**{field: getattr(event, field) for field in fields}, **fixed)

    return make


Maker = Callable[[Any, list[Event], str], Command | None]
_MAKERS: dict[type[Event], Maker] = {
    events.CaseOpened: _open,
    events.Approved: _with(commands.Approve, "task", "opinion", seen=""),
    events.Rejected: _with(commands.Reject, "task", "opinion", seen=""),
    events.Returned: _with(commands.Return, "task", "opinion"),
    events.Resubmitted: _resubmit,
    events.Named: _with(commands.Name, "task", "person", "items"),
    events.HandedOver: _hand_over,
    events.Signed: _with(commands.Sign, "task", seen=""),
    events.ItemRefused: _with(commands.Refuse, "task", "reason"),
    events.DocumentRefused: _with(commands.Refuse, "task", "reason"),
    events.CalledBack: _with(commands.CallBack, "task", "reason"),
    events.CauseStated: _with(commands.StateCause, "task", "cause"),
    events.CauseConfirmed: _with(commands.ConfirmCause, "task"),
    events.CauseRefused: _with(commands.RefuseCause, "task", "reason"),
    events.ItemWaived: _with(commands.Waive, "task", "reason"),
    events.ActionCompleted: _complete,
    events.SystemFailed: _fail,
    events.CaseWithdrawn: _with(commands.Withdraw, "reason"),
    events.CaseCancelled: _with(commands.Cancel, "reason"),
    events.CaseSuspended: _with(commands.Suspend, "reason", task=None),
    events.CaseResumed: _with(commands.Resume, "reason", task=None),
    events.TaskSuspended: _with(commands.Suspend, "task", "reason"),
    events.TaskResumed: _with(commands.Resume, "task", "reason"),
    events.FactChanged: _change_fact,
    events.EvidenceAttached: _attach,
    events.ContentProvided: _with(commands.Provide, "task", "values"),
    events.GateOpened: _waive_gate,
    events.Claimed: _with(commands.Claim, "task"),
    events.Released: _with(commands.Release, "task", "person"),
    events.Delegated: _with(commands.Delegate, "task", "to", "reason"),
    events.Reassigned: _with(commands.Reassign, "task", "person", "to", "reason"),
    events.ApproverAdded: _with(commands.AddApprover, "task", "person", "place", "reason"),
    events.ApproverRemoved: _with(commands.RemoveApprover, "task", "person", "reason"),
    events.StandInEnded: _with(commands.Release, "task", "person"),
    events.Commented: _with(commands.Comment, "text", "task"),
}
"""Per event the command that leaves it. Whatever several events tell of one act, the first of them says."""

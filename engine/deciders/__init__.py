"""One decider per command: it records what happens, or says why nothing does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.commands import (
    AddApprover,
    Answer,
    Approve,
    Attach,
    CallBack,
    Cancel,
    ChangeFact,
    Claim,
    Command,
    Comment,
    Complete,
    ConfirmCause,
    Delegate,
    HandOver,
    Name,
    Open,
    Provide,
    Reassess,
    Reassign,
    Refuse,
    RefuseCause,
    Reject,
    Release,
    RemoveApprover,
    Reopen,
    Resubmit,
    Resume,
    Return,
    Sign,
    StateCause,
    Suspend,
    Tick,
    Waive,
    Withdraw,
)
from engine.deciders.answer import answer
from engine.deciders.approvers import add_approver, remove_approver
from engine.deciders.attach import attach
from engine.deciders.call_back import call_back
from engine.deciders.cancel import cancel
from engine.deciders.cause import confirm_cause, refuse_cause, state_cause
from engine.deciders.change_fact import change_fact
from engine.deciders.claim import claim, release
from engine.deciders.comment import comment
from engine.deciders.complete import complete
from engine.deciders.delegate import delegate
from engine.deciders.hand_over import hand_over
from engine.deciders.name import name
from engine.deciders.open import open_case
from engine.deciders.provide import provide
from engine.deciders.reassess import reassess
from engine.deciders.reassign import reassign
from engine.deciders.refuse import refuse
from engine.deciders.reopen import reopen
from engine.deciders.resubmit import resubmit
from engine.deciders.resume import resume
from engine.deciders.sign import sign
from engine.deciders.suspend import suspend
from engine.deciders.tick import tick
from engine.deciders.vote import approve, reject, send_back
from engine.deciders.waive import waive
from engine.deciders.withdraw import withdraw
from engine.rejection import Refusal
from engine.run import Run

Decider = Callable[[Run, Any], Refusal | None]

DECIDERS: dict[type[Command], Decider] = {
    Open: open_case,
    Approve: approve,
    Reject: reject,
    Return: send_back,
    Resubmit: resubmit,
    Name: name,
    Provide: provide,
    Attach: attach,
    HandOver: hand_over,
    CallBack: call_back,
    StateCause: state_cause,
    ConfirmCause: confirm_cause,
    RefuseCause: refuse_cause,
    Sign: sign,
    Refuse: refuse,
    Waive: waive,
    Complete: complete,
    Answer: answer,
    Comment: comment,
    Withdraw: withdraw,
    Suspend: suspend,
    Resume: resume,
    Cancel: cancel,
    Reopen: reopen,
    ChangeFact: change_fact,
    Claim: claim,
    Release: release,
    Delegate: delegate,
    Reassign: reassign,
    AddApprover: add_approver,
    RemoveApprover: remove_approver,
    Reassess: reassess,
    Tick: tick,
}
"""The decider of each command."""

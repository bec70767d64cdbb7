"""Faults planted in the engine one at a time: the walk beside the reference catches every one."""

from datetime import timedelta
from importlib import import_module

import pytest
from msgspec.structs import replace

from engine import clocks, decide, filling, replay
from engine import events as e
from engine.flow import approvals, people, settle
from engine.roles import RoleBook
from engine.state import StepTask
from engine.timers import Timers
from engine.waiting import turns
from tests.engine.reference.walk import walk

SEEDS = range(200, 240)


def quorum_one_short(patch):
    need_of = StepTask.need_of
    patch.setattr(StepTask, "need_of", lambda task, slot: max(need_of(task, slot) - 1, 1))


def four_eyes_ignored(patch):
    kept_out = filling.kept_out

    def only_the_applicant(*given):
        return {who: why for who, why in kept_out(*given).items() if why == "applicant"}

    patch.setattr(filling, "kept_out", only_the_applicant)
    patch.setattr("engine.authority.kept_out", only_the_applicant)


def the_applicant_approves(patch):
    patch.setattr(filling, "kept_out", lambda *_: {})
    patch.setattr("engine.authority.kept_out", lambda *_: {})


def exclusion_skipped_for_substitutes(patch):
    patch.setattr(people, "kept_out_by", lambda *_: None)


def timers_of_the_ended_stay(patch):
    set_timers = Timers.set_timers

    def keep(timers, owner, new):
        if new:
            set_timers(timers, owner, new)

    patch.setattr(Timers, "set_timers", keep)


def order_of_signatures_ignored(patch):
    def anybody(program, task):
        done = {role for one in task.signatures for role in one.roles}
        return tuple(role for turn in turns(program, task) for role in turn if role not in done)

    patch.setattr(import_module("engine.deciders.sign"), "next_signers", anybody)


def gates_evaluated_open(patch):
    def open_all(run):
        for gate in run.program.gates:
            if not run.state.is_open(gate):
                run.emit(e.GateOpened(gate))

    patch.setattr(settle, "watch_gates", open_all)


def paused_time_lost(patch):
    end = clocks._end
    patch.setattr(clocks, "_end", lambda scope, within, seconds: end(scope, within, seconds // 2))


def refused_counts_as_done(patch):
    done = replay.APPLIERS[e.ItemDone]
    patch.setitem(replay.APPLIERS, e.ItemRefused, done)


def evidence_not_applied(patch):
    patch.setitem(replay.APPLIERS, e.EvidenceAttached, lambda *_: None)


def deadlines_stay_when_their_fact_moves(patch):
    patch.setitem(replay.APPLIERS, e.DueChanged, lambda *_: None)


def a_no_does_not_count(patch):
    tally = approvals.tally

    def deaf(task, *, distinct):
        yes = tuple(vote for vote in task.votes if vote.approves)
        return tally(replace(task, votes=yes), distinct=distinct)

    patch.setattr(approvals, "tally", deaf)


def budgets_a_day_short(patch):
    end = approvals.budget_end
    patch.setattr(approvals, "budget_end", lambda *given: end(*given) - timedelta(days=1))


def suspension_ignored(patch):
    patch.setattr(decide, "refuse_suspended", lambda *_: None)


def the_subject_succeeds_itself(patch):
    patch.setattr(RoleBook, "excluded", lambda *_: set())


FAULTS = [
    quorum_one_short, four_eyes_ignored, the_applicant_approves,
    exclusion_skipped_for_substitutes, timers_of_the_ended_stay, order_of_signatures_ignored,
    gates_evaluated_open, paused_time_lost, refused_counts_as_done,
    evidence_not_applied, deadlines_stay_when_their_fact_moves,
    a_no_does_not_count, budgets_a_day_short, suspension_ignored,
    the_subject_succeeds_itself,
]  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("plant", FAULTS)
def test_a_planted_fault_is_caught(plant, monkeypatch):
    plant(monkeypatch)
    with pytest.raises(AssertionError):
        _walk_all()


def _walk_all() -> None:
    for seed in SEEDS:
        walk(seed, 80)

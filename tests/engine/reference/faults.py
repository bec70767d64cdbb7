"""Faults of approvals, items, time and people, each planted by a patch of the engine."""

from datetime import timedelta
from importlib import import_module

from msgspec.structs import replace

from engine import clocks, decide, filling, replay
from engine import commands as c
from engine import events as e
from engine.flow import approvals, items, people, settle
from engine.roles import RoleBook
from engine.state import StepTask
from engine.timers import Timers
from engine.waiting import turns


def quorum_one_short(patch):
    need_of = StepTask.need_of
    patch.setattr(StepTask, "need_of", lambda task, slot: max(need_of(task, slot) - 1, 1))


def four_eyes_ignored(patch):
    kept_out = filling.kept_out

    def only_the_applicant(*given):
        return {who: why for who, why in kept_out(*given).items() if why == "applicant"}

    patch.setattr(filling, "kept_out", only_the_applicant)


def the_applicant_approves(patch):
    patch.setattr(filling, "kept_out", lambda *_: {})


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


def claims_bind_nobody(patch):
    patch.setattr("engine.giving.held", lambda _, people: people)
    patch.setattr("engine.waiting.held", lambda _, people: people)
    patch.setattr(import_module("engine.deciders.sign"), "held", lambda _, people: people)


def differences_need_no_signature(patch):
    count_up = import_module("engine.counting").count_up

    def unsigned(*given):
        return replace(count_up(*given), signer=None)

    patch.setattr(import_module("engine.deciders.hand_over"), "count_up", unsigned)


def causes_are_confirmed_by_whoever_states_them(patch):
    patch.setattr(import_module("engine.deciders.cause"), "_others", lambda people, _: people)
    patch.setattr(filling, "barred_from", lambda *_: {})


def causes_hold_nothing(patch):
    def over(run):
        return not (run.state.tokens or run.state.undone_items)

    patch.setattr(settle, "_is_over", over)


def what_is_accepted_can_be_called_back(patch):
    call_back = import_module("engine.deciders.call_back")

    def whatever(run, command):
        task = run.state.item(command.task)
        if task is None or task.status != "handed_over":
            return call_back.call_back(run, command)
        run.emit(e.CalledBack(task.id, run.request.actor.authority, command.reason))
        return None

    patch.setitem(decide.DECIDERS, c.CallBack, whatever)


def records_that_are_gone_stay(patch):
    reconsider = items._reconsider

    def keep(run, item, task, records):
        if task.key in records:
            reconsider(run, item, task, records)

    patch.setattr(items, "_reconsider", keep)


def new_records_are_overlooked(patch):
    patch.setattr(items, "_add_new_records", lambda *_: None)


def changes_during_a_hand_over_are_forgotten(patch):
    patch.setitem(settle.REACTIONS, e.ItemRefused, lambda *_: None)
    patch.setitem(settle.REACTIONS, e.CalledBack, lambda *_: None)


def everybody_of_a_group_is_anybody(patch):
    need = RoleBook.need
    patch.setattr(RoleBook, "need", lambda book, role, filled: need(book, role, filled) or 1)


def whoever_could_approve_passes(patch):
    same = approvals._same_approver

    def anybody(run, approval, roles, slots):
        people = [one for filled in roles.values() for one in filled.people]
        passes = approval.repeat == "passes" and people
        return people[0] if passes else same(run, approval, roles, slots)

    patch.setattr(approvals, "_same_approver", anybody)


def item_budgets_a_day_short(patch):
    end = items.budget_end

    def short(*given):
        due = end(*given)
        return None if due is None else due - timedelta(days=1)

    patch.setattr(items, "budget_end", short)


def waiting_for_another_item_ignored(patch):
    patch.setattr(items, "_must_wait", lambda *_: False)


def waivers_for_oneself(patch):
    patch.setattr("engine.authority._not_subject", lambda _, people: people)
    patch.setattr(import_module("engine.deciders.waive"), "refuse_own", lambda *_: None)


def gates_hold_no_action_and_no_document(patch):
    patch.setattr("engine.flow.documents.all_open", lambda *_: True)
    patch.setattr("engine.flow.actions.all_open", lambda *_: True)


def refused_documents_keep_their_signatures(patch):
    patch.setitem(replay.APPLIERS, e.DocumentRefused, lambda *_: None)


def budgets_never_pause(patch):
    patch.setattr(settle, "look_at_pauses", lambda *_: None)


def the_subject_receives_from_itself(patch):
    patch.setattr(filling, "kept_from_own", lambda *_: {})
    patch.setattr("engine.authority.refuse_excluded", lambda *_: None)


def whoever_is_next_pauses_it(patch):
    def of_whomever(_run, task, _role):
        return task.status == "handed_over"

    patch.setattr("engine.flow.pausing._awaits", of_whomever)


def whoever_is_named_stays_where_they_stood(patch):
    patch.setattr(settle, "keep_apart", lambda *_: None)

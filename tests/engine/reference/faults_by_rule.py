"""Faults of ways, rules, tables, waits and what people are told, each planted by a patch of the engine."""

from importlib import import_module

from msgspec.structs import replace

from dsl.expressions import compile as compiling
from dsl.expressions.tree import WordParty
from dsl.model import AddItem, Note
from engine import events as e
from engine import replay
from engine.flow import approvals, effects, notices, rules, settle
from engine.flow.tokens import leave
from engine.program import Program
from engine.scope import Scope
from engine.state import CaseState


def branches_are_turned_round(patch):
    choose = settle.ARRIVALS["choice"]

    def other_way(run, node):
        choose(run, replace(node, next=node.next[::-1]))

    patch.setitem(settle.ARRIVALS, "choice", other_way)


def ways_not_taken_are_waited_for(patch):
    moved = replay.APPLIERS[e.Moved]

    def keep(state, event, at):
        moved(state, replace(event, skipped=()), at)

    patch.setitem(replay.APPLIERS, e.Moved, keep)


def rules_act_as_long_as_they_hold(patch):
    patch.setattr(rules, "_is_due", lambda run, rule, task: run.holds(rule.when, task))


def rules_act_once_only(patch):
    patch.setitem(replay.APPLIERS, e.RuleReset, lambda *_: None)


def what_rules_set_has_no_consequences(patch):
    changed = settle.REACTIONS[e.FactChanged]

    def by_people_only(run, event):
        if event.rule is None:
            changed(run, event)

    patch.setitem(settle.REACTIONS, e.FactChanged, by_people_only)


def what_is_required_is_not_waited_for(patch):
    patch.setattr(CaseState, "unapproved", lambda *_: ())


def a_rejected_requirement_is_enough(patch):
    def has_ended(state, approval):
        found = state.approvals.get(approval)
        return found is not None and found.status != "running"

    patch.setattr(CaseState, "is_approved", has_ended)


def tables_give_another_row(patch):
    chooser = Program.chooser

    def last(program, table):
        rows = chooser(program, table)
        return lambda facts: (len(program.tables[table].rows) - 1,) if rows(facts) else ()

    patch.setattr(Program, "chooser", last)


def everybody_is_told(patch):
    patch.setattr(notices, "_is_barred", lambda *_: False)


def what_is_said_twice_is_told_twice(patch):
    record = notices._record

    def forgetful(run, *given):
        run.told.clear()
        record(run, *given)

    patch.setattr(notices, "_record", forgetful)


def outside_parties_are_told_through_nobody(patch):
    patch.setattr(notices, "_through", lambda *_: [])


def rules_tell_the_first_only(patch):
    people = effects._people
    patch.setattr(effects, "_people", lambda *given: people(*given)[:1])


def notes_are_lost(patch):
    patch.setitem(effects.EFFECTS, Note, lambda *_: None)


def items_are_not_added(patch):
    patch.setitem(effects.EFFECTS, AddItem, lambda *_: None)


def rules_are_deaf_to_items(patch):
    about_task = rules._about_task

    def of_the_rest(run, event):
        return rules.NO_ITEM if getattr(event, "task", None) else about_task(run, event)

    patch.setattr(rules, "_about_task", of_the_rest)


def moments_of_rules_never_come(patch):
    patch.setattr(rules, "_arm", lambda *_: None)


def moments_of_rules_stay_when_they_move(patch):
    arm = rules._arm

    def once(run, number):
        if f"@rule-{number}" not in run.state.timers:
            arm(run, number)

    patch.setattr(rules, "_arm", once)


def waits_are_over_at_once(patch):
    patch.setitem(settle.ARRIVALS, "wait", leave)


def waits_stay_when_their_moment_moves(patch):
    patch.setattr("engine.flow.facts.look_at_waits", lambda _: None)


def strangers_comment(patch):
    patch.setattr(import_module("engine.deciders.comment"), "refuse_unless", lambda *_: None)


def what_is_heard_needs_no_condition(patch):
    is_due = rules._is_due

    def whatever_holds(run, rule, task):
        return rule.whenever is not None or is_due(run, rule, task)

    patch.setattr(rules, "_is_due", whatever_holds)


def of_what_is_collected_the_first_only(patch):
    chooser = Program.chooser

    def first(program, table):
        rows = chooser(program, table)
        return lambda facts: rows(facts)[:1]

    patch.setattr(Program, "chooser", first)


def any_of_what_is_collected_is_enough(patch):
    slots = approvals._slots

    def one_of_all(run, step, roles):
        return slots(run, replace(step, need=1) if step.chosen else step, roles)

    patch.setattr(approvals, "_slots", one_of_all)


def steps_that_nobody_is_collected_for_wait(patch):
    deciding = approvals.deciding_roles

    def anyway(scope, step):
        roles, chosen = deciding(scope, step)
        return roles or (), chosen

    patch.setattr(approvals, "deciding_roles", anyway)


def conditions_read_the_last_row(patch):
    """What a table gives in a condition; steps read it as ever."""
    index_of = compiling.index_of

    def of_the_last(table, give):
        last = len(table.rows) - 1
        return index_of(table, lambda rows: give((last,)) if rows else give(rows))

    patch.setattr(compiling, "index_of", of_the_last)


def rungs_tell_whoever_is_accountable(patch):
    party = Scope.party

    def another(scope, _who, task):
        return party(scope, WordParty("accountable"), task)

    patch.setattr(Scope, "party", another)


def rungs_tell_the_first_only(patch):
    party = Scope.party
    patch.setattr(Scope, "party", lambda *given: party(*given)[:1])


def rungs_pass_by_whoever_stands_in(patch):
    patch.setattr(notices, "_with_stand_ins", lambda _, people: people)


def rungs_tell_nobody(patch):
    patch.setattr(import_module("engine.deciders.tick"), "notify", lambda *_: None)

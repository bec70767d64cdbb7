"""Checks of a whole model: one file each, and the list of them all."""

from __future__ import annotations

from collections.abc import Callable

from dsl.checks.after_circle import after_circle
from dsl.checks.after_end import after_end
from dsl.checks.after_leaving import after_leaving
from dsl.checks.default_slas import default_slas
from dsl.checks.early_deadline import early_deadline
from dsl.checks.early_reminder import early_reminder
from dsl.checks.excluded import excluded
from dsl.checks.external_actors import external_actors
from dsl.checks.fixed_condition import fixed_condition
from dsl.checks.gate_ahead import gate_ahead
from dsl.checks.idle_calendar import idle_calendar
from dsl.checks.idle_gate import idle_gate
from dsl.checks.never_reached import never_reached
from dsl.checks.paused_point import paused_point
from dsl.checks.private_count import private_count
from dsl.checks.private_list import private_list
from dsl.checks.private_text import private_text
from dsl.checks.process_circle import process_circle
from dsl.checks.role_circle import role_circle
from dsl.checks.role_of_itself import role_of_itself
from dsl.checks.same_ends import same_ends
from dsl.checks.same_title import same_title
from dsl.checks.set_circle import set_circle
from dsl.checks.shared_task_ids import shared_task_ids
from dsl.checks.step_back import step_back
from dsl.checks.table_gaps import table_gaps
from dsl.checks.table_overlaps import table_overlaps
from dsl.checks.table_shadows import table_shadows
from dsl.checks.untranslated import untranslated
from dsl.checks.unused import unused
from dsl.checks.watched_feed import watched_feed
from dsl.diagnostic import Diagnostic
from dsl.model import Checked
from dsl.resolve.names import Names

CHECKS: tuple[Callable[[Checked], tuple[Diagnostic, ...]], ...] = (
    role_circle,
    role_of_itself,
    after_circle,
    process_circle,
    default_slas,
    external_actors,
    step_back,
    never_reached,
    idle_gate,
    idle_calendar,
    paused_point,
    private_list,
    private_count,
    private_text,
    after_end,
    watched_feed,
    set_circle,
    shared_task_ids,
    fixed_condition,
    excluded,
    untranslated,
    same_title,
    same_ends,
    early_deadline,
    after_leaving,
    early_reminder,
    gate_ahead,
    table_overlaps,
    table_gaps,
    table_shadows,
)


def check(checked: Checked, names: Names, *, sound: bool) -> tuple[Diagnostic, ...]:
    """What all checks find.

    Args:
        checked: the model.
        names: where each declared name stands.
        sound: no error has been found so far.
    """
    found = tuple(one for each in CHECKS for one in each(checked))
    # What nothing uses may be what a line that is wrong was meant to use.
    wrong = any(one.severity == "error" for one in found)
    return found if wrong or not sound else (*found, *unused(checked, names))

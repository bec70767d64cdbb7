"""E471: a rule that watches a feed and speaks of a case.

Why: the records of a feed are looked at outside any case. There is no fact, no item and no state of a
case there, and nobody but whoever a record or the directory names. A rule that watches can tell
people, put something on record and escalate.

Example: `watch each c in contracts` with `add item customers`.
"""

from __future__ import annotations

from collections.abc import Iterator

from dsl.checks.finding import finding, keyword, label
from dsl.diagnostic import Diagnostic, Term, Value
from dsl.expressions.tree import RoleParty, WordParty
from dsl.expressions.uses import uses_of, walk
from dsl.model import (
    AddItem,
    Checked,
    External,
    HeadOfDepartmentOf,
    ManagerOf,
    NamedBy,
    Require,
    Rule,
    Rulebook,
    SetFact,
    Subject,
    Watch,
)


def watched_feed(checked: Checked) -> tuple[Diagnostic, ...]:
    """One error for each line that speaks of a case."""
    return tuple(
        found
        for rule in checked.rulebook.rules
        if rule.watch is not None
        for found in _of_rule(checked, rule, rule.watch)
    )


def _of_rule(checked: Checked, rule: Rule, watch: Watch) -> Iterator[Diagnostic]:
    parts: list[tuple[str, object]] = [("when", rule.when)]
    parts += [(f"does.{number}", effect) for number, effect in enumerate(rule.does)]
    for path, part in parts:
        what = _beyond(checked.rulebook, watch, part)
        if what is not None:
            place = label(checked, f"rule.{rule.id}.{path}", "E471.label")
            values: dict[str, Value] = {
                "what": Term(f"watch.{what}"),
                "watch": keyword(checked, "watch"),
            }
            yield finding("E471", "error", [place], values)


def _beyond(rulebook: Rulebook, watch: Watch, part: object) -> str | None:
    """What of a case a part of the rule speaks of."""
    if isinstance(part, AddItem | Require | SetFact):
        return "act"
    uses = uses_of(part)
    if uses.facts or uses.items or uses.approvals or uses.all_items:
        return "state"
    alone = _has_no_subject(rulebook, watch)
    for one in walk(part):
        if isinstance(one, WordParty) and alone:
            return "subject"
        if isinstance(one, RoleParty) and not _is_found(rulebook, one.role, alone=alone):
            return "role"
    return None


def _has_no_subject(rulebook: Rulebook, watch: Watch) -> bool:
    """True if nobody holds the records: then nobody is the subject."""
    feeds = {feed.id: feed.record for feed in rulebook.feeds}
    records = {record.id: record for record in rulebook.records}
    return records[feeds[watch.feed]].held_by is None


def _is_found(rulebook: Rulebook, role: str, *, alone: bool) -> bool:
    """True if each way to the role's people leads there without a case."""
    declared = next(one for one in rulebook.roles if one.id == role)
    for resolver in declared.resolvers:
        match resolver:
            case NamedBy() | External():
                return False
            case Subject() if alone:
                return False
            case ManagerOf(other) | HeadOfDepartmentOf(other):
                if not _is_found(rulebook, other, alone=alone):
                    return False
            case _:
                pass
    return all(_is_found(rulebook, other, alone=alone) for other in declared.never)

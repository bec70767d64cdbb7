"""E475: rules that set each other off without end.

Why: a rule that sets a fact acts again on what it has set, itself or through other rules and through
the items that depend on the fact. Rules must come to rest, so such a circle is an error.

Example: a rule with `when level > 5` and `set level to level + 1`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dsl.checks.finding import circles, finding, keyword, label
from dsl.diagnostic import Diagnostic, Label, Terms
from dsl.expressions.tree import Expression
from dsl.expressions.uses import Uses, uses_of
from dsl.model import AddItem, Checked, Item, OnFact, OnItem, OnMoment, Rule, Rulebook, SetFact

ANY_ITEM = "items"


def set_circle(checked: Checked) -> tuple[Diagnostic, ...]:
    """One error for each circle of rules, at what the first of them sets."""
    rules = {f"rule.{rule.id}": rule for rule in checked.rulebook.rules}
    found: list[Diagnostic] = []
    for circle in circles(_edges(checked.rulebook)):
        acting = [rules[member] for member in circle if member in rules]
        setting = [rule for rule in acting if any(isinstance(one, SetFact) for one in rule.does)]
        if setting:
            found.append(_circle(checked, setting[0], acting))
    return tuple(found)


def _circle(checked: Checked, first: Rule, acting: list[Rule]) -> Diagnostic:
    number = next(at for at, one in enumerate(first.does) if isinstance(one, SetFact))
    labels: list[Label] = [label(checked, f"rule.{first.id}.does.{number}", "E475.label")]
    labels += [
        label(checked, f"rule.{rule.id}.id", "E475.other") for rule in acting if rule is not first
    ]
    names = Terms(tuple(rule.id for rule in acting))
    return finding("E475", "error", labels, {"rules": names, "set": keyword(checked, "set")})


def _edges(rulebook: Rulebook) -> dict[str, list[str]]:
    """What sets off what: facts, items and rules, each by kind and id."""
    edges: dict[str, list[str]] = {ANY_ITEM: []}
    for fact in rulebook.facts:
        edges[f"fact.{fact.id}"] = []
    for item in rulebook.items:
        edges[f"item.{item.id}"] = [ANY_ITEM]
    for item in rulebook.items:
        for source in _read(_conditions(item)):
            edges.setdefault(source, []).append(f"item.{item.id}")
    for rule in rulebook.rules:
        edges[f"rule.{rule.id}"] = list(_done(rule))
        for source in _heard(rule):
            edges.setdefault(source, []).append(f"rule.{rule.id}")
    return edges


def _conditions(item: Item) -> Iterator[Expression]:
    """What decides which instances an item has, and until when."""
    found = (item.applies, item.each.where if item.each else None, item.due)
    yield from (one for one in found if one is not None)


def _done(rule: Rule) -> Iterator[str]:
    for effect in rule.does:
        match effect:
            case SetFact(fact, _):
                yield f"fact.{fact}"
            case AddItem(item):
                yield f"item.{item}"
            case _:
                pass


def _heard(rule: Rule) -> Iterator[str]:
    match rule.whenever:
        case OnFact(fact):
            yield f"fact.{fact}"
        case OnItem(_, None, _):
            yield ANY_ITEM
        case OnItem(_, item, _):
            yield f"item.{item}"
        case OnMoment(moment):
            yield from _read([moment])
        case None if rule.when is not None and rule.watch is None:
            yield from _read([rule.when])
        case _:
            pass


def _read(expressions: Iterable[Expression]) -> Iterator[str]:
    for uses in map(uses_of, expressions):
        yield from _sources(uses)


def _sources(uses: Uses) -> Iterator[str]:
    yield from (f"fact.{fact}" for fact in sorted(uses.facts))
    yield from (f"item.{item}" for item in sorted(uses.items))
    if uses.all_items:
        yield ANY_ITEM

"""What is final in a base is still done: where it was, when it was, and not by the same people twice.

A layer that leaves a final declaration alone can take its force all the same: by a process that goes
on without it, or comes to it when it is too late; by a rule that adds it no more; by roles that become
the same people. What a layer changes there is held against what the layers below it have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Literal, NamedTuple

from dsl import nodes
from dsl.layers.moving import meaning
from dsl.layers.placing import flat

Key = tuple[str, str]
Declared = Mapping[Key, nodes.Declaration]
"""Declarations by kind and id."""
Conditions = frozenset[object]
_PEOPLE = ("giver", "receiver", "signers", "counts", "cause", "steps", "by", "waiver")
"""The fields that say whose a declaration is to do."""
_UNKNOWN = (nodes.External, nodes.NamedBy)
"""Whom these stand for is said in the case: two roles of one wording may be two people."""


class Loss(NamedTuple):
    """What a layer has taken from something final.

    Attributes:
        final: what is no longer kept as it was.
        how: the variant of the message.
        by: what was changed to that end, the nearest first.
        values: for the message.
    """

    final: Key
    how: Literal["left_out", "later", "same", "let_in"]
    by: tuple[Key, ...]
    values: dict[str, str]


def losses(before: Declared, after: Declared) -> Iterator[Loss]:
    """What is final in the layers below and is less with a layer on top of them.

    Args:
        before: the declarations of the layers below.
        after: those with the layer.
    """
    final = [key for key, one in before.items() if one.final]
    if not final:
        return
    ways = {id_: (_Way(before, id_), _Way(after, id_)) for kind, id_ in before if kind == "process"}
    for key in final:
        found = _by_process(before, after, key, ways) or _by_rule(before, after, key)
        if found is not None:
            yield found
        yield from _by_people(before, after, key)


class _Way:
    """What a process does, from its beginning to its end, with the processes inside it.

    Attributes:
        done: for what is done, under which conditions; several where it is done in several places.
        past: for what is done, what has always been done by then.
        inside: the process and those inside it.
    """

    def __init__(self, declared: Declared, process: str) -> None:
        self._declared = declared
        self.done: dict[Key, list[Conditions]] = {}
        self.past: dict[Key, frozenset[Key]] = {}
        self.inside: list[Key] = []
        things = [*self._things(process)]
        self._apart = {one.target.text for one in things if one.kind == "item" and one.target}
        self._apart |= {id_ for one in declared.values() for id_ in _added(one)}
        self._groups = {one.target.text for one in things if one.kind == "group" and one.target}
        self.inside.clear()
        self._process(process, frozenset(), frozenset())

    def _things(self, id_: str) -> Iterator[nodes.Do]:
        """What is placed in a process, and in those inside it."""
        process = self._declared.get(("process", id_))
        if ("process", id_) in self.inside or not isinstance(process, nodes.Process):
            return
        self.inside.append(("process", id_))
        for one in flat(process.body):
            if isinstance(one, nodes.Do):
                yield one
                if one.kind == "process" and one.target is not None:
                    yield from self._things(one.target.text)

    def _process(self, id_: str, when: Conditions, past: frozenset[Key]) -> frozenset[Key]:
        process = self._declared.get(("process", id_))
        if ("process", id_) in self.inside or not isinstance(process, nodes.Process):
            return past
        self.inside.append(("process", id_))
        return self._body(process.body, when, past)

    def _body(
        self, body: tuple[nodes.Flow, ...], when: Conditions, past: frozenset[Key]
    ) -> frozenset[Key]:
        for flow in body:
            match flow:
                case nodes.Do(kind="process", target=nodes.Name(text=id_)):
                    past = self._process(id_, when, past)
                case nodes.Do():
                    past |= self._do(flow, when, past)
                case nodes.Together():
                    past = past.union(*(self._body(one, when, past) for one in flow.branches))
                case nodes.Choose():
                    said = meaning(flow.condition)
                    yes = self._body(flow.then, when | {("if", said)}, past)
                    past = yes | self._body(flow.otherwise, when | {("otherwise", said)}, past)
                case nodes.Wait() | nodes.StageMark():
                    pass
        return past

    def _do(self, do: nodes.Do, when: Conditions, past: frozenset[Key]) -> frozenset[Key]:
        keys = frozenset(self._named(do))
        for key in keys:
            self.done.setdefault(key, []).append(when)
            self.past[key] = self.past.get(key, past) & past
        return keys

    def _named(self, do: nodes.Do) -> Iterator[Key]:
        if do.kind not in ("items", "group"):
            yield do.kind, do.target.text if do.target else ""
            return
        for key, one in self._declared.items():
            if isinstance(one, nodes.Item) and key[1] not in self._apart:
                group = one.group.text if one.group else None
                if group not in self._groups if do.target is None else do.target.text == group:
                    yield key


def _by_process(
    before: Declared, after: Declared, key: Key, ways: Mapping[str, tuple[_Way, _Way]]
) -> Loss | None:
    """The first process that goes on without it, or in which something comes before it now."""
    for process, (old, new) in ways.items():
        adding = (one for one, rule in after.items() if key[0] == "item" and key[1] in _added(rule))
        able = (*old.inside, *new.inside, *adding, key)
        by = tuple(one for one in able if before.get(one) != after.get(one))
        now = new.done.get(key, [])
        if not all(any(one <= was for one in now) for was in old.done.get(key, [])):
            return Loss(key, "left_out", by, {"where": process})
        for other, past in old.past.items():
            if key in past and other in new.past and key not in new.past[other]:
                return Loss(key, "later", by, {"where": process, "other": other[1]})
    return None


def _by_rule(before: Declared, after: Declared, key: Key) -> Loss | None:
    """A rule that adds it and does so no more, or otherwise."""
    for (kind, id_), rule in before.items():
        if not isinstance(rule, nodes.Rule):
            continue
        asked = {meaning(one) for one in rule.does if _asks_for(one, key)}
        now = after.get((kind, id_))
        kept = isinstance(now, nodes.Rule) and _occasion(now) == _occasion(rule)
        left = {meaning(one) for one in now.does} if isinstance(now, nodes.Rule) and kept else set()
        if not asked <= left:
            return Loss(key, "left_out", ((kind, id_),), {"where": id_})
    return None


def _asks_for(effect: nodes.Effect, key: Key) -> bool:
    match effect:
        case nodes.AddItem(item=nodes.Name(text=id_)):
            return key == ("item", id_)
        case nodes.Require(approval=nodes.Name(text=id_)):
            return key == ("approval", id_)
        case _:
            return False


def _added(rule: nodes.Declaration) -> Iterator[str]:
    """The items that a rule adds; they are not among those that `items` stands for."""
    for effect in rule.does if isinstance(rule, nodes.Rule) else ():
        if isinstance(effect, nodes.AddItem):
            yield effect.item.text


def _occasion(rule: nodes.Rule) -> object:
    return meaning(rule.whenever), meaning(rule.when), meaning(rule.watch)


def _by_people(before: Declared, after: Declared, key: Key) -> Iterator[Loss]:
    """Roles of it that were apart and are not, and exclusions of them that are gone."""
    names = (name for field in _PEOPLE for name in _names(getattr(before[key], field, None)))
    roles = [("role", name) for name in dict.fromkeys(names)]
    for role in roles:
        was, now = before.get(role), after.get(role)
        if isinstance(was, nodes.Role) and isinstance(now, nodes.Role):
            gone = {one.text for one in was.never} - {one.text for one in now.never}
            if gone:
                yield Loss(key, "let_in", (role,), {"role": role[1], "other": min(gone)})
    for one, other in combinations(roles, 2):
        if not _shared(before, one, other) and _shared(after, one, other):
            by = tuple(role for role in (one, other) if before.get(role) != after.get(role))
            yield Loss(key, "same", by, {"role": one[1], "other": other[1]})


def _names(value: object) -> Iterator[str]:
    match value:
        case nodes.Name():
            yield value.text
        case tuple():
            for one in value:
                yield from _names(one)
        case nodes.Step():
            yield from _names(value.roles)
        case nodes.Count():
            yield value.signer.text
        case nodes.Cause():
            yield from (value.by.text, value.confirmer.text)
        case _:
            pass


def _shared(declared: Declared, one: Key, other: Key) -> bool:
    """True if both say somebody in the same words."""
    return bool(_people(declared, one) & _people(declared, other))


def _people(declared: Declared, role: Key) -> frozenset[object]:
    found = declared.get(role)
    ways = found.resolvers if isinstance(found, nodes.Role) else ()
    return frozenset(meaning(one) for one in ways if not isinstance(one, _UNKNOWN))

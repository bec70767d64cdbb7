"""Things of a process put in and taken out, with the groups around them kept whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dsl import nodes
from dsl.layers.moving import meaning

Body = tuple[nodes.Flow, ...]
Act = Callable[[Body, int], Body]


def stands_for(flow: nodes.Flow, named: nodes.Flow) -> bool:
    """True if a thing or stage of a process is the one that a line of tailoring names."""
    match flow, named:
        case nodes.Do(), nodes.Do():
            target = flow.target and flow.target.text
            return flow.kind == named.kind and target == (named.target and named.target.text)
        case nodes.StageMark(), nodes.StageMark():
            return flow.id.text == named.id.text
        case nodes.Wait(), nodes.Wait():
            return meaning(flow.until) == meaning(named.until)
        case _:
            return False


def flat(body: Body) -> Iterator[nodes.Flow]:
    """Every thing and stage of a process, in groups too."""
    for flow in body:
        match flow:
            case nodes.Together():
                for branch in flow.branches:
                    yield from flat(branch)
            case nodes.Choose():
                yield from flat(flow.then)
                yield from flat(flow.otherwise)
            case _:
                yield flow


def put(body: Body, thing: nodes.Flow, at: nodes.Beside) -> Body | None:
    """The body with a thing more; None if it has no such place."""
    if at.side == "start":
        return (thing, *body)
    if at.side == "end":
        return (*body, thing)
    anchor = at.anchor
    if anchor is None or isinstance(anchor, nodes.Name | nodes.Row):
        return None
    if at.side == "together":
        return _beside(body, anchor, thing)
    behind = at.side == "after"

    def insert(flows: Body, number: int) -> Body:
        return (*flows[: number + behind], thing, *flows[number + behind :])

    return _changed(body, anchor, insert)


def taken(body: Body, named: nodes.Flow) -> Body | None:
    """The body without a thing; None if it has no such thing. A group without branches goes too."""

    def drop(flows: Body, number: int) -> Body:
        return (*flows[:number], *flows[number + 1 :])

    return _changed(body, named, drop)


def _beside(body: Body, anchor: nodes.Flow, thing: nodes.Flow) -> Body | None:
    """With a thing that begins when the anchor begins.

    Where the anchor begins a branch of a group, the thing is another branch, for which nothing
    behind the anchor waits. Else both are a group of their own.
    """
    group = next((one for one in _groups(body) if _begins(one, anchor)), None)
    if group is not None:
        wider = nodes.Together((*group.branches, (thing,)), span=group.span)
        return _instead(body, group, wider)

    def join(flows: Body, number: int) -> Body:
        both = nodes.Together(((flows[number],), (thing,)), span=thing.span)
        return (*flows[:number], both, *flows[number + 1 :])

    return _changed(body, anchor, join)


def _groups(body: Body) -> Iterator[nodes.Together]:
    for flow in body:
        match flow:
            case nodes.Together():
                yield flow
                for branch in flow.branches:
                    yield from _groups(branch)
            case nodes.Choose():
                yield from _groups(flow.then)
                yield from _groups(flow.otherwise)
            case _:
                pass


def _begins(group: nodes.Together, anchor: nodes.Flow) -> bool:
    return any(stands_for(branch[0], anchor) for branch in group.branches if branch)


def _instead(body: Body, old: nodes.Flow, new: nodes.Flow) -> Body:
    return tuple(
        new if flow is old else _inside(flow, lambda b: _instead(b, old, new)) for flow in body
    )


def _inside(flow: nodes.Flow, act: Callable[[Body], Body]) -> nodes.Flow:
    match flow:
        case nodes.Together():
            return nodes.Together(tuple(map(act, flow.branches)), span=flow.span)
        case nodes.Choose():
            then, otherwise = act(flow.then), act(flow.otherwise)
            return nodes.Choose(flow.condition, then, otherwise, span=flow.span)
        case _:
            return flow


def _changed(body: Body, named: nodes.Flow, act: Act) -> Body | None:
    """The body after an act on the sequence that has the named thing; None if none has."""
    for number, flow in enumerate(body):
        if stands_for(flow, named):
            return act(body, number)
    for number, flow in enumerate(body):
        changed = _group_changed(flow, named, act)
        if changed is not None:
            return (*body[:number], *changed, *body[number + 1 :])
    return None


def _group_changed(flow: nodes.Flow, named: nodes.Flow, act: Act) -> Body | None:
    match flow:
        case nodes.Together():
            branches = flow.branches
        case nodes.Choose():
            branches = (flow.then, flow.otherwise)
        case _:
            return None
    for number, branch in enumerate(branches):
        changed = _changed(branch, named, act)
        if changed is not None:
            return _regrouped(flow, (*branches[:number], changed, *branches[number + 1 :]))
    return None


def _regrouped(flow: nodes.Flow, branches: tuple[Body, ...]) -> Body:
    """The group with other branches; one of them alone needs no group, none of them is nothing."""
    if isinstance(flow, nodes.Choose):
        then, otherwise = branches
        if not then and not otherwise:
            return ()
        if not then:
            no = nodes.Not(flow.condition, span=flow.condition.span)
            return (nodes.Choose(no, otherwise, span=flow.span),)
        return (nodes.Choose(flow.condition, then, otherwise, span=flow.span),)
    kept = tuple(branch for branch in branches if branch)
    return kept[0] if len(kept) == 1 else (nodes.Together(kept, span=flow.span),) if kept else ()

"""Approvals: the chain of steps and what a rejection or a delay does."""

from __future__ import annotations

from dsl import model, nodes
from dsl.diagnostic import Value
from dsl.expressions.tree import TableValue
from dsl.resolve.desk import Desk
from dsl.resolve.expressions import frame_for
from dsl.resolve.expressions.frame import Frame
from dsl.resolve.expressions.outputs import output_at
from dsl.resolve.roles import budget
from dsl.resolve.targets import is_step
from dsl.resolve.types import titles_of
from dsl.types import RoleType


def resolve_approval(desk: Desk, node: nodes.Approval) -> model.Approval | None:
    """An approval; a rejection ends the case unless it says otherwise."""
    if not node.steps:
        desk.missing("step", node.id, desk.keyword("approval"))
        return None
    steps = tuple(_step(desk, node, number) for number in range(len(node.steps)))
    found = tuple(step for step in steps if step is not None)
    on_reject = _on_reject(desk, node)
    on_timeout = _on_timeout(desk, node)
    if len(found) < len(steps):
        return None
    _alone(desk, node, found)
    return model.Approval(
        node.id.text,
        titles_of(desk, node.title, node.titles),
        found,
        on_reject,
        node.opinion_required,
        node.repeat,
        on_timeout,
        node.because.text if node.because else None,
    )


def _step(desk: Desk, approval: nodes.Approval, number: int) -> model.Step | None:
    node = approval.steps[number]
    roles = desk.all("role", node.roles)
    desk.place(f"steps.{node.known_as}", node)
    frame = frame_for(desk, "approver", guard="when")
    when = frame.condition(node.when) if node.when else None
    chosen = _chosen(desk, frame.knowing(when.yes) if when else frame, node)
    if len(roles) < len(node.roles) or (node.chosen and chosen is None):
        return None
    return model.Step(
        node.known_as,
        roles if chosen is None else roles_in(desk, chosen),
        _need(desk, node),
        chosen,
        when.tree if when else None,
        budget(desk, node.within),
    )


def _chosen(desk: Desk, frame: Frame, node: nodes.Step) -> TableValue | None:
    """The column of roles that a step names; None if it names none, or another column (reported)."""
    if node.chosen is None or desk.find("table", node.chosen.names[0]) is None:
        return None
    found = output_at(frame, node.chosen)
    if found is None:
        return None
    output, chosen = found
    words = {"step": "step", "all": "step_all", "any": "step_any", "role": "role_type"}
    values: dict[str, Value] = {word: desk.keyword(key) for word, key in words.items()}
    values |= {"name": f"{chosen.table}.{chosen.output}", "collect": desk.keyword("collect")}
    if not isinstance(output.type, RoleType):
        desk.error("E427", node.chosen, values, variant="value", hint=True)
        return None
    table: nodes.Table = desk.book.of("table")[chosen.table].node
    if (node.mode == "one") == (table.hit == "collect"):
        variant = "collect" if node.mode == "one" else "single"
        desk.error("E427", node.chosen, values, variant=variant, hint=True)
        return None
    return chosen


def roles_in(desk: Desk, chosen: TableValue) -> tuple[str, ...]:
    """Every role that the rows of a table may choose."""
    table = desk.book.tables.get(chosen.table)
    if table is None:
        desk.book.excused = True
        return ()
    at = next(at for at, output in enumerate(table.outputs) if output.id == chosen.output)
    return tuple(dict.fromkeys(str(row.gives[at]) for row in table.rows))


def _need(desk: Desk, node: nodes.Step) -> int | None:
    """How many must approve; a role that is everyone of a group needs all of them."""
    match node.mode:
        case "all":
            return None
        case "any":
            return 1
        case "count":
            return _count(desk, node)
        case "one" if node.chosen:
            return 1
        case "one":
            return None if _everyone(desk, node.roles[0].text) else 1


def _count(desk: Desk, node: nodes.Step) -> int:
    count = node.count or 0
    groups = [role for role in node.roles if _many(desk, role.text)]
    if count < 1 or (not groups and count > len(node.roles)):
        desk.error("E410", node, {"count": count, "people": len(node.roles)}, hint=True)
    return count


def _resolvers(desk: Desk, role: str) -> tuple[nodes.Resolver, ...]:
    declared: nodes.Role | None = getattr(desk.book.of("role").get(role), "node", None)
    return declared.resolvers if declared else ()


def _everyone(desk: Desk, role: str) -> bool:
    return any(isinstance(each, nodes.EveryoneIn) for each in _resolvers(desk, role))


def _many(desk: Desk, role: str, above: tuple[str, ...] = ()) -> bool:
    """True if a role may be filled by several people; whoever is above one person is one person."""
    if role in above:
        return False
    for each in _resolvers(desk, role):
        match each:
            case nodes.ManagerOf(below) | nodes.HeadOfDepartmentOf(below):
                if _many(desk, below.text, (*above, role)):
                    return True
            case nodes.HolderOfPost() | nodes.AnyoneIn() | nodes.EveryoneIn():
                return True
            case _:
                pass
    return False


def _alone(desk: Desk, node: nodes.Approval, steps: tuple[model.Step, ...]) -> None:
    first: dict[str, nodes.Step] = {}
    for step, written in zip(steps, node.steps, strict=True):
        if step.id in first:
            label = desk.label(first[step.id], "E202.first")
            values: dict[str, Value] = {"name": step.id, "example": desk.keyword("step_as")}
            desk.error("E202", written, values, others=(label,), variant="step", hint=True)
        first.setdefault(step.id, written)


def _on_reject(desk: Desk, node: nodes.Approval) -> model.OnReject | None:
    match node.on_reject:
        case nodes.ReturnOnReject() as back:
            desk.place("on_reject", back)
            if back.step is not None:
                is_step(desk, node, back.step)
            step = back.step.text if back.step else None
            return model.ReturnOnReject(desk.find("role", back.role) or "", step)
        case nodes.BackOnReject() as back:
            desk.place("on_reject", back)
            is_step(desk, node, back.step)
            return model.BackOnReject(back.step.text)
        case nodes.EndOnReject():
            return model.EndOnReject()
        case None:
            return None


def _on_timeout(desk: Desk, node: nodes.Approval) -> model.OnTimeout | None:
    match node.on_timeout:
        case nodes.EscalateOnTimeout() as late:
            desk.place("on_timeout", late)
            return model.EscalateOnTimeout(desk.find("role", late.role) or "")
        case nodes.DecideOnTimeout() as late:
            return model.DecideOnTimeout(late.outcome)
        case nodes.RemindOnTimeout():
            return model.RemindOnTimeout()
        case None:
            return None

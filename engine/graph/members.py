"""What a process places: the declarations by id, the items of `items`, the things that gates hold."""

from __future__ import annotations

from collections.abc import Iterator

from dsl import model
from dsl.expressions.tree import Expression
from engine.graph.conditions import describe


class Members:
    """The declarations of a rulebook as one of its processes sees them.

    Args:
        rulebook: a checked model.
        process: the process's id; the first one if None.
    """

    def __init__(self, rulebook: model.Rulebook, process: str | None) -> None:
        self.rulebook = rulebook
        by_id = {each.id: each for each in rulebook.processes}
        self.process = by_id[process] if process is not None else rulebook.processes[0]
        self.roles = {role.id: role for role in rulebook.roles}
        self.approvals = {approval.id: approval for approval in rulebook.approvals}
        self.items = {item.id: item for item in rulebook.items}
        self.gates = {gate.id: gate for gate in rulebook.gates}
        self.actions = {action.id: action for action in rulebook.actions}
        self.accesses = {access.id: access for access in rulebook.accesses}
        self.documents = {document.id: document for document in rulebook.documents}
        self.processes = by_id
        self.inlined = tuple(rulebook.inlined(self.process.id))
        things = [part for process in self.inlined for part in model.things_of(process.body)]
        self._placed = {part.id for part in things if part.kind == "item"}
        self.added = {
            effect.item
            for rule in rulebook.rules
            for effect in rule.does
            if isinstance(effect, model.AddItem)
        }
        self._groups = {part.id for part in things if part.kind == "group"}
        self._paths = {
            part: path
            for process in self.inlined
            for part, path in _paths(process.body, f"process.{process.id}.body")
        }

    def path_of(self, part: model.Flow) -> str | None:
        """The key of a part of the process in `dsl.model.Checked.places`."""
        return self._paths.get(id(part))

    def items_of(self, part: model.Do) -> list[model.Item]:
        """The items of `items` or `items of GROUP`, less those that it places elsewhere or a rule adds."""
        apart = self._placed | self.added
        free = [item for item in self.items.values() if item.id not in apart]
        if part.kind == "group":
            return [item for item in free if item.group == part.id]
        return [item for item in free if item.group not in self._groups]

    def title(self, kind: str, ref: str) -> model.Titles:
        """The title of a gate, an action, an access, a document or a process."""
        match kind:
            case "gate":
                return self.gates[ref].title
            case "action":
                return self.actions[ref].title
            case "access":
                return self.accesses[ref].title
            case "document":
                return self.documents[ref].title
            case _:
                return self.processes[ref].title

    def held_by(self, gate: model.Gate) -> Iterator[str]:
        """The ids of the nodes that a gate holds back, placed or not."""
        for held in gate.holds:
            if isinstance(held, model.HeldStage):
                yield f"stage:{held.stage}"
                continue
            for action in self.actions.values():
                if held.thing in action.releases:
                    yield f"action:{action.id}"
            for document in self.documents.values():
                if held.thing in document.releases:
                    yield f"document:{document.id}"
            if held.thing == "access":
                yield from (f"access:{access}" for access in self.accesses)

    def step_title(self, step: model.Step) -> model.Titles:
        """Who acts in a step: `A + B` for all, `A / B` for any, `2× A / B` for a quorum."""
        quorum = f"{step.need}× " if step.need is not None and step.need > 1 else ""
        who = self.who(step.roles, " + " if step.need is None else " / ")
        return {language: f"{quorum}{title}" for language, title in who.items()}

    def who(self, roles: tuple[str, ...], between: str) -> model.Titles:
        """The titles of some roles in one."""
        titles = [self.roles[role].title for role in roles]
        languages = dict.fromkeys(language for title in titles for language in title)
        return {
            language: between.join(
                title.get(language) or next(iter(title.values()), role)
                for role, title in zip(roles, titles, strict=True)
            )
            for language in languages
        }

    def reading(self, expression: Expression) -> model.Titles:
        """A short reading of a condition or a moment in the titles of the facts, per language of the rulebook."""
        return describe(expression, self.rulebook)


def _paths(body: tuple[model.Flow, ...], path: str) -> Iterator[tuple[int, str]]:
    """Each part by identity, since equal parts may stand in several places."""
    for number, part in enumerate(body):
        here = f"{path}.{number}"
        yield id(part), here
        match part:
            case model.Together():
                for way, branch in enumerate(part.branches):
                    yield from _paths(branch, f"{here}.{way}")
            case model.Choose():
                yield from _paths(part.then, f"{here}.then")
                yield from _paths(part.otherwise, f"{here}.otherwise")
            case model.Do() | model.StageMark() | model.Wait():
                pass

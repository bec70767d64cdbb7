"""The process graph: one networkx graph of typed nodes that runs, is drawn and is analysed.

Structure comes first: a sequence, `together` and `if` nest, so tokens can neither get lost nor
block each other by drawing. What is left to check (orders, gates, roles) is checked on this graph.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

import networkx as nx

from dsl import model
from engine.graph.members import Members

EdgeKind = Literal["flow", "then", "otherwise", "return", "reject", "after", "holds", "later"]
TOKEN_EDGES: frozenset[EdgeKind] = frozenset({"flow", "then", "otherwise"})
"""The kinds of edges that a token walks; `return` and `reject` are taken on a rejection only."""

Graph: TypeAlias = "nx.DiGraph[str]"


class Exit(NamedTuple):
    """An open end of the graph as built so far, and the kind of the edge that will leave it."""

    node: str
    kind: EdgeKind = "flow"


def build(
    rulebook: model.Rulebook,
    places: dict[str, model.Place] | None = None,
    process: str | None = None,
) -> Graph:
    """The graph of one process.

    Nodes carry `kind`, `ref`, `title` (per language code), `stage`, `place` (or None), `many` (one
    task per record of a list), `conditional` (a `when` or `applies` decides on arrival) and `depth`
    (how many branchings it lies in), `parts` (the processes inside this one that it lies in); a choice
    carries its `condition`, a wait the moment `until` which it lasts. Edges carry `kind` and
    `also`: the dependencies that run along the same pair of nodes.

    Args:
        rulebook: a checked model.
        places: where its parts are written, as `dsl.model.Checked.places`.
        process: the process's id; the first one if it is left out.

    Raises:
        KeyError: the rulebook has no process of that id.
    """
    members = Members(rulebook, process)
    builder = _Builder(members, places or {})
    builder.run()
    return builder.graph


class _Builder:
    def __init__(self, members: Members, places: dict[str, model.Place]) -> None:
        self.members = members
        self.places = places
        self.graph: Graph = nx.DiGraph(process=members.process.id)
        self.numbers = {"fork": 0, "choice": 0, "wait": 0}
        self.depth = 0
        self.parts: tuple[str, ...] = ()
        self.line: str | None = None

    def run(self) -> None:
        process = self.members.process
        self._node("start", "start", process.id, title=process.title)
        exits, _ = self._sequence(process.body, [Exit("start")], None)
        self.line = None
        self._node("end", "end:closed", "closed")
        self._connect(exits, "end:closed")
        self._follow_ups()
        self._required()
        self._dependencies()

    def _node(  # noqa: PLR0913 - the attributes of a node are one flat record
        self,
        kind: str,
        node: str,
        ref: str = "",
        *,
        title: model.Titles | None = None,
        stage: str | None = None,
        path: str | None = None,
        many: bool = False,
        conditional: bool = False,
    ) -> str:
        whole = f"process.{self.members.process.id}"
        found = (self.places.get(key) for key in (path, self.line, whole) if key)
        place = next((each for each in found if each), None)
        self.graph.add_node(
            node,
            kind=kind,
            ref=ref,
            title=title or {},
            stage=stage,
            place=place,
            many=many,
            conditional=conditional,
            depth=self.depth,
            parts=self.parts,
        )
        return node

    def _edge(self, source: str, target: str, kind: EdgeKind) -> None:
        if source == target:
            return
        known = self.graph.get_edge_data(source, target)
        if known is None:
            self.graph.add_edge(source, target, kind=kind, also=())
        elif kind not in (known["kind"], *known["also"]):
            known["also"] = (*known["also"], kind)

    def _connect(self, exits: list[Exit], node: str) -> list[Exit]:
        for source, kind in exits:
            self._edge(source, node, kind)
        return [Exit(node)]

    def _sequence(
        self, body: tuple[model.Flow, ...], exits: list[Exit], stage: str | None
    ) -> tuple[list[Exit], str | None]:
        for part in body:
            self.line = self.members.path_of(part)
            match part:
                case model.StageMark():
                    stage = part.id
                    node = self._node(
                        "stage",
                        f"stage:{part.id}",
                        part.id,
                        title=part.title,
                        stage=stage,
                    )
                    exits = self._connect(exits, node)
                case model.Do():
                    exits = self._do(part, exits, stage)
                case model.Wait():
                    exits = self._wait(part, exits, stage)
                case model.Together():
                    exits = self._together(part.branches, exits, stage)
                case model.Choose():
                    exits = self._choose(part, exits, stage)
        return exits, stage

    def _together(
        self, branches: tuple[tuple[model.Flow, ...], ...], exits: list[Exit], stage: str | None
    ) -> list[Exit]:
        """Branches side by side. What holds nothing is no branch, and one branch needs no fork."""
        filled = [branch for branch in branches if self._has_nodes(branch)]
        if len(filled) < 2:  # noqa: PLR2004 - a fork parts a token in two at least
            return self._sequence(filled[0], exits, stage)[0] if filled else exits
        self.numbers["fork"] += 1
        number = self.numbers["fork"]
        line = self.line
        fork = self._node("fork", f"fork:{number}", stage=stage)
        self._connect(exits, fork)
        self.depth += 1
        ends = [self._sequence(branch, [Exit(fork)], stage)[0] for branch in filled]
        self.depth -= 1
        self.line = line
        join = self._node("join", f"join:{number}", stage=stage)
        for end in ends:
            self._connect(end, join)
        return [Exit(join)]

    def _choose(self, choice: model.Choose, exits: list[Exit], stage: str | None) -> list[Exit]:
        """Two ways that meet again; a way that holds nothing leads straight to the meeting."""
        if not (self._has_nodes(choice.then) or self._has_nodes(choice.otherwise)):
            return exits
        self.numbers["choice"] += 1
        number = self.numbers["choice"]
        node = self._node(
            "choice",
            f"choice:{number}",
            title=self.members.reading(choice.condition),
            stage=stage,
        )
        self.graph.nodes[node]["condition"] = choice.condition
        self._connect(exits, node)
        line = self.line
        then, _ = self._sequence(choice.then, [Exit(node, "then")], stage)
        otherwise, _ = self._sequence(choice.otherwise, [Exit(node, "otherwise")], stage)
        self.line = line
        merge = self._node("merge", f"merge:{number}", stage=stage)
        self._connect(then, merge)
        return self._connect(otherwise, merge)

    def _has_nodes(self, body: tuple[model.Flow, ...]) -> bool:
        return any(self._is_filled(part) for part in body)

    def _is_filled(self, part: model.Flow) -> bool:
        match part:
            case model.StageMark() | model.Wait():
                return True
            case model.Do():
                listed = part.kind in ("items", "group")
                return not listed or bool(self.members.items_of(part))
            case model.Together():
                return any(self._has_nodes(branch) for branch in part.branches)
            case model.Choose():
                return self._has_nodes(part.then) or self._has_nodes(part.otherwise)

    def _do(self, part: model.Do, exits: list[Exit], stage: str | None) -> list[Exit]:
        match part.kind:
            case "approval":
                return self._approval(self.members.approvals[part.id or ""], exits, stage)
            case "items" | "group":
                each = tuple(
                    (model.Do(kind="item", id=item.id),) for item in self.members.items_of(part)
                )
                return self._together(each, exits, stage)
            case "item":
                return self._item(self.members.items[part.id or ""], exits, stage)
            case "process":
                return self._process(self.members.processes[part.id or ""], exits, stage)
            case "gate" | "action" | "access" | "document" as kind:
                ref = part.id or ""
                title = self.members.title(kind, ref)
                path = f"{kind}.{ref}"
                node = self._node(
                    kind, path_id(kind, ref), ref, title=title, stage=stage, path=path
                )
                return self._connect(exits, node)

    def _process(self, process: model.Process, exits: list[Exit], stage: str | None) -> list[Exit]:
        """A process that is part of this one: its whole body, under a heading with its title."""
        node = self._node(
            "process",
            path_id("process", process.id),
            process.id,
            title=process.title,
            stage=stage,
            path=f"process.{process.id}",
        )
        line = self.line
        self.parts = (*self.parts, process.id)
        exits, _ = self._sequence(process.body, self._connect(exits, node), stage)
        self.parts = self.parts[:-1]
        self.line = line
        return exits

    def _wait(self, wait: model.Wait, exits: list[Exit], stage: str | None) -> list[Exit]:
        self.numbers["wait"] += 1
        node = self._node(
            "wait",
            path_id("wait", str(self.numbers["wait"])),
            title=self.members.reading(wait.until),
            stage=stage,
        )
        self.graph.nodes[node]["until"] = wait.until
        return self._connect(exits, node)

    def _follow_ups(self) -> None:
        """What comes up after the close hangs on the end; no token walks there."""
        for number, one in enumerate(self.members.process.follow_ups):
            self.line = f"process.{self.members.process.id}.follow_ups.{number}"
            title = self.members.title(one.kind, one.id)
            node = self._node(one.kind, path_id(one.kind, one.id), one.id, title=title)
            self._edge("end:closed", node, "later")
        self.line = None

    def _item(self, item: model.Item, exits: list[Exit], stage: str | None) -> list[Exit]:
        node = self._node(
            "item",
            path_id("item", item.id),
            item.id,
            title=item.title,
            stage=stage,
            path=f"item.{item.id}",
            many=item.each is not None,
            conditional=item.applies is not None,
        )
        return self._connect(exits, node)

    def _approval(
        self, approval: model.Approval, exits: list[Exit], stage: str | None
    ) -> list[Exit]:
        path = f"approval.{approval.id}"
        node = self._node(
            "approval",
            path_id("approval", approval.id),
            approval.id,
            title=approval.title,
            stage=stage,
            path=path,
        )
        placed = bool(exits)
        exits = self._connect(exits, node)
        for step in approval.steps:
            ref = f"{approval.id}.{step.id}"
            of_step = f"{path}.steps.{step.id}"
            step_node = self._node(
                "step",
                path_id("step", ref),
                ref,
                title=self.members.step_title(step),
                stage=stage,
                path=of_step if of_step in self.places else path,
                conditional=step.when is not None,
            )
            exits = self._connect(exits, step_node)
        self._rejections(approval, stage, placed=placed)
        return exits

    def _rejections(self, approval: model.Approval, stage: str | None, *, placed: bool) -> None:
        on_reject = approval.on_reject
        begin = path_id("approval", approval.id)
        steps = [path_id("step", f"{approval.id}.{step.id}") for step in approval.steps]
        match on_reject:
            case model.ReturnOnReject(role):
                self._revision(approval, (role,), stage)
            case None if not placed:
                self._revision(approval, self.members.process.started_by[:1], stage)
            case model.EndOnReject() | None:
                if "end:rejected" not in self.graph:
                    self._node("end", "end:rejected", "rejected")
                for step in steps:
                    self._edge(step, "end:rejected", "reject")
            case model.BackOnReject():
                back = path_id("step", f"{approval.id}.{on_reject.step}")
                later = steps[steps.index(back) + 1 :] if back in steps else []
                for step in steps:
                    # Going "back" to a step that has not been reached yet would skip approvers.
                    self._edge(step, back if step in later else begin, "reject")

    def _revision(
        self, approval: model.Approval, roles: tuple[str, ...], stage: str | None
    ) -> None:
        revise = self._node(
            "revise",
            path_id("revise", approval.id),
            approval.id,
            title=self.members.who(roles, " / "),
            stage=stage,
            path=f"approval.{approval.id}",
        )
        for step in approval.steps:
            self._edge(path_id("step", f"{approval.id}.{step.id}"), revise, "return")
        self._edge(revise, path_id("approval", approval.id), "flow")
        back = approval.on_reject
        if isinstance(back, model.ReturnOnReject) and back.step is not None:
            self._edge(revise, path_id("step", f"{approval.id}.{back.step}"), "return")

    def _required(self) -> None:
        """Approvals that only rules begin: each a way of its own, which holds what waits for it."""
        effects = [effect for rule in self.members.rulebook.rules for effect in rule.does]
        for effect in effects:
            if not isinstance(effect, model.Require):
                continue
            node = path_id("approval", effect.approval)
            if node not in self.graph:
                self._approval(self.members.approvals[effect.approval], [], None)
            target = path_id(effect.kind, effect.target)
            if target in self.graph:
                self._edge(node, target, "holds")

    def _dependencies(self) -> None:
        for item in self.members.items.values():
            node = path_id("item", item.id)
            for before in item.after:
                if node in self.graph and path_id("item", before) in self.graph:
                    self._edge(path_id("item", before), node, "after")
        for gate in self.members.gates.values():
            held = [node for node in self.members.held_by(gate) if node in self.graph]
            if held and path_id("gate", gate.id) not in self.graph:
                path = f"gate.{gate.id}"
                self._node("gate", path_id("gate", gate.id), gate.id, title=gate.title, path=path)
            for node in held:
                self._edge(path_id("gate", gate.id), node, "holds")


def path_id(kind: str, ref: str) -> str:
    """The id of the node that stands for a declaration."""
    return f"{kind}:{ref}"

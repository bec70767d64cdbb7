"""The flattened process graph: plain adjacency that the engine walks without networkx.

A plan is part of the published artefact and can be rebuilt from the model at any time.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from dsl.expressions.tree import Expression

FORMAT = 1
"""Raised whenever a plan of an older form could not be walked any more."""

NodeKind = Literal[
    "start", "stage", "fork", "join", "choice", "merge", "approval", "step", "revise", "item",
    "gate", "action", "access", "document", "process", "wait", "end",
]  # fmt: skip


class PlanNode(Struct, frozen=True, omit_defaults=True):
    """One node.

    Attributes:
        id: `kind:declaration`, for a step `step:approval.step`, for gateways `fork:3`, `choice:1`.
        kind: what happens on arrival.
        ref: the declaration that the node stands for; for a step `approval.step`.
        next: where a token goes from here. A fork sends one to each; a choice to the first (then)
            or the second (otherwise); every other node has at most one.
        need: how many tokens a join waits for.
        stage: the stage that the node lies in.
        reject: for a step, where its token goes on a rejection: `revise:…`, an earlier `step:…`,
            `approval:…` (the round begins again) or `end:rejected`; for a revision, the step from
            which the chain goes on if it had come so far.
        condition: for a choice, what decides between its two ways.
        until: for a wait, the moment at which the token goes on.
    """

    id: str
    kind: NodeKind
    ref: str = ""
    next: tuple[str, ...] = ()
    need: int = 1
    stage: str | None = None
    reject: str | None = None
    condition: Expression | None = None
    until: Expression | None = None


class Plan(Struct, frozen=True):
    """The way of one process, node by node."""

    format: int
    process: str
    start: str
    nodes: dict[str, PlanNode]

"""Source nodes of items and what they ask for."""

from __future__ import annotations

from dsl.nodes.declarations import Bounds, Declared, LanguageTitle, TypeNode
from dsl.nodes.expressions import Duration, Expression, Name, Node, Path, Text


class ForEach(Node, frozen=True):
    """`for each x in LIST [where C]`."""

    variable: Name
    over: Name
    where: Expression | None = None


class Content(Node, frozen=True):
    """`provide ID "t" TYPE [1..15] [optional] [when C]`."""

    id: Name
    title: Text
    type: TypeNode
    optional: bool = False
    when: Expression | None = None
    bounds: Bounds | None = None
    titles: tuple[LanguageTitle, ...] = ()


class Evidence(Node, frozen=True):
    """`evidence ID "t" TYPE [optional] [from R] [when C]`."""

    id: Name
    title: Text
    type: TypeNode
    optional: bool = False
    source: Name | None = None
    when: Expression | None = None
    titles: tuple[LanguageTitle, ...] = ()


class Count(Node, frozen=True):
    """`count ID "t" against X, difference signed by R`."""

    id: Name
    title: Text
    against: Path
    signer: Name
    titles: tuple[LanguageTitle, ...] = ()


class Cause(Node, frozen=True):
    """`cause by R confirmed by R`."""

    by: Name
    confirmer: Name


class Copies(Node, frozen=True):
    """`copies 3 to A, B, C`."""

    number: int
    to: tuple[Name, ...]


class Item(Declared, frozen=True):
    """Something that is handed over. `signers`: rounds in order (`signed by A, B then C`)."""

    group: Name | None = None
    applies: Expression | None = None
    each: ForEach | None = None
    giver: Name | None = None
    receiver: Name | None = None
    accountable: Name | None = None
    contents: tuple[Content, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    counts: tuple[Count, ...] = ()
    accepted: Expression | None = None
    signers: tuple[tuple[Name, ...], ...] = ()
    due: Expression | None = None
    within: Duration | None = None
    sla: Name | None = None
    after: tuple[Name, ...] = ()
    read_only_for: tuple[Name, ...] = ()
    waiver: Name | None = None
    cause: Cause | None = None
    copies: Copies | None = None

    @property
    def stated(self) -> tuple[Content | Count, ...]:
        """What the giver states and a condition can read."""
        return (*self.contents, *self.counts)

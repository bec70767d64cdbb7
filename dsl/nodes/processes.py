"""Source nodes of processes: structure first, a sequence nests branches and choices."""

from __future__ import annotations

from dsl.model import DoKind, FollowUpKind
from dsl.nodes.declarations import Declared, LanguageTitle
from dsl.nodes.expressions import Duration, Expression, Name, Node, Text


class Do(Node, frozen=True):
    """One thing of a process; `target` is None for `items`, the group for `items of GROUP`."""

    kind: DoKind
    target: Name | None = None


class Wait(Node, frozen=True):
    """`then wait until M`."""

    until: Expression


class FollowUp(Node, frozen=True):
    """`follow up X D after close`."""

    kind: FollowUpKind
    target: Name
    after: Duration


class StageMark(Node, frozen=True):
    """`stage ID "t"`, with any `title LANG "t"` lines after it."""

    id: Name
    title: Text
    titles: tuple[LanguageTitle, ...] = ()


class Together(Node, frozen=True):
    """`then together … and … end`."""

    branches: tuple[tuple[Flow, ...], ...]


class Choose(Node, frozen=True):
    """`then if C … otherwise … end`."""

    condition: Expression
    then: tuple[Flow, ...]
    otherwise: tuple[Flow, ...] = ()


Flow = Do | Wait | StageMark | Together | Choose


class Process(Declared, frozen=True):
    """The way of a case from its opening to its close."""

    started_by: tuple[Name, ...] = ()
    managed_by: tuple[Name, ...] = ()
    body: tuple[Flow, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()

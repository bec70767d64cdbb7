"""Which line of which layer has caused a problem that shows in a layer below it.

A problem of the whole that the layers below do not have by themselves was made by a layer above. The
cause is the statement without which it is gone; that is tried, and it is tried only then.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from dsl.diagnostic import Diagnostic, Label, in_order
from dsl.judging import Judged, judge
from dsl.layers import Stack, compose
from dsl.source import Span

MAX_TRIES = 64
"""Of more statements than so many the first ones are tried."""
Known = frozenset[tuple[str, str, Span]]
"""Problems by what they are and where they show."""


def blamed(stack: Stack, judged: Judged, aside: frozenset[str]) -> tuple[Diagnostic, ...]:
    """The problems of a rulebook, those that a layer has caused below it at the place of the cause.

    Args:
        stack: the layers.
        judged: what is wrong with them together.
        aside: the scenarios that are left out.
    """
    names = [one.source.name for one in stack.layers]
    below = [each for each in judged.diagnostics if each.primary.source in names[1:]]
    below = [each for each in below if not each.code.startswith("E6")]
    if not below:
        return judged.diagnostics
    blame = _Blame(stack, judged, aside)
    return in_order([blame.told(each) if each in below else each for each in judged.diagnostics])


class _Blame:
    def __init__(self, stack: Stack, judged: Judged, aside: frozenset[str]) -> None:
        self._stack = stack
        self._aside = aside
        self._all = _known(judged)
        self._texts = stack.texts
        self._tried: dict[Span, Known] = {}
        self._alone: dict[int, Known] = {}

    def told(self, each: Diagnostic) -> Diagnostic:
        """The problem, at the place of its cause if that is in a layer above."""
        names = [one.source.name for one in self._stack.layers]
        at = names.index(each.primary.source)
        if _one(each) in self._below(at):
            return each
        cause = next((span for span in self._statements(at) if self._causes(span, each)), None)
        source, span = self._extends(at) if cause is None else self._place(cause)
        layer = self._stack.layers[names.index(source)].id
        label = Label(span, source, "label.tailored", {"layer": layer})
        others = (one for one in each.labels if (one.source, one.span) != (source, span))
        return replace(each, labels=(label, *others), fix=None)

    def _below(self, at: int) -> Known:
        """The problems that a layer and those below it have by themselves."""
        if at not in self._alone:
            alone = compose(Stack(self._stack.layers[at:]))
            self._alone[at] = _known(judge(alone))
        return self._alone[at]

    def _statements(self, at: int) -> Iterator[Span]:
        """The places of the statements of the layers above one."""
        spans = (
            one.tailoring.span.shift(one.start + start)
            for layer, start in zip(self._stack.layers[:at], self._texts.starts, strict=False)
            for one in layer.rulebook.tailoring
        )
        yield from list(spans)[:MAX_TRIES]

    def _causes(self, statement: Span, each: Diagnostic) -> bool:
        """True if without the statement the problem is gone, and no error comes in its place.

        What only a check of a sound rulebook finds may come to light, and is no error.
        """
        if statement not in self._tried:
            less = compose(self._stack, frozenset((statement,))).without(self._aside)
            self._tried[statement] = _known(judge(less))
        left = self._tried[statement]
        errors = {one for one in left if one[0].startswith("E")}
        return _one(each) not in left and errors <= self._all

    def _place(self, span: Span) -> tuple[str, Span]:
        (source, _), local = self._texts.find(span)
        return source.name, local

    def _extends(self, at: int) -> tuple[str, Span]:
        """The line that puts the next layer on top of one."""
        above = self._stack.layers[at - 1]
        header = above.rulebook.header
        extends = header.extends if header else None
        return above.source.name, extends.span if extends else Span(0, 0)


def _known(judged: Judged) -> Known:
    return frozenset(map(_one, judged.diagnostics))


def _one(each: Diagnostic) -> tuple[str, str, Span]:
    return each.code, each.primary.source, each.primary.span

"""Nests the lines of a process: groups open with `together` or `if` and close with `end`."""

from __future__ import annotations

from msgspec import structs

from dsl import nodes, syntax_errors
from dsl.diagnostic import Diagnostic, Value
from dsl.parser.build_processes import Mark, Stage
from dsl.parser.depth import MAX_NESTING
from dsl.source import Span


class _Group:
    """An open group: its first line and its branches so far."""

    def __init__(self, mark: Mark | None) -> None:
        self.mark = mark
        self.branches: list[list[nodes.Flow]] = [[]]
        self.last = mark

    def node(self, end: Span) -> nodes.Flow:
        """The group as a node."""
        if self.mark is None:
            raise AssertionError
        span = self.mark.span.to(end)
        parts = tuple(tuple(branch) for branch in self.branches)
        if self.mark.condition is None:
            return nodes.Together(parts, span=span)
        return nodes.Choose(self.mark.condition, *parts, span=span)


class Flows:
    """The lines of one process, taken in order.

    Args:
        source: the name of the text, for diagnostics.
    """

    def __init__(self, source: str) -> None:
        self.diagnostics: list[Diagnostic] = []
        self._source = source
        self._open = [_Group(None)]
        self._too_deep = 0
        # The kind of a branch that came without its group; what follows of that is no new mistake.
        self._groupless: str | None = None

    def add(self, value: object) -> None:
        """Takes the next line; lines that are no flow are not this class's concern."""
        if isinstance(value, Stage):
            title = value.title or nodes.Text(value.id.text, span=value.id.span)
            if value.title is None:
                name = value.id
                self.diagnostics.append(
                    syntax_errors.missing_title(self._source, name.span, name.text)
                )
            self._branch.append(nodes.StageMark(value.id, title, span=value.span))
        elif isinstance(value, nodes.Do | nodes.Wait):
            self._branch.append(value)
        elif isinstance(value, Mark):
            self._mark(value)

    def takes_title(self, title: object) -> bool:
        """Gives a further title to the stage just before it; False if there is none."""
        last = self._branch[-1] if self._branch else None
        if not (isinstance(last, nodes.StageMark) and isinstance(title, nodes.LanguageTitle)):
            return False
        self._branch[-1] = structs.replace(last, titles=(*last.titles, title))
        return True

    def body(self) -> tuple[nodes.Flow, ...]:
        """The whole flow; groups that are still open are reported and closed."""
        while len(self._open) > 1:
            group = self._open[-1]
            if group.mark is not None:
                self._report("E109", group.mark.span)
                self._close(group.mark.span)
        return tuple(self._open[0].branches[0])

    @property
    def _branch(self) -> list[nodes.Flow]:
        return self._open[-1].branches[-1]

    def _mark(self, mark: Mark) -> None:
        if mark.kind in ("together", "if"):
            self._enter(mark)
        elif self._too_deep:
            self._too_deep -= mark.kind == "end"
        elif mark.kind == "end":
            self._end(mark)
        else:
            self._part(mark)

    def _enter(self, mark: Mark) -> None:
        if self._too_deep or len(self._open) > MAX_NESTING:
            if not self._too_deep:
                self._report("E007", mark.span, {"limit": MAX_NESTING})
            self._too_deep += 1
        else:
            self._open.append(_Group(mark))

    def _end(self, mark: Mark) -> None:
        if len(self._open) == 1:
            if self._groupless is None:
                self._report("E110", mark.span, variant="E110.end")
            self._groupless = None
        else:
            self._close(mark.span)

    def _part(self, mark: Mark) -> None:
        """`and` begins another branch of `together`, `otherwise` the second way of an `if`."""
        wanted = "together" if mark.kind == "and" else "if"
        self._end_inner(mark, wanted)
        group = self._open[-1]
        if group.mark is None or group.mark.kind != wanted:
            if self._groupless != mark.kind:
                self._report("E110", mark.span, variant=f"E110.{mark.kind}")
            self._groupless = None if group.mark else mark.kind
        elif wanted == "if" and len(group.branches) > 1:
            self._report("E110", mark.span, variant="E110.second_otherwise")
        else:
            self._check_branch(group)
            group.branches.append([])
            group.last = mark

    def _end_inner(self, mark: Mark, wanted: str) -> None:
        """A part of an outer group can only mean that the end of the inner one is missing."""
        inner = self._open[-1].mark
        outer = any(one.mark is not None and one.mark.kind == wanted for one in self._open[:-1])
        if inner is not None and inner.kind != wanted and outer:
            self._report("E109", inner.span)
            self._close(mark.span)
            self._end_inner(mark, wanted)

    def _close(self, end: Span) -> None:
        group = self._open.pop()
        self._check_branch(group)
        self._branch.append(group.node(end))

    def _check_branch(self, group: _Group) -> None:
        if not group.branches[-1] and group.last is not None:
            self._report("E115", group.last.span)

    def _report(
        self,
        code: str,
        span: Span,
        values: dict[str, Value] | None = None,
        variant: str | None = None,
    ) -> None:
        found = syntax_errors.error(self._source, code, span, values)
        self.diagnostics.append(structs.replace(found, variant=variant))

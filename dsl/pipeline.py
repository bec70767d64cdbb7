"""The front door: text to checked model."""

from __future__ import annotations

from msgspec import Struct

from dsl.allowances import allowed
from dsl.blaming import blamed
from dsl.diagnostic import Diagnostic, Label, Severity, Value, in_order
from dsl.judging import Judged, judge
from dsl.layers import NOTHING, Composed, Layer, Shelf, Stack, compose, stack
from dsl.model import Checked
from dsl.parser import MAX_PROBLEMS, Parsed, Reader
from dsl.resolve.memory import Memory
from dsl.resolve.names import Names
from dsl.source import Source


class Aside(Struct, frozen=True):
    """A scenario of a layer below that can no longer be said, since a layer above has tailored it."""

    id: str
    diagnostic: Diagnostic


class Outcome(Struct, frozen=True):
    """What came of a text.

    Attributes:
        checked: the model; None if there is an error.
        diagnostics: all problems, sorted by place; warnings alone do not prevent a model.
        parsed: what the text says, its tokens, its declarations.
        names: where each declared name is written; some are found in a wrong text too.
        stack: the texts of all layers, the text itself first; None if nothing of it can be read.
        composed: the nodes of all layers together.
        aside: the scenarios of layers below that are left out.
    """

    checked: Checked | None
    diagnostics: tuple[Diagnostic, ...]
    parsed: Parsed
    names: Names = Names()
    stack: Stack | None = None
    composed: Composed | None = None
    aside: tuple[Aside, ...] = ()

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The layers that could be read, the text itself first."""
        return () if self.stack is None else self.stack.layers

    def sources(self, source: Source) -> dict[str, Source]:
        """The texts by name, which places point into.

        Args:
            source: the text that was checked.
        """
        wrong = () if self.stack is None else self.stack.unread
        return {one.name: one for one in (*(layer.source for layer in self.layers), *wrong, source)}


def check_source(source: Source, shelf: Shelf = NOTHING) -> Outcome:
    """Parses, resolves and checks one text; all problems of the text come in one run.

    Args:
        source: the text.
        shelf: finds the bases that it extends.
    """
    return Checker(shelf).check(source)


class Checker:
    """Checks the forms of one text one after the other, for an editor or a language server.

    A declaration whose own text has not changed is not read again, wherever it has moved; so too
    those of its bases. Nor are its names and types looked up again, as long as they can mean nothing else.

    Args:
        shelf: finds the bases that a text extends.
    """

    def __init__(self, shelf: Shelf = NOTHING) -> None:
        self._shelf = shelf
        self._readers: dict[str, Reader] = {}
        self._last: dict[str, tuple[Source, Parsed]] = {}
        self._memories: dict[str, Memory] = {}

    def check(self, source: Source) -> Outcome:
        """What comes of the present form: the same as `check_source` gives."""
        parsed = self.parsed(source)
        if parsed.rulebook is None:
            return Outcome(None, _few(parsed.diagnostics), parsed)
        layers = stack(Layer(source, parsed, parsed.rulebook), self._shelf, self.parsed)
        return _checked(layers, self._memories.setdefault(source.name, Memory()))

    def parsed(self, source: Source) -> Parsed:
        """The present form of a text, or of one that it extends, as nodes, with its tokens."""
        last = self._last.get(source.name)
        if last is None or last[0] != source:
            reader = self._readers.setdefault(source.name, Reader())
            last = self._last[source.name] = source, reader.parsed(source)
        return last[1]


def _checked(layers: Stack, memory: Memory) -> Outcome:
    top = layers.layers[0]
    composed = compose(layers)
    judged = judge(composed, top.parsed, memory)
    aside = _aside(composed, judged)
    if aside:
        composed = composed.without(frozenset(one.id for one in aside))
        judged = judge(composed, top.parsed)
    found = blamed(layers, judged, frozenset(one.id for one in aside))
    diagnostics = in_order(allowed(composed.texts, composed.rulebook, found))
    wrong = any(each.severity == "error" for each in diagnostics)
    return Outcome(
        None if wrong else judged.checked,
        _few(diagnostics),
        top.parsed,
        judged.names,
        layers,
        composed,
        aside,
    )


def _aside(composed: Composed, judged: Judged) -> tuple[Aside, ...]:
    """The scenarios of layers below that have an error in the whole, with the first of their errors."""
    found: dict[str, Aside] = {}
    below = composed.scenarios_below()
    for each in judged.diagnostics:
        place = each.primary
        for id_, source, span in below:
            inside = source == place.source and span.holds(place.span.start)
            if inside and each.severity == "error":
                found.setdefault(id_, Aside(id_, each))
    return tuple(found.values())


def _few(diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """The first hundred; a last one tells how many more there are, and where they begin."""
    shown, hidden = diagnostics[:MAX_PROBLEMS], diagnostics[MAX_PROBLEMS:]
    if not hidden:
        return shown
    first = hidden[0].primary
    label = Label(first.span, first.source, "E010.label")
    values: dict[str, Value] = {"limit": MAX_PROBLEMS, "more": len(hidden)}
    wrong = any(each.severity == "error" for each in hidden)
    severity: Severity = "error" if wrong else "warning"
    return (*shown, Diagnostic("E010", severity, (label,), values, "E010.hint"))

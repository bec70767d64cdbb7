"""The front door: text to checked model."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from dsl.allowances import allowed
from dsl.blaming import blamed
from dsl.diagnostic import Diagnostic, Label, Severity, Value, in_order
from dsl.judging import Judged, judge
from dsl.layers import NOTHING, Composed, Layer, Shelf, Stack, compose, stack
from dsl.model import Checked
from dsl.parser import MAX_PROBLEMS, Parsed, Reader
from dsl.resolve.memory import Memory
from dsl.resolve.names import Names
from dsl.source import Source, Span


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

    @property
    def is_put_together(self) -> bool:
        """True if every statement of tailoring is done, and every line read but some of scenarios."""
        done = self.composed is not None and not self.composed.diagnostics
        return done and None not in self.misread

    @property
    def misread(self) -> frozenset[str | None]:
        """The scenarios of the text of which a line cannot be read; None stands for what is elsewhere."""
        wrong = _errors(self.parsed.diagnostics)
        return frozenset(_within(self.scenarios, one) for one in wrong)

    @property
    def scenarios(self) -> tuple[tuple[str, Source, Span], ...]:
        """Those of all layers: id, text, place; of the text itself, those too that cannot be read whole."""
        if self.stack is None or self.composed is None:
            return ()
        own = self.stack.layers[0].source
        read = ((id_, own, span) for id_, span in self.parsed.scenarios)
        return (*self.composed.scenarios(), *read)

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


def beside_scenarios(outcome: Outcome) -> Outcome:
    """The same without the scenarios of the text that have errors: what the rulebook says stands.

    Where there is an error elsewhere it is the outcome as it was.
    """
    composed = outcome.composed
    if outcome.checked is not None or composed is None:
        return outcome
    within = {_within(outcome.scenarios, one) for one in _errors(outcome.diagnostics)}
    within |= outcome.misread  # not all of them are told where there are many
    left = composed.without(frozenset(one for one in within if one is not None))
    left = replace(left, rulebook=outcome.parsed.beside_scenarios(left.rulebook))
    if None in within or left.rulebook.unread:
        return outcome
    judged = judge(left)
    if any(one.severity == "error" for one in judged.diagnostics):
        return outcome
    return replace(outcome, checked=judged.checked, composed=left)


def first_error(outcome: Outcome) -> Diagnostic:
    """The first error of a text that has one; what is outside its scenarios comes first."""
    errors, scenarios = _errors(outcome.diagnostics), outcome.scenarios
    return next((one for one in errors if _within(scenarios, one) is None), errors[0])


def _errors(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Those that prevent a model."""
    return [one for one in diagnostics if one.severity == "error"]


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
    own = composed.texts.written[0].source
    below = [one for one in composed.scenarios() if one[1] is not own]
    found: dict[str, Aside] = {}
    for each in judged.diagnostics:
        id_ = _within(below, each) if each.severity == "error" else None
        if id_ is not None:
            found.setdefault(id_, Aside(id_, each))
    return tuple(found.values())


def _within(scenarios: Iterable[tuple[str, Source, Span]], each: Diagnostic) -> str | None:
    """The scenario that a problem is in, empty where that has no id; None if it is elsewhere.

    What is wrong at the margin may be meant as the first line of another declaration.
    """
    name, at = each.primary.source, each.primary.span.start
    return next(
        (
            id_
            for id_, source, span in scenarios
            if source.name == name and span.holds(at) and _is_inside(source, span, at)
        ),
        None,
    )


def _is_inside(source: Source, span: Span, at: int) -> bool:
    line, first = (source.position(one).line for one in (at, span.start))
    return line == first or source.line(line)[:1].isspace()


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

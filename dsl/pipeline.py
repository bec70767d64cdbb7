"""The front door: text to checked model."""

from __future__ import annotations

from msgspec import Struct

from dsl.checks import check
from dsl.diagnostic import Diagnostic, Label, Severity, Value, in_order
from dsl.model import Checked
from dsl.parser import MAX_PROBLEMS, Parsed, Reader
from dsl.resolve.names import Names
from dsl.resolve.rulebook import resolve
from dsl.source import Source, Span
from dsl.texts import Texts, Written


class Outcome(Struct, frozen=True):
    """What came of a text.

    Attributes:
        checked: the model; None if there is an error.
        diagnostics: all problems, sorted by place; warnings alone do not prevent a model.
        parsed: what the text says, its tokens, its declarations.
        names: where each declared name is written; some are found in a wrong text too.
    """

    checked: Checked | None
    diagnostics: tuple[Diagnostic, ...]
    parsed: Parsed
    names: Names = Names()


def check_source(source: Source) -> Outcome:
    """Parses, resolves and checks one text; all problems of the text come in one run."""
    return Checker().check(source)


class Checker:
    """Checks the forms of one text one after the other, for an editor or a language server.

    A declaration whose own text has not changed is not read again, wherever it has moved. Names and
    types are looked up anew in the whole text, since any declaration may mean another thing by them.
    """

    def __init__(self) -> None:
        self._reader = Reader()
        self._last: tuple[Source, Parsed] | None = None

    def check(self, source: Source) -> Outcome:
        """What comes of the present form: the same as `check_source` gives."""
        return _checked(source, self.parsed(source))

    def parsed(self, source: Source) -> Parsed:
        """The present form as nodes, with its tokens."""
        if self._last is None or self._last[0] is not source:
            self._last = source, self._reader.parsed(source)
        return self._last[1]


def _checked(source: Source, parsed: Parsed) -> Outcome:
    if parsed.rulebook is None:
        return Outcome(None, _few(source, parsed.diagnostics, parsed.stopped), parsed)
    resolved = resolve(Texts(Written(source, parsed.rulebook.dialect)), parsed.rulebook)
    # A line that is left out may hold what a check would miss.
    whole = resolved.checked is not None and not parsed.rulebook.unread
    found = check(resolved.checked) if resolved.checked and whole else ()
    diagnostics = in_order([*parsed.diagnostics, *resolved.diagnostics, *found])
    wrong = any(each.severity == "error" for each in diagnostics)
    shown = _few(source, diagnostics, parsed.stopped)
    return Outcome(None if wrong else resolved.checked, shown, parsed, resolved.names)


def _few(
    source: Source, diagnostics: tuple[Diagnostic, ...], stopped: Span | None
) -> tuple[Diagnostic, ...]:
    """The first hundred; a last one tells that there may be more, and from where on."""
    shown, hidden = diagnostics[:MAX_PROBLEMS], diagnostics[MAX_PROBLEMS:]
    if not hidden and stopped is None:
        return shown
    places = [*(each.primary.span for each in hidden[:1]), *([] if stopped is None else [stopped])]
    wrong = stopped is not None or any(each.severity == "error" for each in hidden)
    label = Label(min(places), source.name, "E010.label")
    values: dict[str, Value] = {"limit": MAX_PROBLEMS}
    severity: Severity = "error" if wrong else "warning"
    return (*shown, Diagnostic("E010", severity, (label,), values, "E010.hint"))

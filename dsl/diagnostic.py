"""A problem of a text, as data. Rendering it for people is `dsl.render`'s work.

The texts of a code stand in the catalogue `dsl` under `CODE.title`, `CODE.text`, `CODE.label`,
`CODE.hint` and `CODE.fix`; their placeholders are the names of `values`.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from dsl.source import Span

Severity = Literal["error", "warning", "note"]
Dialect = Literal["en", "zh"]


class Keyword(Struct, frozen=True, tag="keyword"):
    """A keyword to quote: shown as the file's dialect writes it, message `keyword.ID`."""

    id: str
    dialect: Dialect


class Term(Struct, frozen=True, tag="term"):
    """A word of the explanation, shown in the reader's language, message `term.ID`."""

    id: str


class Terms(Struct, frozen=True, tag="terms"):
    """Several values in a row, joined as the reader's language does."""

    parts: tuple[Value, ...]


Value = str | int | Keyword | Term | Terms
"""What fills a placeholder. A `str` is data (often typed by somebody), never a format or markup."""


class Label(Struct, frozen=True, omit_defaults=True):
    """A place in a text and what to say about it.

    Attributes:
        span: code points of the original text; may be empty (something is missing there).
        source: the name of the source.
        message: message id in the catalogue; None shows the place without words.
        values: fills the message's placeholders, besides those of the diagnostic.
    """

    span: Span
    source: str
    message: str | None = None
    values: dict[str, Value] = {}


class Edit(Struct, frozen=True):
    """Replace a piece of the original text."""

    span: Span
    text: str


class Fix(Struct, frozen=True, omit_defaults=True):
    """A change that a program can make.

    Attributes:
        title: a message id.
        edits: they do not overlap.
        values: fills the message's placeholders, besides those of the diagnostic.
        sure: nothing else can have been meant, so that it may be made without asking.
    """

    title: str
    edits: tuple[Edit, ...]
    values: dict[str, Value] = {}
    sure: bool = False


class Diagnostic(Struct, frozen=True, omit_defaults=True):
    """One problem: what it is, where, why, and what to do.

    Attributes:
        code: `E201`; the catalogue's title and text belong to it.
        labels: the first is the place of the problem, the others are places that belong to it.
        values: fills the placeholders of all messages of the diagnostic.
        hint: message id of advice, None if the text says it all.
        fix: a change that removes the problem, if there is exactly one good one.
        variant: another text than `CODE.text`, by its full message id.
    """

    code: str
    severity: Severity
    labels: tuple[Label, ...]
    values: dict[str, Value] = {}
    hint: str | None = None
    fix: Fix | None = None
    variant: str | None = None

    def shift(self, by: int) -> Diagnostic:
        """The same problem, seen from a text that begins `by` code points earlier."""
        labels = tuple(replace(label, span=label.span.shift(by)) for label in self.labels)
        fix = self.fix
        if fix is not None:
            edits = tuple(Edit(edit.span.shift(by), edit.text) for edit in fix.edits)
            fix = replace(fix, edits=edits)
        return replace(self, labels=labels, fix=fix)

    @property
    def primary(self) -> Label:
        """The place of the problem."""
        return self.labels[0]


def in_order(diagnostics: tuple[Diagnostic, ...] | list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics sorted by place, each once."""
    ordered = sorted(diagnostics, key=_place)
    return tuple(found for at, found in enumerate(ordered) if at == 0 or found != ordered[at - 1])


def _place(diagnostic: Diagnostic) -> tuple[str, int, int, str]:
    at = diagnostic.primary
    return at.source, at.span.start, at.span.end, diagnostic.code

"""A text in its one canonical form, in its own dialect or in the other.

Nodes are printed line by line; what nodes do not keep (comments, empty rows, the places where a list
was broken) is put back from the rows of the text.
"""

from __future__ import annotations

from msgspec import Struct

from dsl.diagnostic import Diagnostic
from dsl.dialects import DialectName, dialect
from dsl.formatter.printing import declarations, lay, printed, writing
from dsl.formatter.sheet import Sheet
from dsl.formatter.switching import declared_names, switched
from dsl.layers import NOTHING, Layer, Read, Shelf, stack
from dsl.parser import parse
from dsl.source import Source


class Formatted(Struct, frozen=True):
    """A text in its canonical form; None if it cannot be formatted, and then why."""

    text: str | None
    diagnostics: tuple[Diagnostic, ...]


def format_source(
    source: Source,
    to: DialectName | None = None,
    shelf: Shelf = NOTHING,
    read: Read = parse,
) -> Formatted:
    """The canonical form of a text without errors of syntax.

    Args:
        source: the text.
        to: the dialect to write; None for that of the text.
        shelf: finds the bases that the text extends; what its names mean in the other dialect
            depends on what is declared there.
        read: reads a text; whoever has read some of it before need not read that again.
    """
    parsed = read(source)
    rulebook = parsed.rulebook
    if rulebook is None or any(found.severity == "error" for found in parsed.diagnostics):
        return Formatted(None, parsed.diagnostics)
    wanted = dialect(to or rulebook.dialect)
    if wanted.name == rulebook.dialect:
        declared = declared_names(rulebook)
    else:
        layers = stack(Layer(source, parsed, rulebook), shelf, read)
        rulebook, problems, declared = switched(layers, wanted)
        if problems:
            return Formatted(None, problems)
    write = writing(wanted, declared)
    return Formatted(printed(*lay(Sheet(source), parsed, declarations(rulebook), write)), ())

"""The places of one name that stands for nothing: told once, with a label for each of them."""

from __future__ import annotations

from msgspec.structs import replace

from dsl.diagnostic import Diagnostic, Keyword, Label, Value
from dsl.source import Span
from dsl.texts import Texts

PLACES = 4
"""Places of one undeclared name that are shown; the fix changes all of them."""
AGAIN = "label.again"


def once_more(found: Diagnostic, source: str, span: Span) -> Diagnostic:
    """The problem with one more place, and its fix with one more edit that writes the same."""
    code = found.code
    here = [one for one in found.labels if one.message in (f"{code}.label", AGAIN)]
    beside = tuple(one for one in found.labels if one not in here)
    places = {(one.source, one.span) for one in here}
    if len(places) < PLACES:
        places.add((source, span))
    labels = tuple(
        Label(each, of, AGAIN if at else f"{code}.label")
        for at, (of, each) in enumerate(sorted(places))
    )
    fix = found.fix
    if fix is not None and source == found.primary.source:
        more = replace(fix.edits[0], span=span)
        fix = replace(fix, edits=(*fix.edits, more))
    else:
        # One fix changes one text, and half a change is none.
        fix = None
    return replace(found, labels=(*labels, *beside), fix=fix)


def removal(texts: Texts, at: Span) -> tuple[Label, dict[str, Value]]:
    """The place where a layer has removed what is named, as a label and as values of a text."""
    (source, dialect), span = texts.find(at)
    return Label(span, source.name, "E201.gone"), {
        "file": source.name,
        "line": source.position(span.start).line,
        "adjust": Keyword("adjust", dialect),
        "remove": Keyword("remove", dialect),
    }

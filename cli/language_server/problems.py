"""Diagnostics and their fixes for an editor."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol import types

from cli.failures import StopError
from cli.language_server.document import Document
from dsl.catalogue import Language
from dsl.diagnostic import Edit, Fix
from dsl.fixing import fixed
from dsl.render import Shown, render_json
from dsl.source import Span

_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "note": types.DiagnosticSeverity.Information,
}
FIX_ALL = "source.fixAll.baton"


def diagnostics(document: Document, language: Language) -> list[types.Diagnostic]:
    """All problems of the present form, in the reader's words."""
    found = document.outcome.diagnostics
    shown = render_json(found, document.outcome.sources(document.source), language)
    return [_diagnostic(document, each) for each in shown]


def stopped(stop: StopError) -> types.Diagnostic:
    """That the project's own file cannot be read, at the begin of the text."""
    said = stop.explained
    begin = types.Range(types.Position(0, 0), types.Position(0, 0))
    text = "\n".join((said.title, said.text, said.hint))
    return types.Diagnostic(begin, text, types.DiagnosticSeverity.Error, said.code, source="baton")


def _diagnostic(document: Document, shown: Shown) -> types.Diagnostic:
    first, *others = shown["labels"]
    # What shows in a base has no place in this text.
    here = first["source"] == document.source.name
    place = Span(first["start"], first["end"]) if here else Span(0, 0)
    others = others if here else [first, *others]
    said = [shown["title"], shown["text"], shown.get("hint", "")]
    return types.Diagnostic(
        document.positions.range(place),
        "\n".join(part for part in said if part),
        _SEVERITIES[shown["severity"]],
        shown["code"],
        source="baton",
        related_information=[
            types.DiagnosticRelatedInformation(
                document.label(label["source"], Span(label["start"], label["end"])),
                label["text"],
            )
            for label in others
        ],
    )


def actions(document: Document, range_: types.Range, language: Language) -> list[types.CodeAction]:
    """What mends the problems in a range, and what mends all that leave no doubt."""
    start, end = (document.positions.offset(at) for at in (range_.start, range_.end))
    found = document.outcome.diagnostics
    shown = render_json(found, document.outcome.sources(document.source), language)
    made = [
        _action(document, diagnostic.fix, said)
        for diagnostic, said in zip(found, shown, strict=True)
        if diagnostic.fix
        and diagnostic.primary.source == document.source.name
        and _touches(diagnostic.primary.span, start, end)
    ]
    return made + _fix_all(document)


def _touches(span: Span, start: int, end: int) -> bool:
    return span.start <= end and start <= span.end


def _action(document: Document, fix: Fix, shown: Shown) -> types.CodeAction:
    return types.CodeAction(
        shown["fix"]["title"],
        types.CodeActionKind.QuickFix,
        [_diagnostic(document, shown)],
        is_preferred=fix.sure,
        edit=workspace_edit(document, fix.edits),
    )


def _fix_all(document: Document) -> list[types.CodeAction]:
    after = fixed(document.source, None, document.shelf)
    if not after.made:
        return []
    whole = types.TextEdit(
        types.Range(types.Position(0, 0), document.positions.end()), after.source.original
    )
    edit = types.WorkspaceEdit({document.uri: [whole]})
    return [types.CodeAction("baton check --fix", FIX_ALL, edit=edit)]


def workspace_edit(document: Document, edits: Iterable[Edit]) -> types.WorkspaceEdit:
    """Changes of one text for an editor."""
    made = [types.TextEdit(document.positions.range(edit.span), edit.text) for edit in edits]
    return types.WorkspaceEdit({document.uri: made})

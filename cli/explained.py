"""What a rulebook with all its layers says of one declaration, and which line of which layer says it."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from cli.failures import FINDINGS, wrong_use
from cli.options import Options
from cli.output import Output, Word, painted
from cli.rulebooks import check_file, tell_problems
from dsl.catalogue import MESSAGES as TERMS
from dsl.dialects import dialect
from dsl.formatter.flattening import Said, effective
from dsl.layers import Composed, Gone
from dsl.layers.compose import Key
from dsl.pipeline import Outcome
from dsl.source import cells
from dsl.texts import Found
from dsl.visible import visible


def explain_declaration(options: Options, file: str, name: str) -> int:
    """Shows every declaration of a name, or that a layer has removed it; the exit code.

    Args:
        options: of the command line.
        file: the rulebook.
        name: an id, or a kind and an id, `item.keys`.
    """
    output = Output(options.format, options.language)
    source, outcome = check_file(options, file)
    misread = {("scenario", id_) for id_ in outcome.misread if id_ is not None}
    if (
        outcome.stack is None
        or outcome.composed is None
        or not outcome.is_put_together
        or any(_is_meant(key, name) for key in misread)
    ):
        tell_problems(output, source, outcome)
        return FINDINGS
    if outcome.checked is None:
        output.note(output.say("explain.wrong", file=file))
    to = dialect(outcome.layers[0].rulebook.dialect)
    keys = [key for key in outcome.composed.declarations() if _is_meant(key, name)]
    gone = {key: one for key, one in outcome.composed.gone.items() if _is_meant(key, name)}
    if not keys and not gone:
        raise wrong_use(
            options.language, "C171", name=name, known=output.listed(_near(outcome.composed, name))
        )
    found = [(key, effective(outcome.stack, outcome.composed, key, to)) for key in keys]
    if output.is_json:
        shown = [_document(outcome, key, lines) for key, lines in found]
        output.json([*shown, *(_removed(outcome, key, one) for key, one in gone.items())])
        return 0
    for at, (_, lines) in enumerate(found):
        if at:
            output.line()
        _show(output, outcome, lines)
    for key, one in gone.items():
        kind = TERMS.say(output.language, f"term.kind.{key[0]}")
        values = {**_removed(outcome, key, one), "kind": kind}
        output.line(output.say("explain.removed", **values), "notice")
    return 0


def _is_meant(key: Key, name: str) -> bool:
    kind, id_ = key
    return name in (id_ or kind, f"{kind}.{id_}".rstrip("."))


def _near(composed: Composed, name: str) -> list[str]:
    known = sorted({id_ for _, id_ in composed.declarations() if id_})
    return get_close_matches(name, known, 3) or known[:12]


def _show(output: Output, outcome: Outcome, lines: tuple[Said, ...]) -> None:
    """The lines, and beside them their places in one column."""
    width = max(cells(visible(line.text)) for line in lines)
    for line in lines:
        text = visible(line.text)
        places = output.listed(_place(outcome, one) for one in line.places)
        padding = " " * (width - cells(text) + 2)
        print(f"{text}{padding}{painted(Word(visible(places), 'quiet'))}".rstrip())


def _place(outcome: Outcome, place: Found) -> str:
    known = _where(outcome, place)
    return f"{known['layer']} {known['version']} {known['source']}:{known['line']}"


def _where(outcome: Outcome, place: Found) -> dict[str, Any]:
    source = place.written.source
    layer = next(one for one in outcome.layers if one.source.name == source.name)
    at = source.position(place.span.start)
    return {
        "layer": layer.id,
        "version": layer.version,
        "source": source.name,
        "line": at.line,
        "column": at.column,
    }


def _document(outcome: Outcome, key: Key, lines: tuple[Said, ...]) -> dict[str, Any]:
    """A declaration as programs read it."""
    shown = [
        {"text": line.text, "places": [_where(outcome, one) for one in line.places]}
        for line in lines
    ]
    return {"kind": key[0], "id": key[1], "lines": shown}


def _removed(outcome: Outcome, key: Key, gone: Gone) -> dict[str, Any]:
    """Where a declaration was removed, and why."""
    if outcome.composed is None:
        raise AssertionError
    place = outcome.composed.texts.find(gone.span)
    removed = {**_where(outcome, place), "because": gone.because}
    return {"kind": key[0], "id": key[1], **removed}

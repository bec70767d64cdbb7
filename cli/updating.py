"""`baton test --update`: what failing scenarios could expect instead, written where somebody says yes."""

from __future__ import annotations

import sys
from typing import Any, NamedTuple

from cli.options import Options
from cli.output import Output
from cli.rewriting import agreed, show_changes, write
from cli.rulebooks import read_source
from cli.shelf import Shelf
from dsl.pipeline import Checker, Outcome
from dsl.source import Source
from engine.drafting.amending import Offer, amended
from engine.drafting.playing import failure_text


class Updated(NamedTuple):
    """A file's text after its update, what came of it, and what programs read about the update."""

    source: Source
    outcome: Outcome
    document: list[dict[str, Any]]


def updated(
    options: Options, output: Output, file: str, wanted: frozenset[str], *, accepts: bool
) -> Updated:
    """Offers to change each expectation of a file that fails, and writes what is accepted.

    Whoever breaks off keeps what they have accepted so far, and is told so.

    Args:
        options: of the command line.
        output: where offers are shown and asked about.
        file: the rulebook.
        wanted: ids or titles of scenarios; all where empty.
        accepts: every offer is made, and nobody is asked; otherwise it takes a terminal to ask at.
    """
    source = read_source(options, file)
    asker = _Asker(output, accepts=accepts)
    try:
        found = amended(source, Checker(Shelf(options)), wanted, asker.ask)
    except KeyboardInterrupt:
        if asker.accepted is not None:
            write(options, file, source, asker.accepted.original)
        output.note("")  # behind the question
        output.note(output.say("update.kept" if asker.accepted else "update.none"))
        raise
    if found.source.original != source.original:
        write(options, file, source, found.source.original)
    for offer, _ in found.offers:
        if offer.after is None and not output.for_programs:
            asker.show(offer, "update.unsaid")
    if not (output.for_programs or asker.can_ask) and any(one.after for one, _ in found.offers):
        output.line(output.say("update.nobody"), "notice")
    told = [_document(output, offer, made=made) for offer, made in found.offers]
    return Updated(found.source, found.outcome, told)


class _Asker:
    def __init__(self, output: Output, *, accepts: bool) -> None:
        self._output = output
        self._accepts = accepts
        self.accepted: Source | None = None
        self.can_ask = accepts or (not output.for_programs and sys.stdin.isatty())

    def ask(self, offer: Offer) -> bool:
        """Shows a change, and asks whether to make it."""
        yes = self._answer(offer)
        if yes:
            self.accepted = offer.after
        return yes

    def _answer(self, offer: Offer) -> bool:
        output = self._output
        if output.for_programs or offer.after is None:
            return self._accepts
        self.show(offer, "update.offer")
        show_changes(output, offer.before, offer.after.original)
        if self._accepts or not self.can_ask:
            return self._accepts
        return agreed(output, "update.ask")

    def show(self, offer: Offer, message: str) -> None:
        """Where a line does not hold, and what happens instead."""
        output = self._output
        why = failure_text(output.language, offer.result, offer.result.failures[0])
        output.line(f"{offer.before.name}:{offer.line}: {_called(offer)}: {why}", "bad")
        output.line(f"  {output.say(message)}")


def _called(offer: Offer) -> str:
    result = offer.result
    return " ".join(filter(None, (result.scenario, result.example and f'"{result.example}"')))


def _document(output: Output, offer: Offer, *, made: bool) -> dict[str, Any]:
    result = offer.result
    document: dict[str, Any] = {
        "scenario": result.scenario,
        "line": offer.line,
        "reason": failure_text(output.language, result, result.failures[0]),
        "before": offer.before.line(offer.line),
        "after": None if offer.after is None else _after(offer),
        "accepted": made,
    }
    return document | ({"example": result.example} if result.example is not None else {})


def _after(offer: Offer) -> str:
    """The lines that stand where one stood: none if it is taken out, two if one is put behind it."""
    before, after = offer.before.original, offer.after.original if offer.after else ""
    more = after.count("\n") - before.count("\n")
    return "\n".join(after.split("\n")[offer.line - 1 : offer.line + more])

"""What an editor shows behind deadlines: the day that they come to in the first scenario."""

from __future__ import annotations

from lsprotocol import types

from cli.language_server.document import Document
from cli.texts import MESSAGES
from dsl.catalogue import Language


def hints(document: Document, range_: types.Range, language: Language) -> list[types.InlayHint]:
    """The hints of a range, each behind its clause; none while the text has errors."""
    first, last = range_.start.line, range_.end.line
    found: list[types.InlayHint] = []
    for place, one in document.foreseen:
        position = document.positions.position(place.end)
        if first <= position.line <= last:
            label = f"{one.due:%Y-%m-%d %H:%M}"
            tooltip = MESSAGES.say(language, "lsp.foreseen", scenario=one.scenario)
            found.append(types.InlayHint(position, label, padding_left=True, tooltip=tooltip))
    return found

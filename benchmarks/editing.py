"""How long after a key a designer has fresh diagnostics, colours and a fresh drawing, by the text's length.

What is measured is the processor time of the thread that makes a draft; keys are taken meanwhile. One edit leaves the
text right, the next one makes it wrong; diagnostics and colours come first, the drawing after them.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterable, Iterator
from statistics import median

from msgspec import Struct

from benchmarks.checking import EDITED, EDITED_ABOVE, rulebook, tailored
from dsl.source import Source
from engine.drafting.draft import Drafter
from engine.drafting.sketch import Wish
from engine.graph.view import View
from engine.texts import MESSAGES

COLUMNS = 80
"""Cells of the drawing."""


class Editing(Struct, frozen=True):
    """A draft after an edit of one line, in a text of so many lines: medians over the rounds.

    Attributes:
        right_ms: the text stays right.
        wrong_ms: the text becomes wrong.
        drawing_ms: the drawing of the right one.
        tailored_ms: of a layer that tailors the text; the layer is edited and stays right.
    """

    flow: str
    lines: int
    rounds: int
    right_ms: float
    wrong_ms: float
    drawing_ms: float
    tailored_ms: float


def measure(sizes: Iterable[int], rounds: int) -> Iterator[Editing]:
    """Drafts a text of every size, edit by edit."""
    for size in sizes:
        text = rulebook(size).original
        drafter = Drafter("edited")
        _seconds(drafter, text)
        edits = [
            (
                _seconds(drafter, text.replace(EDITED, f"{EDITED}{number}", 1)),
                _seconds(drafter, text.replace(EDITED, f"{number}{EDITED}", 1)),
            )
            for number in range(rounds)
        ]
        right = [judging for (judging, _), _ in edits]
        wrong = [judging for _, (judging, _) in edits]
        drawing = [drawing for (_, drawing), _ in edits]
        yield Editing(
            "editing",
            text.count("\n"),
            rounds,
            round(median(right) * 1e3, 1),
            round(median(wrong) * 1e3, 1),
            round(median(drawing) * 1e3, 1),
            round(_above(rulebook(size), rounds) * 1e3, 1),
        )


def _above(base: Source, rounds: int) -> float:
    """The median over edits of a layer above a text."""
    layer, shelf = tailored(base)
    drafter = Drafter(layer.name, shelf)
    _seconds(drafter, layer.original)
    edits = (layer.original.replace(EDITED_ABOVE, f"{EDITED_ABOVE}{at}") for at in range(rounds))
    return median(_seconds(drafter, text)[0] for text in edits)


def _seconds(drafter: Drafter, text: str) -> tuple[float, float]:
    """Of judging the text, and of drawing its process."""
    view = View("zh", lambda message: MESSAGES.say("zh", message), COLUMNS)
    gc.collect()
    begin = time.process_time()
    draft = drafter.draft(text, "zh")
    judged = time.process_time()
    drafter.drawn(draft, Wish(view))
    return judged - begin, time.process_time() - judged


def table(found: Iterable[Editing]) -> str:
    """A Markdown table."""
    lines = [
        "| lines | right, ms | wrong, ms | drawing, ms | tailored, ms |",
        "|--:|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {one.lines:,} | {one.right_ms:,.1f} | {one.wrong_ms:,.1f} | {one.drawing_ms:,.1f} | {one.tailored_ms:,.1f} |"
        for one in found
    ]
    return "\n".join(lines) + "\n"
